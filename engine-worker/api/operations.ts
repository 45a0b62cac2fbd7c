/** What has run, runs and will run in a project, for the operations view: from its kept history (run/history.ts). */
import { type FailureCause, failureCauses } from '../run/failure-causes.ts'
import { type MinuteSums, minutesKept, type RunRecord, runsKept } from '../run/history.ts'
import { capability } from './capability.ts'
import type { OpenedProject } from './host.ts'
import { type MatchTrend, matchTrends } from './match-trends.ts'
import { waitingByPipe } from './queue-totals.ts'

/** Which run is wanted (null: the newest), and how far back the sums go, in milliseconds. */
interface OperationsRequest {
  readonly run: number | null
  readonly back: number
}

/** A run as a list shows it. */
interface RunSummary extends Pick<RunRecord, 'number' | 'started' | 'milliseconds' | 'state'> {
  readonly failed: number
}

/** When a pipe runs next by its schedule; milliseconds since 1970. */
interface NextRun {
  readonly pipe: string
  readonly at: number
  readonly full: boolean
}

/** All that the operations view shows. */
export interface Operations {
  /** Newest first. */
  readonly runs: readonly RunSummary[]
  readonly run: RunRecord | null
  readonly minutes: readonly MinuteSums[]
  readonly causes: readonly FailureCause[]
  /** What waits now, by pipe; those with nothing are left out. */
  readonly queues: readonly { readonly pipe: string; readonly waiting: number }[]
  readonly trends: readonly MatchTrend[]
  readonly next: readonly NextRun[]
  /** What datasets take as text, in bytes, the largest first. */
  readonly storage: readonly { readonly dataset: string; readonly bytes: number }[]
  /** How many the next run has. */
  readonly engines: number
  /** How many a project may have here; null where it does not say the number. */
  readonly mostEngines: number | null
  /** How many did not start, or ended by themselves, the last time. */
  readonly lostEngines: number
  /** By the engine's clock, in milliseconds since 1970. */
  readonly now: number
}

/** The most next runs and datasets that are listed. */
const MAX_RUNS = 50

/** What has run, what fails and why, what waits, and what runs next. */
export const operations = capability(
  'operations',
  'deployed',
  async (request: OperationsRequest, { host }): Promise<Operations> => {
    const opened = host.current()
    const { environment, engines = 1, furtherEngines } = host.platform
    const now = Number(environment.now() / 1_000_000n)
    const runs = await runsKept(opened.store)
    const chosen = request.run === null ? runs[0] : runs.find(({ number }) => number === request.run)
    return {
      runs: runs.map(({ number, started, milliseconds, state, spans }) => {
        const failed = new Set(spans.flatMap((span) => (span.state === 'failed' ? [span.pipe] : []))).size
        return { number, started, milliseconds, state, failed }
      }),
      run: chosen ?? null,
      minutes: await minutesKept(opened.store, now - request.back),
      causes: failureCauses(runs),
      queues: await waitingByPipe(opened.store, opened.session),
      trends: matchTrends(runs),
      next: await nextRuns(opened),
      storage: await storageOf(opened),
      engines: opened.engines?.count ?? engines,
      mostEngines: opened.engines ? (furtherEngines?.most ?? 1) : null,
      lostEngines: opened.engines?.lost ?? 0,
      now,
    }
  },
)

async function nextRuns({ session }: OpenedProject): Promise<readonly NextRun[]> {
  const due = await session.runner.due(session.pipes().filter(({ needs }) => needs === null))
  return due
    .flatMap(({ pipe, next, run }) => (next === null ? [] : [{ pipe, at: next, full: run === 'full' }]))
    .sort((a, b) => a.at - b.at)
    .slice(0, MAX_RUNS)
}

async function storageOf({ store }: OpenedProject): Promise<Operations['storage']> {
  const all = (await store.list()).map(({ name, bytes }) => ({ dataset: name, bytes }))
  return all.sort((a, b) => b.bytes - a.bytes).slice(0, MAX_RUNS)
}
