import { useState } from 'react'
import type { Ledger, SubscriptionEnvironment } from '../../../engine-worker/index.ts'
import { count, percent } from '../../i18n/numbers.ts'
import { href } from '../../route.ts'
import { Segments } from '../../ui/Segments.tsx'
import { Growth } from './Growth.tsx'
import { History } from './History.tsx'
import { MeasuredUsage } from './MeasuredUsage.tsx'
import { Savings } from './Savings.tsx'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'
import type { Costs, Usage } from './use-costs.ts'

const groupings = ['dataset', 'pipe', 'system', 'group'] as const
type Grouping = (typeof groupings)[number]

interface UsageSectionProps {
  readonly project: string
  readonly environment: SubscriptionEnvironment
  readonly own: Ledger['prices']
  readonly costs: Costs
}

/** What takes room: by dataset, pipe, system or config group, with how often it counts; how it grew; what would save. */
export function UsageSection({ project, environment, own, costs }: UsageSectionProps) {
  const w = useSubscriptionWords()
  const [by, setBy] = useState<Grouping>('dataset')
  const { datasets } = costs.usage
  const rows = by === 'pipe' ? rowsOfPipes(costs.usage) : rowsBy(datasets, by)
  const sum = { ...totalsOf(datasets), activity: sumOf(rows.map(({ activity }) => activity)) }
  // Metrics need not say how many there are.
  const entitiesText = (row: Pick<UsageRow, 'entities'>) =>
    costs.usage.measured !== null && row.entities === 0 ? '–' : count(row.entities)
  return (
    <div className="grid gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <SectionCard
        title={w.subscription.used}
        says={w.subscription.usedSays(w.subscription.size(sum.bytes), w.subscription.size(sum.counted))}
        aside={
          <Segments
            label={w.subscription.by}
            value={by}
            onChange={setBy}
            options={groupings.map((id) => ({ id, label: w.subscription.groupings[id] }))}
          />
        }
      >
        <table className="w-full tabular-nums">
          <thead>
            <tr className="text-left text-ink-soft">
              <th className="h-7 font-normal">{w.subscription.groupings[by]}</th>
              {by === 'pipe' ? (
                <>
                  <th className="text-right font-normal">{w.subscription.runsThisMonth}</th>
                  <th className="text-right font-normal">{w.subscription.requestsThisMonth}</th>
                </>
              ) : (
                <th className="text-right font-normal">{w.subscription.entities}</th>
              )}
              <th className="text-right font-normal">{w.subscription.stored}</th>
              <th className="text-right font-normal">{w.subscription.counts}</th>
              <th className="w-16 text-right font-normal">{w.subscription.share}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name} className="border-t border-line">
                <th scope="row" className="max-w-0 py-1 text-left font-normal">
                  <span className="flex items-center gap-2">
                    {row.pipe === null ? (
                      <span className="truncate">{row.name || w.subscription.none[by]}</span>
                    ) : (
                      <a
                        className="mono truncate text-accent underline"
                        href={href({ at: 'pipe', project, pipe: row.pipe })}
                      >
                        {row.name}
                      </a>
                    )}
                    {row.dataset?.durable && <Mark>{w.subscription.durable}</Mark>}
                    {row.dataset?.global && environment.settings.search > 0 && (
                      <Mark>{w.subscription.searched(environment.settings.search + 1)}</Mark>
                    )}
                  </span>
                </th>
                <Amounts by={by} row={row} entities={entitiesText(row)} />
                <td className="text-right">{w.subscription.size(row.bytes)}</td>
                <td className="text-right font-semibold">{w.subscription.size(row.counted)}</td>
                <td className="text-right text-ink-soft">
                  {percent(sum.counted === 0 ? 0 : row.counted / sum.counted)}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="border-t border-line-strong font-semibold">
              <th scope="row" className="h-8 text-left">
                {w.subscription.together}
              </th>
              <Amounts by={by} row={sum} entities={entitiesText(sum)} />
              <td className="text-right">{w.subscription.size(sum.bytes)}</td>
              <td className="text-right">{w.subscription.size(sum.counted)}</td>
              <td />
            </tr>
          </tfoot>
        </table>
        {costs.usage.measured === null && <p className="py-2 text-tiny text-ink-faint">{w.subscription.upperBound}</p>}
      </SectionCard>
      <div className="flex min-w-0 flex-col gap-4">
        <MeasuredUsage environment={environment.id} measured={costs.usage.measured} />
        <History usage={costs.usage} />
        <Growth usage={costs.usage} />
        <Savings environment={environment} own={own} costs={costs} />
      </div>
    </div>
  )
}

