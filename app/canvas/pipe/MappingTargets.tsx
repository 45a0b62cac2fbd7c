import { Plus } from 'lucide-react'
import { type KeyboardEvent, useMemo } from 'react'
import { addStep, type CombineHow, combined, type JsonPath } from '../../../engine-worker/index.ts'
import { PropertyName } from '../../data/PropertyName.tsx'
import { propertyFactsOf } from '../../data/property-facts.ts'
import { useTextOfTransit } from '../../data/ShownValue.tsx'
import { isProperty } from '../../pipe/drag.ts'
import { focusForm } from '../../pipe/focus.ts'
import { propertyOf } from '../../pipe/paths.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { insertAt, removeAt, setAt } from '../../pipe/pipe-changes.ts'
import { choosePlace, useChosen, usePipeView } from '../../pipe/pipe-view.ts'
import { currentPipeWords, usePipeWords } from '../../pipe/pipe-words.ts'
import { stageData, tracePath, usePreviewStore } from '../../pipe/preview-store.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { PopoverBelow } from '../../ui/PopoverBelow.tsx'
import { propertyTexts } from './entity-text.ts'
import { MappingPort } from './MappingSources.tsx'
import { type MappingRow, namesLike } from './mapping.ts'
import { headHeight, type PlacedTarget, rowHeight } from './mapping-places.ts'
import type { SourceProperty } from './mapping-sources.ts'
import { setCarriedProperty, useMapping } from './mapping-state.ts'

interface MappingTargetsProps {
  readonly targets: readonly PlacedTarget[]
  /** Place of the default rule. */
  readonly rules: JsonPath
  /** Steps of the rule. */
  readonly length: number
  readonly stage: string
}

const noTexts: readonly string[] = []
const combineWays: readonly CombineHow[] = ['otherwise', 'before', 'together', 'instead']

/** The right side: what is made, its type, the rule, the value for the followed entity and how many have one. */
export function MappingTargets({ targets, rules, length, stage }: MappingTargetsProps) {
  const w = usePipeWords()
  const { id, readOnly } = usePipe()
  const entity = usePipeView((state) => state.entity)
  const carried = useMapping((state) => state.carried)
  const rows = usePreviewStore((live) => stageData(live, stage)?.entities ?? noTexts)
  const facts = useMemo(() => new Map(propertyFactsOf(rows).map((fact) => [fact.name, fact])), [rows])
  const add = (source: SourceProperty) => {
    setCarriedProperty(null)
    insertAt(
      id,
      [...rules, length],
      addStep(propertyOf(source.expression), source.expression),
      currentPipeWords().pipe.steps.add('add'),
    )
  }
  const allowDrop = (event: { readonly preventDefault: () => void }) => event.preventDefault()
  return (
    <div className="overflow-clip rounded-lg border border-line bg-surface shadow-low [overflow-clip-margin:8px]">
      <table aria-label={w.pipe.mapping.title} className="w-full table-fixed">
        <colgroup>
          <col className="w-[26%]" />
          <col className="w-[14%]" />
          <col />
          <col className="w-[28%]" />
          <col className="w-[14%]" />
        </colgroup>
        <thead>
          <tr className="text-left text-tiny text-ink-soft" style={{ height: headHeight }}>
            <th className="pl-4 font-normal">{w.pipe.mapping.target}</th>
            <th className="font-normal">{w.pipe.schema.types}</th>
            <th className="font-normal">{w.pipe.mapping.rule}</th>
            <th className="pr-2 text-right font-normal">
              {entity === null ? w.pipe.result : w.pipe.mapping.value(entity)}
            </th>
            <th className="pr-3 text-right font-normal">{w.pipe.schema.present}</th>
          </tr>
        </thead>
        <tbody>
          {targets.map((target) => (
            <TargetRow
              key={target.key}
              target={target}
              types={target.depth === 0 ? (facts.get(target.row.target)?.types.join(' | ') ?? '') : ''}
              present={
                target.depth === 0 ? (facts.get(target.row.target)?.present ?? (rows.length > 0 ? 0 : null)) : null
              }
            />
          ))}
        </tbody>
      </table>
      {!readOnly && (
        <button
          type="button"
          data-map="target"
          onDragOver={(event) => isProperty(event) && allowDrop(event)}
          onDrop={() => carried && add(carried)}
          onClick={() => carried && add(carried)}
          className="flex w-full items-center gap-2 border-t border-line px-4 text-left text-ink-soft -outline-offset-2 hover:bg-hover"
          style={{ height: rowHeight }}
        >
          <Plus size={13} aria-hidden className="shrink-0" />
          <span className="truncate">
            {carried === null ? w.pipe.mapping.unusedSays : w.pipe.mapping.add(carried.name)}
          </span>
        </button>
      )}
    </div>
  )
}

interface TargetRowProps {
  readonly target: PlacedTarget
  readonly types: string
  readonly present: number | null
}

