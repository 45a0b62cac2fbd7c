/** What a run of one pipe is given. */

import type { RunnablePipe } from '../../connectors/runtime.ts'
import type { Environment } from '../../environment.ts'
import type { IndexedStore } from '../../storage/index/indexed-store.ts'
import type { RunEngines } from '../engines/run-engines.ts'
import type { RunLog } from '../log.ts'
import type { PipeProgress } from '../progress.ts'
import type { TrackingState } from '../state.ts'
import type { RunSide } from './overlap.ts'

/** What a run needs from the engine. */
export interface PumpServices {
  readonly store: IndexedStore
  readonly environment: Environment
  readonly memory: (pipe: string) => Promise<TrackingState>
  /** Drops the memory of a pipe when it may be ahead of what was committed. */
  readonly dropMemory: (pipe: string) => void
  /** Remembers something else of a pipe from now on. */
  readonly setMemory: (pipe: string, memory: TrackingState) => void
  /** The side of the ordinary runs of a pipe. */
  readonly overlap: (pipe: RunnablePipe) => RunSide
  readonly fetch: typeof globalThis.fetch | null
  /** Entities per batch. */
  readonly batch: number
  /** A pipe whose configuration has changed starts over, whatever its reprocessing_policy says. */
  readonly followConfiguration: boolean
  /** Further engines that transform; null: all is done in this thread. */
  readonly engines: RunEngines | null
}

/** What one run is asked to do. */
export interface PumpOptions {
  readonly full?: boolean
  /** Whether a source that always reads everything is read; false in the later rounds of a run. */
  readonly read: boolean
  /**
   * A rescan in the background that this run has to know of: it is `left` to begin when this run has ended, goes on
   * `beside` it, or was `interrupted` and has to be done by this run. Absent: none.
   */
  readonly rescan?: 'left' | 'beside' | 'interrupted'
  readonly signal: AbortSignal
  readonly progress?: (progress: PipeProgress) => void
  readonly log: RunLog
}
