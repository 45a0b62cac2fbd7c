/** What a runner and its runs are given, and what it reports of the run of a pipe. */
import type { RunnablePipe } from '../connectors/runtime.ts'
import type { Environment } from '../environment.ts'
import type { IndexedStore } from '../storage/index/indexed-store.ts'
import type { DatasetStore } from '../storage/store.ts'
import type { EngineUse } from './engines/pool.ts'
import type { RunEngines } from './engines/run-engines.ts'
import type { MatchRate, RunEvent, RunResult } from './progress.ts'
import type { PumpResult } from './pump/result.ts'
import type { RunParameters } from './run-parameters.ts'

/** What all runs of a runner share. */
export interface RunnerOptions {
  readonly store: DatasetStore
  /** The store with its indexes, where another runner has them already. */
  readonly indexed?: IndexedStore
  readonly environment: Environment
  readonly fetch?: typeof globalThis.fetch | null
  /** Entities per batch. */
  readonly batch?: number
  /** Start over with pipes whose configuration has changed, as one wants while designing. Default false. */
  readonly followConfiguration?: boolean
  readonly maxRounds?: number
  /** Further engines: pipes that do not depend on each other then run at once, and transform on all of them. */
  readonly engines?: RunEngines
  /** Called when a run of a single pipe has ended, before the next one of that pipe begins. */
  readonly ended?: (run: EndedPump) => Promise<void>
  /** Called with the number of versions that compaction has removed from a pipe's dataset. */
  readonly compacted?: (pipe: string, versions: number) => Promise<void>
  /**
   * Called with the progress of every run, and at its end with its start (nanoseconds since 1970) and how long each
   * engine transformed (milliseconds; empty where there was one engine).
   */
  readonly progress?: (event: RunEvent) => void
  readonly finished?: (result: RunResult, started: bigint, engines: EngineUse) => Promise<void>
}

/** One run of one pipe, with its times in nanoseconds since 1970. */
export interface EndedPump {
  readonly pipe: RunnablePipe
  readonly result: PumpResult
  readonly started: bigint
  readonly ended: bigint
  /** Whether the execution log has an entry for it; runs that changed nothing have none. */
  readonly logged: boolean
  /** Whether it was stopped before its end. */
  readonly interrupted: boolean
  /** The run that it was part of, and when that began. */
  readonly run: string
  readonly runStarted: bigint
  readonly matches: readonly MatchRate[]
  readonly parameters: RunParameters
  /** Requests that it sent to systems, also those that failed. */
  readonly requests: number
}

/** What one run of several pipes is asked to do. */
export interface RunOptions {
  readonly run: string
  /** Pipes to run once each; absent: all, in rounds until nothing is left to do. */
  readonly pipes?: readonly string[]
  readonly full?: boolean
  /** Pipes that start from the beginning while the others go on. */
  readonly rescan?: readonly string[]
  readonly signal?: AbortSignal
  readonly progress?: (event: RunEvent) => void
  /** The execution log gets no entry for the run. */
  readonly unlogged?: boolean
  /** When it began, in nanoseconds since 1970; set by the runner. */
  readonly began?: bigint
}
