/** What a list of all datasets shows besides their sizes: changes over time, the last run of each producer, the schema in short. */
import { ChangeCounter } from '../analysis/change-counts.ts'
import { inSpans } from '../analysis/time-spans.ts'
import { type RunRecord, type RunSpan, runsKept } from '../run/history.ts'
import { turn } from '../run/turn.ts'
import type { DatasetStore } from '../storage/store.ts'
import { type CallContext, capability } from './capability.ts'
import { datasetsOf } from './datasets.ts'

/** The last run of a pipe that did anything. */
interface LastRun {
  /** The number of the run. */
  readonly run: number
  /** When it ended, in milliseconds since 1970. */
  readonly at: number
  readonly state: RunSpan['state']
}

/** One dataset of the overview. */
interface OverviewRow {
  readonly dataset: string
  /** Properties of the first entities, the most common first. */
  readonly properties: readonly string[]
  /** Versions in spans of time, by the beginning of each (milliseconds since 1970), oldest first. */
  readonly changes: readonly (readonly [number, number])[]
  readonly lastRun: LastRun | null
}

/** The number of spans of time. */
const MAX_SPANS = 400

const countersByStore = new WeakMap<DatasetStore, ChangeCounter>()

/** Sends each dataset as soon as it is counted; the answer has all. */
export const datasetOverview = capability(
  'dataset-overview',
  'draft',
  async (_: null, { host, onEvent, signal }: CallContext<OverviewRow>): Promise<readonly OverviewRow[]> => {
    const opened = host.current()
    const { store, windows } = opened
    const counter = countersByStore.get(store) ?? new ChangeCounter(store, turn)
    countersByStore.set(store, counter)
    const last = lastRuns(await runsKept(store))
    const rows: OverviewRow[] = []
    // Small ones come first, so that most rows are available at once.
    const datasets = (await datasetsOf(opened)).toSorted((a, b) => a.versions - b.versions)
    for (const { name, producer } of datasets) {
      const counts = await counter.count(name, signal)
      if (counts === null) break
      const properties = await windows.columns(name)
      const row = {
        dataset: name,
        properties: properties.filter((each) => !each.startsWith('_')),
        changes: [...inSpans(counts, MAX_SPANS)].sort(([a], [b]) => a - b),
        lastRun: (producer === null ? undefined : last.get(producer)) ?? null,
      }
      rows.push(row)
      onEvent(row)
    }
    return rows
  },
)

/** The last run of each pipe. @param runs newest first */
function lastRuns(runs: readonly RunRecord[]): ReadonlyMap<string, LastRun> {
  const last = new Map<string, LastRun>()
  for (const { number, started, spans } of runs) {
    for (const { pipe, from, milliseconds, state } of spans.toReversed())
      if (!last.has(pipe)) last.set(pipe, { run: number, at: started + from + milliseconds, state })
  }
  return last
}
