import { WandSparkles } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { isWithin, type JsonPath } from '../../../engine-worker/index.ts'
import { count } from '../../i18n/numbers.ts'
import { isProperty } from '../../pipe/drag.ts'
import { focusBeside } from '../../pipe/focus.ts'
import { valueAtPath } from '../../pipe/json-edits.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { choosePlace, usePipeView } from '../../pipe/pipe-view.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { hasRules, stagesOf } from '../../pipe/stages.ts'
import { useCatalogue, useFunctionTable } from '../../store/catalogue.ts'
import { useEngine } from '../../store/engine/state.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Input, Select } from '../../ui/Field.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { sourceDatasetsOf } from './canvas-elements.ts'
import { MappingLines } from './MappingLines.tsx'
import { MappingOffers } from './MappingOffers.tsx'
import { MappingSources } from './MappingSources.tsx'
import { MappingTargets } from './MappingTargets.tsx'
import { rowsOf } from './mapping.ts'
import { useOfferWords } from './mapping-offer-words.ts'
import { useMappingOffers } from './mapping-offers.ts'
import { placedSources, placedTargets } from './mapping-places.ts'
import { useSourceGroups } from './mapping-sources.ts'
import { setCarriedProperty, useMapping } from './mapping-state.ts'
import { stageLabelOf } from './stage-look.ts'

const noTexts: readonly string[] = []
const filters = ['all', 'used', 'unused', 'unfilled'] as const

/**
 * A DTL stage as people know mappings: what comes in at the left, by system, what is made at the right, and lines with
 * what happens on the way. A property is dragged, or carried by keys, from one side to the other.
 */
