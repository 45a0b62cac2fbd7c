import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import {
  copyStep,
  DEFAULT_TRANSFORM,
  type FunctionTable,
  isObject,
  isWithin,
  type JsonObject,
  type KindDeclaration,
  NO_FUNCTIONS,
  referencesIn,
  rulesTransform,
  type SplitPoint,
  splitPoints,
} from '../../../engine-worker/index.ts'
import { useWords } from '../../i18n/i18n.ts'
import { count } from '../../i18n/numbers.ts'
import { droppedStage, isStage } from '../../pipe/drag.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { choose, setAdding, useAdding } from '../../pipe/pipe-view.ts'
import { type Stage, stagesOf } from '../../pipe/stages.ts'
import { useCatalogue, useFunctionTable } from '../../store/catalogue.ts'
import { useEngine } from '../../store/engine/state.ts'
import { classes } from '../../ui/classes.ts'
import { Picker } from '../../ui/Picker.tsx'
import { liveOf } from '../flow/state.ts'
import { addTransform, moveStage } from './actions.ts'
import { StageCard } from './StageCard.tsx'

/** The stages of a pipe in a row, with the datasets that hops reach below and the places where Sesam needs another pipe. */
export function PipeCanvas() {
  const w = useWords()
  const { id, value } = usePipe()
  const functions = useFunctionTable()
  const stages = useMemo(() => stagesOf(value), [value])
  const places = useMemo(() => splitsBefore(value, functions), [value, functions])
  const hops = useEngine((state) => state.facts.find(({ pipe }) => pipe === id)?.hops) ?? none
  const reached = useMemo(() => hopsByStage(value, stages, hops, functions), [value, stages, hops, functions])
  const transforms = stages.length - 2
  return (
    <section
      aria-label={w.pipe.label(id)}
      className="min-h-0 min-w-0 flex-1 overflow-auto bg-canvas bg-[radial-gradient(var(--line-strong)_0.75px,transparent_0.75px)] [background-size:24px_24px]"
      onClick={(event) => event.target === event.currentTarget && choose(null)}
      onKeyDown={(event) => event.key === 'Escape' && choose(null)}
    >
      <div className="flex min-w-max items-start p-6">
        {stages.map((stage, index) => (
          <div key={stage.id} className="flex items-start">
            {index > 0 && <StageGap before={index - 1} cut={places.get(index - 1)} />}
            <div className="flex flex-col gap-6">
              <StageCard stage={stage} before={stages[index - 1]?.id ?? null} place={index - 1} of={transforms} />
              <SideInputs datasets={reached.get(stages[index + 1]?.id ?? '') ?? none} />
            </div>
          </div>
        ))}
      </div>
    </section>
  )
}

const none: readonly string[] = []

/** The datasets that hops reach, by the first stage that names them. */
function hopsByStage(
  pipe: JsonObject,
  stages: readonly Stage[],
  datasets: readonly string[],
  functions: FunctionTable,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  const named = referencesIn(pipe, functions).filter(({ what, path }) => what === 'dataset' && path[0] === 'transform')
  for (const dataset of datasets) {
    const place = named.find(({ name }) => name === dataset)?.path ?? []
    const stage = stages.find(({ path }) => isWithin(place, path)) ?? stages[1]
    if (stage) found.set(stage.id, [...(found.get(stage.id) ?? []), dataset])
  }
  return found
}

/** Datasets that hops of the next stage reach: they flow into it from the side, below what comes before it. */
function SideInputs({ datasets }: { readonly datasets: readonly string[] }) {
  const w = useWords()
  const summaries = useEngine((state) => state.datasets)
  if (datasets.length === 0) return null
  return (
    <ul aria-label={w.pipe.sideInputs} className="flex flex-col items-stretch gap-3">
      {datasets.map((name) => {
        const live = liveOf(summaries, name)
        return (
          <li
            key={name}
            className="relative min-w-40 rounded-lg border border-dashed border-hops bg-hops-soft px-3 py-1.5 text-hops"
          >
            <span className="block truncate font-semibold" title={name}>
              {name}
            </span>
            <span className="text-tiny">
              {w.pipe.joinedByHops}
              {live === null ? '' : ` · ${count(live)}`}
            </span>
            <span aria-hidden className="absolute top-1/2 left-full w-16 border-t-2 border-dashed border-hops" />
          </li>
        )
      })}
    </ul>
  )
}

