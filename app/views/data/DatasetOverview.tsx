import { Shapes } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { DatasetSummary } from '../../../engine-worker/index.ts'
import { useBrowseWords } from '../../data/browse-words.ts'
import { shortName } from '../../data/dataset.ts'
import { ago } from '../../i18n/i18n.ts'
import { count } from '../../i18n/numbers.ts'
import { go, href } from '../../route.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useAllProblems, useEngine } from '../../store/engine/state.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { SearchInput } from '../../ui/SearchInput.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { ChangeBars } from './ChangeBars.tsx'
import {
  type Figure,
  filteredRows,
  type OverviewFacts,
  type OverviewRow,
  type OverviewSort,
  overviewFigures,
  overviewKinds,
  overviewRows,
  sortedRows,
} from './overview-rows.ts'

interface DatasetOverviewProps {
  readonly project: string
  readonly datasets: readonly DatasetSummary[]
}

/** All datasets with their figures, changes, last runs and properties: the largest first, or sorted by another column. */
export function DatasetOverview({ project, datasets }: DatasetOverviewProps) {
  const words = useBrowseWords()
  const w = words.browse.overview
  const queues = useEngine((state) => state.queues)
  const pipes = useEngine((state) => state.facts)
  const problems = useAllProblems()
  const facts = useOverviewFacts()
  const [sort, setSort] = useState<{ readonly by: OverviewSort; readonly isReversed: boolean }>({
    by: 'live',
    isReversed: false,
  })
  const [text, setText] = useState('')
  const [kind, setKind] = useState<(typeof overviewKinds)[number]>('all')
  const all = useMemo(
    () => overviewRows({ datasets, pipes, queues, problems, facts }),
    [datasets, pipes, queues, problems, facts],
  )
  const shown = sortedRows(filteredRows(all, text, kind), sort.by, sort.isReversed)
  const moments = all.flatMap(({ facts: known }) => known?.changes.map(([moment]) => moment) ?? [])
  const period = {
    from: moments.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY),
    to: moments.reduce((most, each) => Math.max(most, each), 0),
  }
  const sumOf = (figure: Figure) => shown.reduce((total, { figures: each }) => total + each[figure], 0)
  const textOf = (value: number, figure: Figure) => (figure === 'bytes' ? w.size(value) : count(value))
  const sortHeading = (by: OverviewSort, label: string, isRight = false) => (
    <SortHeading
      key={by}
      label={label}
      isRight={isRight}
      direction={sort.by === by ? (isAscending(by) === sort.isReversed ? 'descending' : 'ascending') : 'none'}
      onSort={() => setSort({ by, isReversed: sort.by === by && !sort.isReversed })}
    />
  )
  return (
    <section aria-label={w.title} className="flex min-h-0 min-w-0 flex-1 flex-col gap-3 overflow-auto px-5 py-4">
      <header className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <h1 className="text-title">{w.title}</h1>
        <span className="min-w-0 flex-1 text-ink-soft">
          {w.says(shown.length, sumOf('live'), w.size(sumOf('bytes')))}
        </span>
        <Button
          icon={<Shapes size={13} aria-hidden />}
          onClick={() => go({ at: 'types', project, model: null, type: null, side: null })}
        >
          {w.types}
        </Button>
      </header>
      <div className="flex flex-wrap items-center gap-3">
        <SearchInput label={w.filter} value={text} onChange={setText} className="max-w-80" />
        <Segments
          label={w.kind}
          value={kind}
          onChange={setKind}
          options={overviewKinds.map((id) => ({ id, label: w.kinds[id] }))}
        />
      </div>
      <div className="overflow-x-auto">
        <table className="w-full whitespace-nowrap rounded-lg border border-line bg-surface">
          <thead className="bg-sunken text-ink-soft">
            <tr>
              {sortHeading('name', w.name)}
              {sortHeading('producer', w.writtenBy)}
              {sortHeading('changed', w.changes)}
              {overviewFigures.map((figure) => sortHeading(figure, w.figures[figure], true))}
              {sortHeading('lastRun', w.lastRun)}
              {sortHeading('problems', w.problems, true)}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <DatasetRow
                key={row.dataset.name}
                project={project}
                row={row}
                most={Math.max(1, ...all.map(({ figures: { live } }) => live))}
                period={period}
                textOf={textOf}
              />
            ))}
          </tbody>
          <tfoot className="border-t border-line bg-sunken">
            <tr>
              <th scope="row" colSpan={3} className="px-2 py-1.5 text-left font-semibold">
                {w.sum}
              </th>
              {overviewFigures.map((figure) => (
                <td key={figure} className="px-2 py-1.5 text-right font-semibold">
                  {textOf(sumOf(figure), figure)}
                </td>
              ))}
              <td />
              <td className="px-2 py-1.5 text-right font-semibold">
                {count(shown.reduce((total, each) => total + each.problems, 0))}
              </td>
            </tr>
          </tfoot>
        </table>
        {shown.length === 0 && <p className="px-3 py-2 text-ink-soft">{w.none}</p>}
      </div>
    </section>
  )
}