/** Entities, or what pipes did this month. */
function Amounts({
  by,
  row: { activity },
  entities,
}: {
  readonly by: Grouping
  readonly row: Pick<UsageRow, 'activity'>
  readonly entities: string
}) {
  if (by !== 'pipe') return <td className="text-right">{entities}</td>
  return (
    <>
      <td className="text-right">{count(activity.runs)}</td>
      <td className="text-right">{count(activity.requests)}</td>
    </>
  )
}

function Mark({ children }: { readonly children: string }) {
  return <span className="shrink-0 rounded-full bg-sunken px-2 text-tiny text-ink-soft">{children}</span>
}

type Dataset = Usage['datasets'][number]

interface UsageRow {
  readonly name: string
  /** The pipe of the project that the row leads to. */
  readonly pipe: string | null
  readonly dataset: Dataset | null
  readonly entities: number
  readonly bytes: number
  readonly counted: number
  /** What the pipe did this month. */
  readonly activity: Pick<Usage['activity'][number], 'runs' | 'requests'>
}

const noActivity = { runs: 0, requests: 0 }

function sumOf(all: readonly UsageRow['activity'][]): UsageRow['activity'] {
  return all.reduce(
    (sum, { runs, requests }) => ({ runs: sum.runs + runs, requests: sum.requests + requests }),
    noActivity,
  )
}

/** A row for each pipe that fills a dataset or did something this month; what takes most room first. */
function rowsOfPipes({ datasets, activity }: Usage): UsageRow[] {
  const filled = new Map(datasets.map((dataset) => [dataset.pipe, dataset]))
  const known = new Map(activity.map((each) => [each.pipe, each]))
  return [...new Set([...filled.keys(), ...known.keys()])].map((name) => {
    const dataset = filled.get(name) ?? null
    const amounts = dataset ?? { entities: 0, bytes: 0, counted: 0 }
    const pipe = dataset?.isOfProject === false ? null : name
    return { ...amounts, name, pipe, dataset, activity: known.get(name) ?? noActivity }
  })
}

function rowsBy(datasets: readonly Dataset[], by: Exclude<Grouping, 'pipe'>): UsageRow[] {
  const activity = noActivity
  if (by === 'dataset')
    return datasets.map((dataset) => ({
      ...dataset,
      name: dataset.dataset,
      pipe: dataset.isOfProject ? dataset.pipe : null,
      dataset,
      activity,
    }))
  const groups = new Map<string, Dataset[]>()
  for (const each of datasets) groups.set(each[by] ?? '', [...(groups.get(each[by] ?? '') ?? []), each])
  return [...groups]
    .map(([name, members]) => ({ name, pipe: null, dataset: null, activity, ...totalsOf(members) }))
    .toSorted((a, b) => b.counted - a.counted)
}

function totalsOf(datasets: readonly Dataset[]): Pick<UsageRow, 'entities' | 'bytes' | 'counted'> {
  const sumOf = (of: (each: Dataset) => number) => datasets.reduce((all, each) => all + of(each), 0)
  return {
    entities: sumOf((each) => each.entities),
    bytes: sumOf((each) => each.bytes),
    counted: sumOf((each) => each.counted),
  }
}
