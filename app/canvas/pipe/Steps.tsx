import { GripVertical, Plus } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, useMemo, useState } from 'react'
import {
  addStep,
  type CallableSignature,
  COMMENT,
  type Json,
  type JsonPath,
  sentenceText,
  stepSentence,
  type Token,
} from '../../../engine-worker/index.ts'
import { ShownTransit } from '../../data/ShownValue.tsx'
import { StepPicker } from '../../forms/StepPicker.tsx'
import { UnusedNote } from '../../forms/UnusedNote.tsx'
import { dragStep, droppedProperty, droppedStep, isForSteps } from '../../pipe/drag.ts'
import { focusBeside, focusForm, focusPlace } from '../../pipe/focus.ts'
import { samePath } from '../../pipe/json-edits.ts'
import { propertyOf } from '../../pipe/paths.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { insertAt, moveAt } from '../../pipe/pipe-changes.ts'
import { choosePlace, setAdding, useAdding, useChosen } from '../../pipe/pipe-view.ts'
import { currentPipeWords, usePipeWords } from '../../pipe/pipe-words.ts'
import { tracePath, usePreviewStore, useTracePoint, useUnused } from '../../pipe/preview-store.ts'
import { useVocabulary } from '../../pipe/vocabulary.ts'
import { useFunctionTable } from '../../store/catalogue.ts'
import { useEngine } from '../../store/engine/state.ts'
import { classes } from '../../ui/classes.ts'
import { removeChosen } from './actions.ts'
import { hasFolds, ShowsWholeContext } from './FoldedSentence.tsx'
import { Tokens } from './Tokens.tsx'

interface StepsProps {
  /** A list of steps, or a single step where the language allows one. */
  readonly value: Json
  readonly path: JsonPath
  readonly nested?: boolean
}

/** The steps of a rule or branch as rows, with a place to add another at the end. */
export function Steps({ value, path, nested = false }: StepsProps) {
  const w = usePipeWords()
  const { id, readOnly } = usePipe()
  const single = Array.isArray(value) && typeof value[0] === 'string'
  const steps: readonly Json[] = single ? [value] : Array.isArray(value) ? value : []
  const end = [...path, steps.length]
  const adding = useAdding(end)
  return (
    <ol className={classes('flex flex-col', nested && 'ml-7 border-l border-line')}>
      {steps.map((step, index) => (
        <StepRow
          key={index}
          step={step}
          index={index}
          path={single ? path : [...path, index]}
          movable={!single}
          last={index === steps.length - 1}
        />
      ))}
      {!readOnly && !single && (
        <li
          onDragOver={(event) => isForSteps(event) && event.preventDefault()}
          onDrop={(event) => dropOn(event, id, end)}
          className="relative"
        >
          <button
            type="button"
            data-step=""
            onClick={() => setAdding(end)}
            className="flex w-full items-center gap-2 px-3 py-1 text-left text-ink-faint -outline-offset-2 hover:bg-hover hover:text-ink"
          >
            <Plus size={14} aria-hidden />
            {w.pipe.addStep}
            {!nested && <kbd className="rounded-sm border border-line px-1 text-tiny">/</kbd>}
          </button>
          {adding && (
            <StepPicker
              path={end}
              onClose={() => setAdding(null)}
              onChoose={(next, name) => {
                setAdding(null)
                insertAt(id, end, next, currentPipeWords().pipe.steps.add(name))
                focusPlace(end)
              }}
            />
          )}
        </li>
      )}
    </ol>
  )
}

interface StepRowProps {
  readonly step: Json
  readonly index: number
  readonly path: JsonPath
  readonly movable: boolean
  readonly last: boolean
}