/** The wire between two stages: a place to add one, and the mark where Sesam needs a new pipe. */
function StageGap({ before, cut }: { readonly before: number; readonly cut: SplitPoint | undefined }) {
  const w = useWords()
  const { id, readOnly } = usePipe()
  const kinds = useCatalogue()?.kinds ?? noKinds
  const [over, setOver] = useState(false)
  const adding = useAdding(['stage', before])
  const rows = useMemo(
    () =>
      kinds
        .filter(({ role }) => role === 'transform')
        .map((kind) => ({ id: kind.type, label: kind.label, says: kind.says, aside: kind.type, value: kind }))
        .sort((a, b) =>
          a.id === DEFAULT_TRANSFORM ? -1 : b.id === DEFAULT_TRANSFORM ? 1 : a.label < b.label ? -1 : 1,
        ),
    [kinds],
  )
  const add = (kind: KindDeclaration) => {
    setAdding(null)
    const template: JsonObject =
      kind.type === DEFAULT_TRANSFORM
        ? rulesTransform({ default: [copyStep()] })
        : isObject(kind.template)
          ? kind.template
          : { type: kind.type }
    addTransform(id, before, template, w.pipe.steps.stage(kind.type))
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop a stage on; the keyboard moves stages, too
    <div
      data-joint={before}
      onDragOver={(event) => {
        if (readOnly || !isStage(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        const from = droppedStage(event)
        if (from === null) return
        event.preventDefault()
        moveStage(id, from, before)
      }}
      className={classes(
        'relative flex w-16 shrink-0 items-center self-stretch rounded-md',
        over && 'bg-accent-soft ring-2 ring-accent',
      )}
    >
      <span aria-hidden className="absolute top-[18px] h-px w-full bg-line-strong" />
      {cut && (
        <div
          className="pointer-events-none absolute inset-y-0 left-1/2 border-l-2 border-dotted border-warn"
          title={w.engine.cut(cut)}
        >
          <span
            className="pointer-events-auto absolute -top-5 left-0 -translate-x-1/2 rounded-full bg-warn-soft px-2 text-tiny font-semibold whitespace-nowrap text-warn"
            title={w.engine.cut(cut)}
          >
            {w.pipe.cutHere}
          </span>
        </div>
      )}
      {!readOnly && (
        <button
          type="button"
          aria-label={w.pipe.addStageHere}
          title={cut ? `${w.pipe.addStageHere} · ${w.engine.cut(cut)}` : w.pipe.addStageHere}
          onClick={() => setAdding(['stage', before])}
          className="absolute top-2 left-1/2 z-10 flex size-5 -translate-x-1/2 items-center justify-center rounded-full border border-line-strong bg-surface text-ink-soft hover:border-accent hover:bg-accent hover:text-on-accent"
        >
          <Plus size={12} aria-hidden />
        </button>
      )}
      {adding && (
        <span className="absolute top-2 left-1/2 size-5 -translate-x-1/2">
          <Picker
            label={w.pipe.addStage}
            placeholder={w.pipe.addStagePlaceholder}
            rows={rows}
            onClose={() => setAdding(null)}
            onChoose={({ value }) => add(value)}
          />
        </span>
      )}
    </div>
  )
}

const noKinds: readonly KindDeclaration[] = []

/** The first split before each transform, by its place; none while the functions are not known. */
function splitsBefore(pipe: JsonObject, functions: FunctionTable): ReadonlyMap<number, SplitPoint> {
  const places = new Map<number, SplitPoint>()
  if (functions === NO_FUNCTIONS) return places
  for (const split of splitPoints(pipe, functions)) if (!places.has(split.before)) places.set(split.before, split)
  return places
}
