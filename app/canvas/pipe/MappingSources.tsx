import { useMemo } from 'react'
import { PropertyName } from '../../data/PropertyName.tsx'
import { useTextOfTransit } from '../../data/ShownValue.tsx'
import { count, percent } from '../../i18n/numbers.ts'
import { dragProperty } from '../../pipe/drag.ts'
import { usePipeView } from '../../pipe/pipe-view.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { stageData, usePreviewStore } from '../../pipe/preview-store.ts'
import { useEngine } from '../../store/engine/state.ts'
import { classes } from '../../ui/classes.ts'
import { liveEntitiesOf } from '../flow/state.ts'
import { propertyTexts } from './entity-text.ts'
import { headHeight, type PlacedGroup, type PlacedSource, rowHeight } from './mapping-places.ts'
import { setCarriedProperty, useMapping } from './mapping-state.ts'

/** The left side: what comes in, by system, with how many have it, a sample, and whether it is used. */
export function MappingSources({
  sources,
  before,
  readOnly,
}: {
  readonly sources: readonly PlacedGroup[]
  /** The stage whose entities come in. */
  readonly before: string
  readonly readOnly: boolean
}) {
  const w = usePipeWords()
  const entity = usePipeView((state) => state.entity)
  const first = usePreviewStore((live) => {
    const source = stageData(live, before)
    const at = source?.origins.indexOf(live.preview?.followed ?? -1) ?? -1
    return source?.entities[Math.max(0, at)] ?? null
  })
  const samples = useMemo(() => new Map(first === null ? [] : propertyTexts(first)), [first])
  return (
    <div className="relative flex flex-col gap-2.5" role="group" aria-label={w.pipe.mapping.sources(entity ?? '')}>
      {sources.map(({ group, sources: rows, used }) => (
        <section
          key={`${group.joined} ${group.name}`}
          aria-label={group.name}
          className={classes(
            'rounded-lg border',
            group.joined ? 'border-dashed border-hops bg-hops-soft' : 'border-line bg-surface shadow-low',
          )}
        >
          <GroupHead name={group.name} joined={group.joined} used={used} all={group.properties.length} />
          {rows.map((source) => (
            <SourceRow
              key={source.key}
              source={source}
              sample={group.joined ? source.sample : (samples.get(source.name) ?? null)}
              readOnly={readOnly}
            />
          ))}
        </section>
      ))}
      {sources.length === 0 && <p className="text-ink-soft">{w.pipe.noData.says}</p>}
    </div>
  )
}

interface GroupHeadProps {
  readonly name: string
  readonly joined: boolean
  readonly used: number
  readonly all: number
}

function GroupHead({ name, joined, used, all }: GroupHeadProps) {
  const w = usePipeWords()
  const live = useEngine((state) => liveEntitiesOf(state.datasets, name))
  return (
    <h3
      className={classes('flex items-center gap-2 border-b px-3', joined ? 'border-hops text-hops' : 'border-line')}
      style={{ height: headHeight }}
    >
      <span className="min-w-0 truncate font-semibold">{name}</span>
      {joined && <span className="shrink-0 text-tiny font-normal">{w.pipe.joinedByHops}</span>}
      <span className="ml-auto shrink-0 text-tiny font-normal text-ink-soft">
        {live === null ? '' : `${count(live)} · `}
        {w.pipe.mapping.used(used, all)}
      </span>
    </h3>
  )
}

interface SourceRowProps {
  readonly source: PlacedSource
  readonly sample: string | null
  readonly readOnly: boolean
}

function SourceRow({ source, sample, readOnly }: SourceRowProps) {
  const w = usePipeWords()
  const { name, present, isUsed, dataset } = source
  const text = useTextOfTransit()
  const carried = useMapping((state) => state.carried?.key === source.key)
  const says = w.pipe.mapping.source(name, percent(present), isUsed)
  return (
    <button
      type="button"
      data-map="source"
      {...(isUsed ? {} : { 'data-unused': '' })}
      draggable={!readOnly}
      onDragStart={(event) => {
        dragProperty(event, source.expression)
        // A drag ends at once where its element changes while it begins.
        setTimeout(() => setCarriedProperty(source))
      }}
      aria-pressed={carried}
      aria-label={says}
      disabled={readOnly}
      onClick={() => setCarriedProperty(carried ? null : source)}
      className={classes(
        'relative flex w-full cursor-grab items-center gap-2 border-b border-line/60 px-3 text-left -outline-offset-2 last:border-0 hover:bg-hover',
        carried && 'bg-accent-soft ring-2 ring-accent ring-inset',
      )}
      style={{ height: rowHeight }}
    >
      <span className={classes('mono flex min-w-24 flex-1', !isUsed && 'text-ink-soft')}>
        <PropertyName name={name} />
      </span>
      <span aria-hidden className="h-[3px] w-10 shrink-0 rounded-sm bg-line">
        <span
          className={classes(
            'block h-full rounded-sm',
            isUsed ? (dataset === null ? 'bg-source' : 'bg-hops') : 'bg-line-strong',
          )}
          style={{ width: `${Math.round(present * 100)}%` }}
        />
      </span>
      <span className="w-8 shrink-0 text-right text-tiny text-ink-soft">{Math.round(present * 100)}</span>
      <span className="mono w-28 shrink truncate text-right text-ink-soft" title={sample ?? ''}>
        {sample === null ? '' : text(sample)}
        {!isUsed && <span className="sr-only">{w.pipe.mapping.notUsed}</span>}
      </span>
      <MappingPort filled={isUsed} side="right" joined={dataset !== null} />
    </button>
  )
}

/** Where lines end: filled where one does. */
export function MappingPort({
  filled,
  side,
  joined,
}: {
  readonly filled: boolean
  readonly side: 'left' | 'right'
  readonly joined: boolean
}) {
  return (
    <span
      aria-hidden
      className={classes(
        'absolute top-1/2 size-3 -translate-y-1/2 rounded-full border-2 bg-surface',
        side === 'left' ? '-left-1.5' : '-right-1.5',
        !filled ? 'border-line-strong' : side === 'left' ? 'border-accent' : joined ? 'border-hops' : 'border-source',
      )}
    >
      {filled && (
        <span
          className={classes(
            'absolute inset-[2px] rounded-full',
            side === 'left' ? 'bg-accent' : joined ? 'bg-hops' : 'bg-source',
          )}
        />
      )}
    </span>
  )
}