/** One step: its sentence, its value for the followed entity, and the steps inside it. */
function StepRow({ step, index, path, movable, last }: StepRowProps) {
  const w = usePipeWords()
  const { id, readOnly } = usePipe()
  const vocabulary = useVocabulary()
  const tokens = useMemo(() => stepSentence(step, vocabulary, path), [step, vocabulary, path])
  const chosen = useChosen(path)
  const problem = useProblemText(path)
  const unused = useUnused(path)
  const [over, setOver] = useState(false)
  const after = useMemo(() => [...path.slice(0, -1), index + 1], [path, index])
  const adding = useAdding(after) && !last
  const parts = useMemo(() => splitAtSteps(tokens), [tokens])
  const name = Array.isArray(step) && typeof step[0] === 'string' ? step[0] : ''
  const folds = useMemo(() => hasFolds(tokens), [tokens])
  const [unfolded, setUnfolded] = useState(false)

  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const way = event.key === 'ArrowUp' ? -1 : 1
      if (!focusBeside(event.currentTarget, rowsOf(event.currentTarget), way) && way < 0)
        focusStage(event.currentTarget)
    } else if (event.key === 'ArrowRight' && folds) setUnfolded(true)
    else if (event.key === 'ArrowLeft' && folds && unfolded) setUnfolded(false)
    else if (event.key === 'ArrowLeft') focusStage(event.currentTarget)
    else if (event.key === 'Home' || event.key === 'End') focusEnd(event.currentTarget, event.key === 'End')
    else if (event.key === 'Enter' || event.key === ' ') focusForm()
    else if (event.key === 'Backspace' && movable && !readOnly) removeChosen(id)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <li className={classes('relative border-b border-line', over && 'shadow-[inset_0_2px_0_var(--accent)]')}>
      <ShowsWholeContext value={unfolded}>
        <div
          data-step=""
          data-path={tracePath(path)}
          role="button"
          tabIndex={0}
          aria-pressed={chosen}
          aria-expanded={folds ? unfolded : undefined}
          aria-label={w.pipe.stepLabel(
            index + 1,
            [
              sentenceText(tokens, unfolded),
              ...(problem ? [`${w.pipe.fails}: ${problem}`] : []),
              ...unused.map((each) => w.engine.message(each.problem)),
            ].join('. '),
          )}
          draggable={movable && !readOnly}
          onDragStart={(event) => dragStep(event, path)}
          onDragOver={(event) => {
            if (!isForSteps(event) || !movable) return
            event.preventDefault()
            event.stopPropagation()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            setOver(false)
            if (movable) dropOn(event, id, path)
          }}
          onFocus={(event) => event.target === event.currentTarget && choosePlace(path)}
          onClick={() => choosePlace(path)}
          onKeyDown={handleKeyDown}
          className={classes(
            'group flex items-start gap-2 py-1 pr-3 pl-1 -outline-offset-2',
            chosen ? 'bg-accent-soft shadow-[inset_3px_0_0_var(--accent)]' : problem ? 'bg-bad-soft' : 'hover:bg-hover',
          )}
        >
          <GripVertical
            size={14}
            aria-hidden
            className={classes(
              'mt-0.5 shrink-0 text-ink-faint opacity-0',
              movable && !readOnly && 'cursor-grab group-hover:opacity-100',
            )}
          />
          <span className="w-4 shrink-0 text-right text-tiny leading-5 text-ink-faint">{index + 1}</span>
          <span className="min-w-0 flex-1 leading-5 [overflow-wrap:anywhere]">
            {name === COMMENT ? (
              <span className="text-ink-soft italic">{commentText(step)}</span>
            ) : (
              <Tokens tokens={parts[0]?.tokens ?? []} />
            )}
            {problem && <span className="block text-tiny text-bad">{problem}</span>}
            {unused.map((each) => (
              <UnusedNote key={each.path.join('/')} unused={each} />
            ))}
          </span>
          <StepValue step={step} path={path} />
        </div>
        {parts.map((part, at) => (
          <div key={part.steps ? tracePath(part.steps) : `end ${at}`}>
            {at > 0 && part.tokens.length > 0 && (
              <div className="py-1 pl-11 leading-5 text-ink-soft">
                <Tokens tokens={part.tokens} />
              </div>
            )}
            {part.steps && <Steps value={valueBelow(step, part.steps.slice(path.length))} path={part.steps} nested />}
          </div>
        ))}
      </ShowsWholeContext>
      {adding && (
        <StepPicker
          path={after}
          onClose={() => setAdding(null)}
          onChoose={(next, called) => {
            setAdding(null)
            insertAt(id, after, next, w.pipe.steps.add(called))
            focusPlace(after)
          }}
        />
      )}
    </li>
  )
}

/** Whether a step takes names, or words, and no values. */
function hasNameArguments(declared: CallableSignature | undefined): boolean {
  const names = ['property', 'new-property', 'pattern', 'namespace']
  return declared?.takes.every(({ mode, names: of }) => mode === 'note' || names.includes(of ?? '')) ?? false
}

