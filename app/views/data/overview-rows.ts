/** The rows of the overview of all datasets: what is known of each, in the order and choice of the person. */
import type { AnswerOf, DatasetSummary, PipeFacts, PipeQueue, Problem } from '../../../engine-worker/index.ts'
import { groupOf, shortName } from '../../data/dataset.ts'

export type OverviewFacts = AnswerOf<'dataset-overview'>[number]

/** What a table of datasets can be sorted by. */
export const overviewFigures = ['live', 'deleted', 'versions', 'bytes', 'waiting'] as const
export type Figure = (typeof overviewFigures)[number]
export type OverviewSort = Figure | 'name' | 'lastRun' | 'problems' | 'changed' | 'producer'

/** Datasets by what they are for. */
export const overviewKinds = ['all', 'global', 'source', 'between', 'output'] as const
type DatasetKind = Exclude<(typeof overviewKinds)[number], 'all'>

export interface OverviewRow {
  readonly dataset: DatasetSummary
  readonly kind: DatasetKind
  readonly figures: Readonly<Record<Figure, number>>
  /** Null until it has been counted. */
  readonly facts: OverviewFacts | null
  /** Problems of the pipe that writes it. */
  readonly problems: number
}

interface OverviewSources {
  readonly datasets: readonly DatasetSummary[]
  readonly pipes: readonly PipeFacts[]
  readonly queues: Readonly<Record<string, PipeQueue>>
  readonly problems: readonly Problem[]
  readonly facts: ReadonlyMap<string, OverviewFacts>
}

/** A row for each dataset but the logs of pumps. */
export function overviewRows({ datasets, pipes, queues, problems, facts }: OverviewSources): readonly OverviewRow[] {
  const byPipe = new Map(pipes.map((each) => [each.pipe, each]))
  const faults = new Map<string, number>()
  for (const { severity, where } of problems)
    if (severity !== 'hint' && where.pipe !== undefined) faults.set(where.pipe, (faults.get(where.pipe) ?? 0) + 1)
  return datasets
    .filter((each) => groupOf(each) !== 'log')
    .map((dataset) => {
      const { name, producer, live, deleted, versions, bytes } = dataset
      const queue = producer === null ? undefined : queues[producer]
      return {
        dataset,
        kind: kindOf(dataset, producer === null ? undefined : byPipe.get(producer)),
        figures: { live, deleted, versions, bytes, waiting: (queue?.source ?? 0) + (queue?.dependencies ?? 0) },
        facts: facts.get(name) ?? null,
        problems: producer === null ? 0 : (faults.get(producer) ?? 0),
      }
    })
}

function kindOf({ role }: DatasetSummary, pipe: PipeFacts | undefined): DatasetKind {
  if (role === 'output') return 'output'
  if (role === 'supplied') return 'source'
  if (pipe?.global) return 'global'
  return pipe === undefined || pipe.reads.length === 0 ? 'source' : 'between'
}

/** The rows of a kind whose dataset, pipe or a property has the text. */
export function filteredRows(
  rows: readonly OverviewRow[],
  text: string,
  kind: DatasetKind | 'all',
): readonly OverviewRow[] {
  const wanted = text.trim().toLowerCase()
  const includesWanted = (name: string) => name.toLowerCase().includes(wanted)
  return rows.filter(
    ({ dataset, facts, kind: its }) =>
      (kind === 'all' || its === kind) &&
      (wanted === '' ||
        includesWanted(dataset.name) ||
        includesWanted(dataset.producer ?? '') ||
        facts?.properties.some(includesWanted) === true),
  )
}

/** Numbers and moments from the largest on, names in their order; equal rows by name. */
export function sortedRows(rows: readonly OverviewRow[], sort: OverviewSort, isReversed: boolean): OverviewRow[] {
  const byName = (a: OverviewRow, b: OverviewRow) => compare(shortName(a.dataset), shortName(b.dataset))
  const sorted = rows.toSorted((a, b) => {
    if (sort === 'name') return byName(a, b)
    const [left, right] = [keyOf(a, sort), keyOf(b, sort)]
    return (typeof left === 'string' ? compare(left, String(right)) : Number(right) - Number(left)) || byName(a, b)
  })
  return isReversed ? sorted.reverse() : sorted
}

function keyOf({ dataset, facts, figures: all, problems }: OverviewRow, sort: Exclude<OverviewSort, 'name'>) {
  switch (sort) {
    case 'producer':
      return dataset.producer ?? ''
    case 'lastRun':
      return facts?.lastRun?.at ?? 0
    case 'changed':
      return facts?.changes.at(-1)?.[0] ?? 0
    case 'problems':
      return problems
    default:
      return all[sort]
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Counts of changes in equal spans of a period; what lies outside is left out. */
export function changeBars(
  changes: OverviewFacts['changes'],
  from: number,
  to: number,
  most: number,
): readonly number[] {
  const counts = new Array<number>(most).fill(0)
  const length = Math.max(1, to - from) / most
  for (const [moment, times] of changes) {
    if (moment < from || moment > to) continue
    const at = Math.min(most - 1, Math.floor((moment - from) / length))
    counts[at] = (counts[at] ?? 0) + times
  }
  return counts
}
