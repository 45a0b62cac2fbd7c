import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, Trash2 } from 'lucide-react'
import { Fragment, type KeyboardEvent } from 'react'
import {
  expressionTokens,
  isObject,
  type JsonObject,
  type JsonPath,
  type Problem,
  printJson,
} from '../../../engine-worker/index.ts'
import { count } from '../../i18n/numbers.ts'
import { dragStage } from '../../pipe/drag.ts'
import { focusBeside, focusForm } from '../../pipe/focus.ts'
import { valueAtPath } from '../../pipe/json-edits.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { changePipe } from '../../pipe/pipe-changes.ts'
import { choosePlace, foldStage, useChosen } from '../../pipe/pipe-view.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { shortText, stageData, tracePath, usePreviewStore } from '../../pipe/preview-store.ts'
import { hasRules, isMerge, type Stage } from '../../pipe/stages.ts'
import { moveTransform, removeTransform } from '../../pipe/transform-edits.ts'
import { useVocabulary } from '../../pipe/vocabulary.ts'
import { useFunctionTable } from '../../store/catalogue.ts'
import { useEngine } from '../../store/engine/state.ts'
import { chooseKey } from '../../store/project/table-key.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { QuickFix } from '../../ui/QuickFix.tsx'
import { moveChosen } from './actions.ts'
import { rowsOf } from './mapping.ts'
import { Rules } from './Rules.tsx'
import { stageBar, useStageLabel } from './stage-look.ts'
import { Tokens } from './Tokens.tsx'

interface StageCardProps {
  readonly stage: Stage
  /** Name of the stage before, for "in → out". */
  readonly before: string | null
  /** Place among the transforms and their number. */
  readonly place: number
  readonly of: number
  /** Only the line that says what it is; null where there is nothing to fold. */
  readonly folded: boolean | null
}

/** One stage of the pipe: what it is, how many entities come in and go out, and what it does. */
export function StageCard({ stage, before, place, of, folded }: StageCardProps) {
  const w = usePipeWords()
  const { id, readOnly } = usePipe()
  const chosen = useChosen(stage.path)
  const data = usePreviewStore((live) => stageData(live, stage.id))
  const from = usePreviewStore((live) => (before === null ? undefined : stageData(live, before)))
  const label = useStageLabel(stage)
  const handleKeyDown = (event: KeyboardEvent) => {
    const way = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
    if (way !== 0 && event.altKey && !readOnly) moveChosen(id, way)
    else if (way !== 0) focusBeside(event.currentTarget, '[data-stage]', way)
    else if (event.key === 'ArrowDown' && !event.altKey)
      event.currentTarget.closest('section')?.querySelector<HTMLElement>('[data-step]')?.focus()
    else if (event.key === 'Enter' || event.key === ' ') focusForm()
    else return
    event.preventDefault()
  }
  const configured = useEngine((state) => state.problems.find((problem) => isAbout(problem, id, stage.path)))
  const trouble = data?.problems.find(({ severity }) => severity === 'error') ?? configured
  const warning = trouble ? undefined : data?.problems.find(({ severity }) => severity === 'warning')
  return (
    <section
      aria-label={`${w.pipe.stages[stage.role]}: ${label}`}
      className={classes(
        'relative flex flex-col overflow-hidden rounded-xl border bg-surface shadow-low',
        chosen ? 'border-accent ring-2 ring-accent/40' : trouble !== undefined ? 'border-bad' : 'border-line',
      )}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging and clicking beside the name are shortcuts; Alt and the arrows move a stage, its name chooses it */}
      <header
        draggable={stage.role === 'transform' && !readOnly}
        onDragStart={(event) => dragStage(event, place)}
        onClick={({ target }) => {
          // The whole line chooses the stage; its buttons do what they say.
          if (!(target instanceof Element && target.closest('button'))) choosePlace(stage.path)
        }}
        className={classes(
          'group flex h-9 items-center gap-2 px-3',
          folded === false && 'border-b border-line',
          stage.role === 'transform' && !readOnly && 'cursor-grab',
        )}
      >
        <span aria-hidden className={classes('absolute inset-y-2 left-0 w-[3px] rounded-r-sm', stageBar(stage))} />
        <span aria-hidden className="w-3 shrink-0 text-right text-ink-faint">
          {place + 2}
        </span>
        <button
          type="button"
          data-path={tracePath(stage.path)}
          data-stage=""
          onFocus={() => choosePlace(stage.path)}
          onClick={() => choosePlace(stage.path)}
          onKeyDown={handleKeyDown}
          aria-pressed={chosen}
          className="min-w-0 shrink truncate text-left font-semibold"
        >
          {label}
        </button>
        <span className="min-w-0 flex-1 truncate text-ink-soft">{folded !== false && <Gist stage={stage} />}</span>
        {folded !== null && (
          <IconButton
            label={folded ? w.pipe.strip.open(label) : w.pipe.strip.fold(label)}
            aria-expanded={!folded}
            className="order-first -ml-1"
            onClick={() => foldStage(stage.id, !folded)}
          >
            {folded ? <ChevronRight size={14} aria-hidden /> : <ChevronDown size={14} aria-hidden />}
          </IconButton>
        )}
        {data && (
          <span className="shrink-0 text-tiny text-ink-soft">
            {before === null ? count(data.total) : w.pipe.inOut(count(from?.total ?? 0), count(data.total))}
            {data.filtered > 0 && ` · ${w.pipe.filtered(count(data.filtered))}`}
            {data.failed > 0 && <span className="text-bad"> · {w.pipe.failed(count(data.failed))}</span>}
            {data.pinned !== undefined && ` · ${w.pipe.pins.pinned(count(data.pinned))}`}
          </span>
        )}
        {stage.role === 'transform' && !readOnly && (
          <span className="hidden shrink-0 group-focus-within:flex group-hover:flex">
            {place > 0 && (
              <IconButton
                label={w.pipe.moveUp}
                onClick={() => changePipe(id, w.pipe.steps.moveStage, (pipe) => moveTransform(pipe, place, place - 1))}
              >
                <ArrowUp size={14} aria-hidden />
              </IconButton>
            )}
            {place < of - 1 && (
              <IconButton
                label={w.pipe.moveDown}
                onClick={() => changePipe(id, w.pipe.steps.moveStage, (pipe) => moveTransform(pipe, place, place + 2))}
              >
                <ArrowDown size={14} aria-hidden />
              </IconButton>
            )}
            <IconButton
              label={w.pipe.remove}
              onClick={() => {
                changePipe(id, w.pipe.steps.removeStage, (pipe) => removeTransform(pipe, place))
                choosePlace(null)
              }}
            >
              <Trash2 size={14} aria-hidden />
            </IconButton>
          </span>
        )}
      </header>
      {trouble !== undefined && (
        <div className="flex items-center gap-2 bg-bad-soft px-3 py-1.5 text-tiny text-bad">
          <p className="min-w-0 flex-1">{w.engine.message(trouble)}</p>
          <QuickFix problems={[trouble]} />
        </div>
      )}
      {warning !== undefined && (
        <div className="flex items-center gap-2 bg-warn-soft px-3 py-1.5 text-tiny text-warn">
          <p className="min-w-0 flex-1">{w.engine.message(warning)}</p>
          {warning.code === 'csv-rows-collide' && !readOnly && (
            <Button small onClick={() => chooseKey(id)}>
              {w.pipe.key.choose}
            </Button>
          )}
        </div>
      )}
      {folded === false && hasRules(stage) && <Rules config={stage.config} path={stage.path} />}
      {folded === false && isMerge(stage) && <MergeSummary config={stage.config} path={stage.path} />}
    </section>
  )
}