/** What the step came to for the followed entity: the value of its last argument that has one. */
function StepValue({ step, path }: { readonly step: Json; readonly path: JsonPath }) {
  const w = usePipeWords()
  const functions = useFunctionTable()
  // What these take are names, not values.
  const declared = Array.isArray(step) ? functions.transforms.get(String(step[0])) : undefined
  const named = hasNameArguments(declared)
  const length = Array.isArray(step) && !named ? step.length : 0
  const stale = usePreviewStore((state) => state.stale)
  const shown = usePreviewStore((state) => {
    for (let index = length - 1; index > 0; index--) {
      const value = state.trace.get(tracePath([...path, index]))?.value
      if (value !== undefined && value !== null) return value
    }
    return null
  })
  const point = useTracePoint(path)
  if (point?.problem) return <span className="shrink-0 text-tiny text-bad">{w.pipe.fails}</span>
  if (shown === null) return null
  if (declared?.writes?.is === 'stops')
    return (
      <span
        className={classes('shrink-0 text-tiny', shown === 'true' ? 'text-good' : 'text-warn', stale && 'opacity-60')}
      >
        {shown === 'true' ? w.pipe.values.goesOn : w.pipe.values.stopped}
      </span>
    )
  return (
    <span className={classes('mono flex max-w-48 shrink-0 items-baseline justify-end', stale && 'opacity-60')}>
      <ShownTransit text={shown} typed className="min-w-0 truncate" />
    </span>
  )
}

/** The problem of a step: of the last preview, otherwise of its configuration. */
function useProblemText(path: JsonPath): string | null {
  const w = usePipeWords()
  const { id } = usePipe()
  const traced = useTracePoint(path)?.problem
  const configured = useEngine((state) =>
    state.problems.find(
      ({ where, severity }) =>
        where.pipe === id &&
        severity === 'error' &&
        where.path !== undefined &&
        tracePath(where.path).startsWith(`${tracePath(path)}`) &&
        isInside(where.path, path),
    ),
  )
  const trouble = traced ?? configured
  return trouble ? w.engine.message(trouble) : null
}

/** Whether a problem's place belongs to this step itself and not to the eleventh step (`/1` begins `/11`). */
function isInside(place: JsonPath, path: JsonPath): boolean {
  const place0 = tracePath(place).split('/')
  const path0 = tracePath(path).split('/')
  return samePath(place0.slice(0, path0.length), path0)
}

interface Part {
  readonly tokens: readonly Token[]
  /** The steps that follow the words, or null at the end. */
  readonly steps: JsonPath | null
}

/** A sentence in pieces, each followed by the steps that belong under it. */
function splitAtSteps(tokens: readonly Token[]): readonly Part[] {
  const parts: Part[] = []
  let words: Token[] = []
  for (const token of tokens) {
    if (token.is === 'steps') {
      parts.push({ tokens: words, steps: token.path })
      words = []
    } else words.push(token)
  }
  if (words.length > 0 || parts.length === 0) parts.push({ tokens: words, steps: null })
  return parts
}

function valueBelow(step: Json, path: JsonPath): Json {
  let here: Json = step
  for (const key of path) here = Array.isArray(here) && typeof key === 'number' ? (here[key] ?? null) : null
  return here
}

function commentText(step: Json): string {
  return Array.isArray(step)
    ? step
        .slice(1)
        .map((part) => (typeof part === 'string' ? part : ''))
        .join(' ')
    : ''
}

function dropOn(event: DragEvent, id: string, to: JsonPath): void {
  const from = droppedStep(event)
  const property = droppedProperty(event)
  if (!from && property === null) return
  event.preventDefault()
  event.stopPropagation()
  if (from) moveAt(id, from, to, currentPipeWords().pipe.steps.move)
  else if (property !== null)
    insertAt(id, to, addStep(propertyOf(property) || property, property), currentPipeWords().pipe.steps.add('add'))
}

/** The rows of the stage that a row is in, for moving among them. */
function rowsOf(from: Element): string {
  const stage = from.closest('[data-steps]')
  return `[data-steps="${stage?.getAttribute('data-steps') ?? ''}"] [data-step]`
}

function focusEnd(from: Element, last: boolean): void {
  const rows = [...document.querySelectorAll<HTMLElement>(rowsOf(from))]
  rows.at(last ? -1 : 0)?.focus()
}

function focusStage(from: Element): void {
  from.closest('section')?.querySelector<HTMLElement>('[data-stage]')?.focus()
}
