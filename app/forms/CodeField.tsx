// CodeMirror's JavaScript mode: a parser of its own, loaded with the field; nothing is run here.
import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { javascript } from '@codemirror/lang-javascript'
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { useEventCallback } from '../ui/use-event-callback.ts'
import { editorColours, editorTheme } from './editor-theme.ts'
import type { ControlProps } from './JsonControl.tsx'

export interface CodeFieldProps extends Pick<ControlProps, 'ids' | 'disabled'> {
  readonly value: string
  /** What the code is, for screen readers. */
  readonly label: string
  readonly onChange: (value: string) => void
}

/** A program in JavaScript, with its syntax in colours. Tab leaves the field, as everywhere. */
export function CodeField({ value, label, ids, disabled, onChange }: CodeFieldProps) {
  const room = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const changed = useEventCallback(onChange)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is made once; the effect below brings it up to date
  useEffect(() => {
    if (!room.current) return
    const editor = new EditorView({
      parent: room.current,
      state: EditorState.create({
        doc: value,
        extensions: [
          ...[lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets()],
          ...[highlightActiveLine(), indentUnit.of('  '), javascript(), syntaxHighlighting(editorColours), editorTheme],
          keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap]),
          EditorState.readOnly.of(disabled),
          EditorView.contentAttributes.of({
            'aria-label': label,
            id: ids.id,
            ...(ids['aria-describedby'] === undefined ? {} : { 'aria-describedby': ids['aria-describedby'] }),
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString())
          }),
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
  }, [disabled])

  useEffect(() => {
    const editor = view.current
    if (!editor || editor.state.doc.toString() === value) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value])

  return (
    <div
      ref={room}
      className="max-h-96 min-h-24 overflow-auto rounded-md border border-line focus-within:border-accent"
    />
  )
}