/** Whether an error is about a stage as a whole: those of its steps are said at the steps. */
function isAbout({ where, severity }: Problem, pipe: string, stage: JsonPath): boolean {
  if (severity !== 'error' || where.pipe !== pipe || !where.path) return false
  const place = tracePath(where.path).split('/')
  const own = tracePath(stage).split('/')
  const within = own.every((key, index) => place[index] === key)
  return within && !(place[own.length] === 'rules' && place.length > own.length + 2)
}

/** What a stage does in a few words: what its steps make, or its first settings. */
function Gist({ stage }: { readonly stage: Stage }) {
  const w = usePipeWords()
  const functions = useFunctionTable()
  const { config, role } = stage
  if (stage.implied) return role === 'source' ? w.pipe.noSource : w.pipe.impliedSink
  if (hasRules(stage)) {
    const path = [...stage.path, 'rules', 'default']
    const steps = valueAtPath(config, ['rules', 'default'])
    const list = Array.isArray(steps) ? steps : []
    const names = [...new Set(rowsOf(list, path, functions).map(({ target }) => target))]
    return w.pipe.strip.gist(list.length, names.slice(0, 6).join(', '), names.length - 6)
  }
  const shown = Object.entries(config).filter(([key]) => key !== 'type')
  return shown
    .slice(0, 3)
    .map(([key, value]) =>
      typeof value === 'string'
        ? shortText(value, 120)
        : Array.isArray(value)
          ? `${key}: ${count(value.length)}`
          : `${key}: ${shortText(printJson(value), 24)}`,
    )
    .join(' · ')
}

/** Rules of a merge, and values of one rule, that a card shows; the others are counted. */
const maxRules = 12

/** A merge: the datasets with their aliases, and what makes two entities the same. */
function MergeSummary({ config, path }: { readonly config: JsonObject; readonly path: JsonPath }) {
  const w = usePipeWords()
  const vocabulary = useVocabulary()
  const datasets = Array.isArray(config.datasets) ? config.datasets.filter((name) => typeof name === 'string') : []
  const aliases = datasets.map((name) => name.split(/\s+/)[1] ?? '').filter(Boolean)
  const rules = Array.isArray(config.equality) ? config.equality : []
  const sets = Array.isArray(config.equality_sets) ? config.equality_sets : []
  const groups = [
    ...rules.map((rule, index) => [[rule, [...path, 'equality', index]] as const]),
    ...sets.map((set, at) =>
      Array.isArray(set) ? set.map((rule, index) => [rule, [...path, 'equality_sets', at, index]] as const) : [],
    ),
  ].filter((group) => group.length > 0)
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-10 py-2">
      {groups.length > 0 && <span className="text-ink-soft">{w.pipe.sameWhen}</span>}
      {groups.slice(0, maxRules).map((group) => (
        <span key={group[0]?.[1].join('/')} className="leading-6 [overflow-wrap:anywhere]">
          {group.slice(0, maxRules).map(([rule, at], index) => (
            <Fragment key={at.join('/')}>
              {index > 0 && <span className="px-1 text-ink-soft">=</span>}
              <Tokens tokens={expressionTokens(rule, vocabulary, at, aliases)} />
            </Fragment>
          ))}
          {group.length > maxRules && <span className="pl-2 text-ink-soft">+{count(group.length - maxRules)}</span>}
        </span>
      ))}
      {groups.length > maxRules && <span className="text-ink-soft">+{count(groups.length - maxRules)}</span>}
      {isObject(config.equality) && <span className="mono truncate">{printJson(config.equality)}</span>}
    </div>
  )
}
