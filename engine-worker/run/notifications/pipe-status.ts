/** What notification rules are tested against: how one pipe stands, out of the history of runs and the store. */
import type { PipeFacts } from '../../config/project/facts.ts'
import { executionLog } from '../../config/project/system-datasets.ts'
import type { RunnablePipe } from '../../connectors/runtime.ts'
import type { DatasetStore } from '../../storage/store.ts'
import type { RunRecord, RunSpan } from '../history.ts'
import { queueOf } from '../queues.ts'
import { settingsOf } from '../settings.ts'
import { readState } from '../state.ts'

/** One run of one pipe, with when it ended in milliseconds since 1970. */
export interface EndedPipeRun {
  readonly number: number
  readonly span: RunSpan
  readonly ended: number
}

/** How a pipe stands; times in milliseconds since 1970. */
export interface PipeStatus {
  readonly pipe: string
  readonly now: number
  /** Its runs that had something to do, newest first. */
  readonly runs: readonly EndedPipeRun[]
  /** When it was started last; when the engine was, where it has not been. */
  readonly lastStarted: number
  /** When its schedule says that it should have been started, where it has not been. */
  readonly overdueSince: number | null
  readonly runningSince: number | null
  /** Entities that wait in its source and its dependencies. */
  readonly waiting: number
  readonly isTripped: boolean
  readonly deadLetters: number
  /** The place in the execution log where the position was set by hand or by reprocessing; null: never. */
  readonly offsetSet: string | null
  /** The identifier of the restore of the dataset that it writes; null: never restored. */
  readonly restore: string | null
}

/** What the status of a pipe does not find in the store. */
export interface PipeStatusContext {
  readonly store: DatasetStore
  /** Newest first. */
  readonly runs: readonly RunRecord[]
  readonly now: number
  readonly lastStarted: (pipe: string) => number
  readonly overdueSince: (pipe: string) => number | null
  readonly runningSince: (pipe: string) => number | null
}

/** How a pipe stands now. */
export async function pipeStatusOf(
  pipe: RunnablePipe,
  facts: PipeFacts | undefined,
  { store, runs, now, lastStarted, overdueSince, runningSince }: PipeStatusContext,
): Promise<PipeStatus> {
  const { id, sink } = pipe
  const { deadLetterDataset } = settingsOf(pipe)
  const letters = deadLetterDataset === null ? null : await store.info(deadLetterDataset)
  const queue = facts === undefined ? null : await queueOf(store, facts)
  const [set] = await store.lookup(executionLog(id), ['pump-offset-set'])
  const restore = sink.writes === 'dataset' ? (await store.info(sink.dataset))?.meta.restore : undefined
  const pipeRuns = runs.flatMap((run) => runOf(run, id) ?? [])
  return {
    pipe: id,
    now,
    runs: pipeRuns,
    lastStarted: Math.max(lastStarted(id), pipeRuns[0]?.ended ?? 0),
    overdueSince: overdueSince(id),
    runningSince: runningSince(id),
    waiting: queue === null ? 0 : queue.source + queue.dependencies,
    isTripped: ((await readState(store, id))?.tripped ?? null) !== null,
    deadLetters: letters?.live ?? 0,
    offsetSet: set ? String(set._updated) : null,
    restore: typeof restore === 'object' && restore !== null && 'uuid' in restore ? String(restore.uuid) : null,
  }
}

/** How a run ended for a pipe: as in its last round. */
function runOf({ number, started, spans }: RunRecord, pipe: string): EndedPipeRun | null {
  const span = spans.findLast((one) => one.pipe === pipe)
  return span ? { number, span, ended: started + span.from + span.milliseconds } : null
}
