/** What a run from the beginning does first: everything that was known of the source and of the sink's output is void. */
import type { RunnablePipe } from '../../connectors/runtime.ts'
import type { Commit, DatasetInfo } from '../../storage/store.ts'
import type { Settings } from '../settings.ts'
import type { SourceReader } from '../sources/item.ts'
import { type PumpState, stateFromTheBeginning, type TrackingState, writeRescanPending, writeState } from '../state.ts'
import { DeletionTracking } from './deletion-tracking.ts'
import type { OutsideWriter } from './outside-writer.ts'

interface StartOverContext {
  readonly pipe: RunnablePipe
  readonly settings: Settings
  readonly state: PumpState
  readonly reader: SourceReader
  readonly memory: TrackingState
  readonly outside: OutsideWriter | null
  /** What is known of the sink's dataset. */
  readonly sink: DatasetInfo | undefined
  /** See DeletionTracking. */
  readonly seed: number
}

/** The state to go on with, what has to be deleted in the end (null: nothing can be), and the first commit. */
export interface StartOverResult {
  readonly state: PumpState
  readonly deletions: DeletionTracking | null
  readonly commit: Commit
}

/** Begins a run from the beginning; what is in memory of the source and the outputs is forgotten. */
export async function startOver(context: StartOverContext): Promise<StartOverResult> {
  const { pipe, settings, reader, memory, outside, sink, seed } = context
  const empty = !sink || sink.live === 0
  const tracks = !empty && settings.deletionTracking && reader.whole
  const deletions = tracks ? new DeletionTracking(settings.markDeletionTracked, seed) : null
  const unfinished = deletions === null && empty && !outside?.publishes ? 'onwards' : 'again'
  const state = stateFromTheBeginning(context.state, settings.fingerprint, unfinished)
  const early = ['initially', 'onload'].includes(settings.setInitialOffset)
  const populated = early && pipe.sink.writes === 'dataset' ? [pipe.sink.dataset] : []
  const commit = {
    states: [
      ...memory.tracking.clear(),
      ...(reader.forget?.() ?? []),
      writeState(pipe.id, state),
      writeRescanPending(pipe.id, false),
    ],
    reset: outside ? [outside.dataset] : [],
    datasets: [
      ...((await outside?.begin()) ?? []),
      ...populated.map((dataset) => ({ dataset, entities: [], populated: true })),
    ],
  }
  return { state, deletions, commit }
}