function TargetRow({ target, types, present }: TargetRowProps) {
  const w = usePipeWords()
  const { id, readOnly } = usePipe()
  const { row, depth, key } = target
  const chosen = useChosen(row.path)
  const carried = useMapping((state) => state.carried)
  const asked = useMapping((state) => (state.asked?.target === key ? state.asked.source : null))
  const text = useTextOfTransit()
  const value = useTargetValue(row)
  const copied = useCopied(row)
  const unfilled = !row.isPattern && (value === 'null' || present === 0 || (row.reads.length === 0 && row.from === ''))
  const canTake = (source: SourceProperty | null) => source !== null && !readOnly && isOfDataset(source, target)
  const mapSource = (source: SourceProperty | null) => {
    if (source === null || !canTake(source)) return
    if (row.from === '' || row.from === null) combineSources(id, row, source, 'instead')
    else useMapping.setState({ asked: { target: key, source } })
  }
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.key === ' ') mapSource(carried)
    else if (event.key === '+' && carried !== null && canTake(carried)) combineSources(id, row, carried, 'otherwise')
    else if (event.key === 'Enter') {
      choosePlace(row.path)
      focusForm()
    } else if ((event.key === 'Delete' || event.key === 'Backspace') && !readOnly && !row.byName)
      removeAt(id, row.path, w.pipe.steps.remove)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <tr
      className={classes(
        'border-t border-line/60',
        chosen ? 'bg-accent-soft' : unfilled ? 'bg-warn-soft' : depth > 0 && 'bg-hops-soft/50',
      )}
      style={{ height: rowHeight }}
      onDragOver={(event) => isProperty(event) && canTake(carried) && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        mapSource(carried)
      }}
    >
      <td className="relative pr-2" style={{ paddingLeft: 16 + depth * 16 }}>
        <MappingPort filled={row.reads.length > 0 || typeof row.from !== 'string'} side="left" joined={false} />
        <button
          type="button"
          data-map="target"
          {...(unfilled ? { 'data-unfilled': '' } : {})}
          className="mono block h-6 w-full truncate text-left font-semibold hover:text-accent"
          title={row.target}
          onClick={() => (carried !== null && canTake(carried) ? mapSource(carried) : choosePlace(row.path))}
          onKeyDown={handleKeyDown}
        >
          {row.isPattern ? w.pipe.mapping.everything(row.target) : <PropertyName name={row.target} />}
        </button>
        {asked && <CombineMenu row={row} source={asked} />}
      </td>
      <td className="truncate pr-2 text-tiny text-transform" title={types}>
        {types}
      </td>
      <td className="truncate pr-2 text-tiny text-ink-soft">{ruleWords(target, w)}</td>
      <td
        className={classes('mono truncate pr-2 text-right', unfilled ? 'text-warn' : 'text-ink-soft')}
        title={value === 'null' ? w.pipe.mapping.gap : (value ?? '')}
      >
        {row.isPattern
          ? copied !== null && w.pipe.mapping.copied(copied)
          : value === null
            ? unfilled && w.pipe.mapping.nothing
            : text(value)}
      </td>
      <td className="pr-3 text-right text-tiny text-ink-soft">
        {present === null || row.isPattern ? '' : `${Math.round(present * 100)} %`}
      </td>
    </tr>
  )
}

/** Whether a property can be read where a target is made. */
function isOfDataset({ key }: SourceProperty, { dataset }: PlacedTarget): boolean {
  return dataset === null ? key.startsWith('in ') : key.startsWith(`${dataset} `)
}

function ruleWords({ row }: PlacedTarget, w: ReturnType<typeof usePipeWords>): string {
  if (row.isPattern) return w.pipe.mapping.asTheyAre
  if (row.rule !== null) return w.pipe.mapping.list(row.rule.dataset ?? row.rule.name)
  if (row.reads.length === 0 && JSON.stringify(row.from).includes('"_T.')) return w.pipe.mapping.own
  if (row.reads.length === 0)
    return typeof row.from === 'string' && row.from.startsWith('_') ? '' : w.pipe.mapping.constant
  return w.pipe.mapping.from(row.reads.length)
}

/** How a property goes together with the value that is there. */
function CombineMenu({ row, source }: { readonly row: MappingRow; readonly source: SourceProperty }) {
  const w = usePipeWords()
  const { id } = usePipe()
  const close = () => useMapping.setState({ asked: null })
  return (
    <PopoverBelow
      label={w.pipe.mapping.combine(source.name, row.target)}
      onClose={close}
      className="z-50 flex animate-rise flex-col gap-1 rounded-lg border border-line bg-raised p-2 shadow-high outline-none"
    >
      <p className="eyebrow px-1">{w.pipe.mapping.combine(source.name, row.target)}</p>
      {combineWays.map((how) => (
        <Button key={how} look="quiet" className="justify-start" onClick={() => combineSources(id, row, source, how)}>
          {w.pipe.mapping.hows[how](source.name)}
        </Button>
      ))}
    </PopoverBelow>
  )
}

/** One edit: the value in its place, or a step behind one that takes names. */
function combineSources(id: string, row: MappingRow, source: SourceProperty, how: CombineHow): void {
  const value = combined(how, row.from, source.expression)
  const label = currentPipeWords().pipe.steps.change
  useMapping.setState({ asked: null, carried: null })
  if (!row.byName) {
    setAt(id, row.fromPath, value, label)
    choosePlace(row.path)
    return
  }
  const index = row.path.at(-1)
  if (typeof index === 'number') insertAt(id, [...row.path.slice(0, -1), index + 1], addStep(row.target, value), label)
}

/** How many properties a step has copied whose target stands for several; null where it is not known. */
function useCopied(row: MappingRow): number | null {
  return usePreviewStore((live) => {
    const target = row.isPattern ? live.trace.get(tracePath(row.path))?.target : undefined
    return target === undefined
      ? null
      : namesLike(
          row.target,
          propertyTexts(target).map(([name]) => name),
        ).filter((name) => !name.startsWith('_')).length
  })
}

function useTargetValue(row: MappingRow): string | null {
  return usePreviewStore((live) => {
    if (!row.byName) return live.trace.get(tracePath(row.fromPath))?.value ?? null
    const target = live.trace.get(tracePath(row.path))?.target
    return target === undefined ? null : (propertyTexts(target).find(([name]) => name === row.target)?.[1] ?? null)
  })
}