/** What the engine counts of each dataset, as far as it has come. */
function useOverviewFacts(): ReadonlyMap<string, OverviewFacts> {
  const version = useEngine((state) => state.version)
  const isReady = useEngine((state) => state.state === 'ready')
  const [known, setKnown] = useState<ReadonlyMap<string, OverviewFacts>>(new Map())
  useQuery(isReady ? version : null, (signal) =>
    ask('dataset-overview', null, {
      signal,
      onEvent: (row) => setKnown((before) => new Map(before).set(row.dataset, row)),
    }),
  )
  return known
}

/** Names go up at first, figures down. */
function isAscending(by: OverviewSort): boolean {
  return by === 'name' || by === 'producer'
}

interface SortHeadingProps {
  readonly label: string
  readonly isRight: boolean
  readonly direction: 'ascending' | 'descending' | 'none'
  readonly onSort: () => void
}

function SortHeading({ label, isRight, direction, onSort }: SortHeadingProps) {
  return (
    <th
      scope="col"
      aria-sort={direction}
      className={classes('px-2 py-1 font-semibold', isRight ? 'text-right' : 'text-left')}
    >
      <button
        type="button"
        className={classes('min-h-6 rounded-sm hover:text-ink', direction !== 'none' && 'text-accent')}
        onClick={onSort}
      >
        {label}
      </button>
    </th>
  )
}

interface DatasetRowProps {
  readonly project: string
  readonly row: OverviewRow
  /** The entities of the largest dataset. */
  readonly most: number
  readonly period: { readonly from: number; readonly to: number }
  readonly textOf: (value: number, figure: Figure) => string
}

const barClasses = { global: 'bg-accent', between: 'bg-accent', output: 'bg-sink', source: 'bg-source' } as const

/** Properties that are named in the list. */
const maxProperties = 3

function DatasetRow({ project, row, most, period, textOf }: DatasetRowProps) {
  const words = useBrowseWords()
  const w = words.browse.overview
  const { dataset, kind, facts, problems } = row
  const last = facts?.lastRun ?? null
  const properties = facts?.properties ?? []
  return (
    <tr className="border-t border-line hover:bg-hover">
      <th scope="row" className="max-w-52 px-2 py-1.5 text-left font-normal">
        <a
          href={href({ at: 'data', project, dataset: dataset.name, entity: null })}
          title={dataset.name}
          className="block truncate rounded-sm font-semibold hover:underline"
        >
          {shortName(dataset)}
        </a>
        <span className="mono block truncate text-tiny text-ink-soft" title={properties.join(', ')}>
          {properties.length > 0 &&
            w.properties(properties.slice(0, maxProperties).join(', '), Math.max(0, properties.length - maxProperties))}
        </span>
        <span aria-hidden className="mt-1 block h-[3px] w-full rounded-full bg-sunken">
          <span
            className={classes('block h-full rounded-full', barClasses[kind])}
            style={{ width: `${(100 * dataset.live) / most}%` }}
          />
        </span>
      </th>
      <td className="max-w-44 truncate px-2 py-1.5">
        {dataset.producer === null ? (
          <span className="text-ink-faint">{w.nobody}</span>
        ) : (
          <a
            href={href({ at: 'pipe', project, pipe: dataset.producer })}
            className="rounded-sm text-ink-soft hover:text-ink hover:underline"
          >
            {dataset.producer}
          </a>
        )}
      </td>
      <td className="px-2 py-1.5">{facts && <ChangeBars changes={facts.changes} {...period} />}</td>
      {overviewFigures.map((figure) => {
        const value = row.figures[figure]
        return (
          <td key={figure} className={classes('px-2 py-1.5 text-right', value === 0 && 'text-ink-faint')}>
            {textOf(value, figure)}
          </td>
        )
      })}
      <td className="px-2 py-1.5" title={last === null ? undefined : new Date(last.at).toLocaleString()}>
        {last === null ? (
          <span className="text-ink-faint">{facts === null || dataset.producer === null ? '' : w.neverRun}</span>
        ) : (
          <>
            <span className={classes(last.state === 'failed' && 'text-bad')}>{w.states[last.state]}</span>{' '}
            <span className="block text-ink-soft text-tiny">
              {ago(last.at, words)}, {w.run(last.run)}
            </span>
          </>
        )}
      </td>
      <td className={classes('px-2 py-1.5 text-right', problems === 0 ? 'text-ink-faint' : 'text-warn')}>
        {count(problems)}
      </td>
    </tr>
  )
}
