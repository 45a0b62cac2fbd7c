// CodeMirror 6: the field-proven editor that works without eval, by keyboard and with screen readers.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language'
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, hoverTooltip, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { JsonPath, Problem, Reference } from '../../../engine-worker/index.ts'
import { editorColours, editorTheme } from '../../forms/editor-theme.ts'
import { useWords } from '../../i18n/i18n.ts'
import { goTo, showUses } from '../../pipe/names.ts'
import { applyQuickFixes, quickFixOf } from '../../store/quick-fix.ts'
import { type AssistContext, completions, hoverText, placeOf } from './assist.ts'
import { rangeOf, referenceAt } from './text-names.ts'

interface EditorProps {
  readonly label: string
  readonly text: string
  readonly readOnly: boolean
  readonly known: AssistContext
  readonly problems: readonly Problem[]
  readonly references: readonly Reference[]
  /** Shown first: the place that was chosen in another view. */
  readonly at: JsonPath | null
  readonly onChange: (text: string) => void
}

/** Goes to what the name at a place stands for: another pipe, or the rule further down. */
function followReference(view: EditorView, position: number, references: readonly Reference[]): boolean {
  const found = referenceAt(view.state, position, references)
  if (!found) return false
  if (goTo(found)) return true
  const definedAt = references.find(
    ({ what, name, scope, definition }) =>
      definition && what === found.what && name === found.name && scope === found.scope,
  )
  const range = definedAt ? rangeOf(view.state, definedAt) : null
  if (range) view.dispatch({ selection: { anchor: range.from }, effects: EditorView.scrollIntoView(range.from) })
  return range !== null
}

/** Shows where the name at the cursor is used. */
function startRename(view: EditorView, references: readonly Reference[]): boolean {
  const found = referenceAt(view.state, view.state.selection.main.head, references)
  if (found) showUses(found)
  return found !== null
}

/** Where a problem is: at its path, or at its line where the text cannot be read. */
function problemPlace(state: EditorState, { where: { path, line, column = 1 } }: Problem) {
  if (path !== undefined || line === undefined || line > state.doc.lines) return placeOf(state, path ?? [])
  const { from, to } = state.doc.line(line)
  const at = Math.min(from + column - 1, to)
  return { from: at, to: Math.min(at + 1, state.doc.length) }
}

/** The text of a pipe with completion, help where one points, and problems underlined at their place. */
export function Editor(props: EditorProps) {
  const { label, text, readOnly, known, problems, references, at, onChange } = props
  const { engine, problems: problemWords } = useWords()
  const room = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef({ known, references, onChange })
  latest.current = { known, references, onChange }
  const locked = useRef(new Compartment())

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is made once; the effects below bring it up to date
  useEffect(() => {
    if (!room.current) return
    const editor = new EditorView({
      parent: room.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(),
          foldGutter(),
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          indentUnit.of('  '),
          json(),
          syntaxHighlighting(editorColours),
          editorTheme,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          locked.current.of(EditorState.readOnly.of(readOnly)),
          autocompletion({ override: [(context) => completions(context, latest.current.known)] }),
          hoverTooltip((shown, position) => hoverText(shown, position, latest.current.known)),
          EditorView.domEventHandlers({
            mousedown: (event, shown) => {
              if (!event.ctrlKey && !event.metaKey) return false
              const position = shown.posAtCoords({ x: event.clientX, y: event.clientY })
              return position !== null && followReference(shown, position, latest.current.references)
            },
          }),
          keymap.of([
            {
              key: 'F12',
              run: (shown) => followReference(shown, shown.state.selection.main.head, latest.current.references),
            },
            { key: 'Shift-F12', run: (shown) => startRename(shown, latest.current.references) },
            { key: 'F2', run: (shown) => startRename(shown, latest.current.references) },
            ...closeBracketsKeymap,
            ...defaultKeymap,
            ...searchKeymap,
            ...historyKeymap,
            ...foldKeymap,
            ...completionKeymap,
            ...lintKeymap,
            indentWithTab,
          ]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((each) => each.isUserEvent('sync')))
              latest.current.onChange(update.state.doc.toString())
          }),
        ],
      }),
    })
    view.current = editor
    if (at !== null && at.length > 0) {
      const { from } = placeOf(editor.state, at)
      editor.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) })
    }
    editor.focus()
    return () => editor.destroy()
  }, [])

  useEffect(() => {
    view.current?.dispatch({ effects: locked.current.reconfigure(EditorState.readOnly.of(readOnly)) })
  }, [readOnly])

  useEffect(() => {
    const now = view.current
    // An edit made elsewhere (a card, undo) comes in; what was just typed here is already there.
    if (now && now.state.doc.toString() !== text) {
      now.dispatch({ changes: { from: 0, to: now.state.doc.length, insert: text }, userEvent: 'sync' })
    }
  }, [text])

  useEffect(() => {
    const now = view.current
    if (!now) return
    const found = problems.map((problem) => {
      const { from, to } = problemPlace(now.state, problem)
      const severity = problem.severity === 'hint' ? ('info' as const) : problem.severity
      const message = [engine.message(problem), engine.fix(problem)].join(' ').trim()
      const repair = readOnly ? null : quickFixOf(problem)
      if (repair === null) return { from, to, severity, message }
      const name = problemWords.quickFix(repair)
      return { from, to, severity, message, actions: [{ name, apply: () => applyQuickFixes([problem], name) }] }
    })
    now.dispatch(setDiagnostics(now.state, found))
  }, [problems, engine, problemWords, readOnly])

  return <div ref={room} className="min-h-0 flex-1 overflow-hidden" />
}
