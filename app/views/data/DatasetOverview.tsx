import { useState } from 'react'
import type { DatasetSummary } from '../../../engine-worker/index.ts'
import { groupOf, shortName } from '../../data/dataset.ts'
import { useWords } from '../../i18n/i18n.ts'
import { count } from '../../i18n/numbers.ts'
import { href } from '../../route.ts'
import { useEngine } from '../../store/engine/state.ts'
import { classes } from '../../ui/classes.ts'

interface DatasetOverviewProps {
  readonly project: string
  readonly datasets: readonly DatasetSummary[]
}

/** What the table can be sorted by. */
const figures = ['live', 'deleted', 'versions', 'bytes', 'waiting'] as const
type Figure = (typeof figures)[number]

/** All datasets with their figures: the largest first, or sorted by another column. */
export function DatasetOverview({ project, datasets }: DatasetOverviewProps) {
  const w = useWords()
  const queues = useEngine((state) => state.queues)
  const [sort, setSort] = useState<Figure | 'name'>('live')
  const shown = datasets.filter((each) => groupOf(each) !== 'log')
  const figureOf = (dataset: DatasetSummary, figure: Figure): number => {
    if (figure !== 'waiting') return dataset[figure]
    const queue = dataset.producer === null ? undefined : queues[dataset.producer]
    return (queue?.source ?? 0) + (queue?.dependencies ?? 0)
  }
  const sorted = shown.toSorted((a, b) =>
    sort === 'name' ? (shortName(a) < shortName(b) ? -1 : 1) : figureOf(b, sort) - figureOf(a, sort),
  )
  const most = Math.max(1, ...shown.map(({ live }) => live))
  const sum = (figure: Figure) => shown.reduce((total, each) => total + figureOf(each, figure), 0)
  const text = (value: number, figure: Figure) => (figure === 'bytes' ? w.search.size(value) : count(value))
  const heading = (column: Figure | 'name', label: string) => (
    <th
      key={column}
      scope="col"
      aria-sort={sort === column ? (column === 'name' ? 'ascending' : 'descending') : 'none'}
      className={classes('px-3 py-1 font-semibold', column === 'name' ? 'text-left' : 'text-right')}
    >
      <button
        type="button"
        className={classes('min-h-6 rounded-sm hover:text-ink', sort === column && 'text-accent')}
        onClick={() => setSort(column)}
      >
        {label}
      </button>
    </th>
  )
  return (
    <section
      aria-label={w.data.overview}
      className="flex min-h-0 min-w-0 flex-1 flex-col gap-3 overflow-auto px-5 py-4"
    >
      <header className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <h1 className="text-title">{w.data.overview}</h1>
        <span className="text-ink-soft">
          {w.data.overviewSays(shown.length, sum('live'), w.search.size(sum('bytes')))}
        </span>
      </header>
      <div className="overflow-x-auto">
        <table className="w-full whitespace-nowrap rounded-lg border border-line bg-surface">
          <thead className="bg-sunken text-ink-soft">
            <tr>
              {heading('name', w.data.overviewName)}
              <th scope="col" className="px-3 py-1 text-left font-semibold">
                {w.data.writtenBy}
              </th>
              {figures.map((figure) => heading(figure, w.data.figures[figure]))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((dataset) => (
              <tr key={dataset.name} className="border-t border-line hover:bg-hover">
                <th scope="row" className="max-w-96 px-3 py-1.5 text-left font-normal">
                  <a
                    href={href({ at: 'data', project, dataset: dataset.name, entity: null })}
                    title={dataset.name}
                    className="block truncate rounded-sm font-semibold hover:underline"
                  >
                    {shortName(dataset)}
                  </a>
                  <span aria-hidden className="mt-1 block h-[3px] w-full rounded-full bg-sunken">
                    <span
                      className={classes('block h-full rounded-full', barOf[groupOf(dataset)])}
                      style={{ width: `${(100 * dataset.live) / most}%` }}
                    />
                  </span>
                </th>
                <td className="max-w-72 truncate px-3 py-1.5">
                  {dataset.producer === null ? (
                    <span className="text-ink-faint">{w.data.nobody}</span>
                  ) : (
                    <a
                      href={href({ at: 'pipe', project, pipe: dataset.producer })}
                      className="rounded-sm text-ink-soft hover:text-ink hover:underline"
                    >
                      {dataset.producer}
                    </a>
                  )}
                </td>
                {figures.map((figure) => {
                  const value = figureOf(dataset, figure)
                  return (
                    <td key={figure} className={classes('px-3 py-1.5 text-right', value === 0 && 'text-ink-faint')}>
                      {text(value, figure)}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
          <tfoot className="border-t border-line bg-sunken">
            <tr>
              <th scope="row" colSpan={2} className="px-3 py-1.5 text-left font-semibold">
                {w.data.sum}
              </th>
              {figures.map((figure) => (
                <td key={figure} className="px-3 py-1.5 text-right font-semibold">
                  {text(sum(figure), figure)}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  )
}

const barOf = { dataset: 'bg-accent', output: 'bg-sink', supplied: 'bg-source', log: 'bg-line-strong' } as const