export function Mapping() {
  const w = usePipeWords()
  const { id, value, readOnly } = usePipe()
  const functions = useFunctionTable()
  const kinds = useCatalogue()?.kinds
  const selected = usePipeView((state) => state.selected)
  const { carried, shown, search } = useMapping()
  const stages = useMemo(() => stagesOf(value), [value])
  const dtl = stages.filter(hasRules)
  const stage = dtl.find(({ path }) => selected !== null && isWithin(selected, path)) ?? dtl[0]
  const rules: JsonPath = useMemo(() => [...(stage?.path ?? []), 'rules', 'default'], [stage?.path])
  const written = valueAtPath(value, rules)
  const steps = useMemo(() => (Array.isArray(written) ? written : []), [written])
  const rows = useMemo(() => rowsOf(steps, rules, functions), [steps, rules, functions])
  const hops = useEngine((state) => state.facts.find(({ pipe }) => pipe === id)?.hops) ?? noTexts
  const joined = useMemo(() => {
    const named = new Set(rows.flatMap(({ reads, rule }) => [rule?.dataset, ...reads.map(({ dataset }) => dataset)]))
    return hops.filter((dataset) => named.has(dataset))
  }, [rows, hops])
  const isFirst = stages[1]?.id === stage?.id
  const datasets = useMemo(() => (isFirst ? sourceDatasetsOf(value) : noTexts), [value, isFirst])
  const previous = stages[Math.max(0, stages.findIndex((each) => each.id === stage?.id) - 1)]
  const otherwise = previous === undefined ? '' : stageLabelOf(previous, kinds ?? [])
  const groups = useSourceGroups(rules, datasets, joined, datasets.length === 1 ? (datasets[0] ?? '') : otherwise)
  const targets = useMemo(() => placedTargets(value, rules, rows, functions), [value, rules, rows, functions])
  const sources = useMemo(
    () => placedSources(groups, targets, { shown, search, copiesAll: rows.some(({ target }) => target === '*') }),
    [groups, targets, shown, search, rows],
  )
  const offerWords = useOfferWords()
  const offers = useMappingOffers({ stage, rows, steps, functions })
  const room = useRef<HTMLDivElement>(null)
  const [pointer, setPointer] = useState<{ readonly x: number; readonly y: number } | null>(null)
  useEffect(() => () => useMapping.setState({ carried: null, asked: null }), [])
  if (!stage) return <Empty title={w.pipe.mapping.title}>{w.pipe.mapping.none}</Empty>

  const handleDragOver = (event: DragEvent) => {
    if (!isProperty(event)) return
    const box = room.current?.getBoundingClientRect()
    if (box) setPointer({ x: event.clientX - box.left, y: event.clientY - box.top })
  }
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement)) return
    const side = event.target.closest<HTMLElement>('[data-map]')?.dataset.map
    if (side === undefined) return
    const selector = (which: string, what = '') => `[data-map="${which}"]${what}`
    const focusFirst = (wanted: string) => room.current?.querySelector<HTMLElement>(wanted)?.focus()
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
      focusBeside(event.target, selector(side), event.key === 'ArrowUp' ? -1 : 1)
    else if (event.key === 'ArrowRight' && side === 'source') focusFirst(selector('target'))
    else if (event.key === 'ArrowLeft' && side === 'target') focusFirst(selector('source'))
    else if (event.key === 'Escape' && carried !== null) setCarriedProperty(null)
    else if (event.key.toLowerCase() === 'u') focusNext(room.current, selector('source', '[data-unused]'))
    else if (event.key.toLowerCase() === 'n') focusNext(room.current, selector('target', '[data-unfilled]'))
    else return
    event.preventDefault()
  }
  const used = sources.used
  return (
    <section aria-labelledby="mapping" className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-surface px-4 py-2">
        <h2 id="mapping" className="text-title font-semibold">
          {w.pipe.modes.mapping}
        </h2>
        {dtl.length > 1 && (
          <span className="w-36 shrink-0">
            <Select
              aria-label={w.pipe.mapping.stage}
              value={stage.id}
              onChange={({ target }) => choosePlace(dtl.find((each) => each.id === target.value)?.path ?? null)}
            >
              {dtl.map((each) => (
                <option key={each.id} value={each.id}>
                  {stages.findIndex((other) => other.id === each.id) + 1} {stageLabelOf(each, kinds ?? [])}
                </option>
              ))}
            </Select>
          </span>
        )}
        <Segments
          label={w.pipe.mapping.show}
          options={filters.map((each) => ({
            id: each,
            label: w.pipe.mapping.filters[each](
              count(
                each === 'used'
                  ? used
                  : each === 'unused'
                    ? sources.all - used
                    : targets.filter(({ row }) => row.reads.length === 0 && !row.isPattern).length,
              ),
            ),
          }))}
          value={shown}
          onChange={(next) => useMapping.setState({ shown: next })}
        />
        <span className="w-44 shrink-0">
          <Input
            aria-label={w.pipe.mapping.find}
            placeholder={w.pipe.mapping.find}
            value={search}
            onChange={({ target }) => useMapping.setState({ search: target.value })}
          />
        </span>
        {!readOnly && offers.length > 0 && (
          <Button
            small
            className="ml-auto"
            icon={<WandSparkles size={13} aria-hidden />}
            onClick={() => {
              const panel = document.getElementById('mapping-offers')
              panel?.scrollIntoView({ block: 'nearest' })
              panel?.querySelector('button')?.focus()
            }}
          >
            {offerWords.suggested(offers.length)}
          </Button>
        )}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows go from row to row; each row is a button */}
      <div
        className="min-h-0 flex-1 overflow-auto bg-canvas bg-[radial-gradient(var(--line-strong)_0.75px,transparent_0.75px)] [background-size:24px_24px]"
        onKeyDown={handleKeyDown}
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the line that is dragged follows the pointer */}
        <div
          ref={room}
          onDragOver={handleDragOver}
          onDragEnd={() => {
            setPointer(null)
            setCarriedProperty(null)
          }}
          onDrop={() => {
            setPointer(null)
            setCarriedProperty(null)
          }}
          className="relative grid min-w-[940px] grid-cols-[minmax(300px,4fr)_minmax(200px,4fr)_minmax(400px,6fr)] items-start p-4"
        >
          <MappingSources sources={sources.groups} before={previous?.id ?? ''} readOnly={readOnly} />
          <MappingLines sources={sources.groups} targets={targets} pointer={pointer} />
          <div className="min-w-0">
            <MappingTargets targets={targets} rules={rules} length={steps.length} stage={stage.id} />
            {!readOnly && <MappingOffers offers={offers} rules={rules} rows={rows} />}
          </div>
        </div>
      </div>
      {/* Always there, so that nothing moves under the pointer when something is taken up. */}
      <p
        role="status"
        className="h-7 shrink-0 truncate border-t border-line bg-surface px-4 leading-7 text-tiny text-accent"
      >
        {carried === null ? '' : w.pipe.mapping.carrying(carried.name)}
      </p>
    </section>
  )
}

/** Goes to the next of some rows behind the one that has the focus, and from the last to the first. */
function focusNext(room: HTMLElement | null, selector: string): void {
  const all = [...(room?.querySelectorAll<HTMLElement>(selector) ?? [])]
  const here = document.activeElement
  const behind = all.find((each) => here !== null && (here.compareDocumentPosition(each) & 4) !== 0)
  ;(behind ?? all[0])?.focus()
}
