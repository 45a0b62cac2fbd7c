/** What the page knows of the engine: its state, and what is derived from the open project, for all views. */
import { useMemo } from 'react'
import { create } from 'zustand'
import type { Catalogue, DatasetSummary, PipeFacts, PipeQueue, Problem } from '../../../engine-worker/index.ts'
import type { CurrentRun, PipeStates } from './run-progress.ts'

interface EngineState {
  readonly state: 'off' | 'starting' | 'ready' | 'failed'
  /** Why it failed, as the browser says it. */
  readonly failure: string | null
  readonly problems: readonly Problem[]
  /** Files for sources that were not read to their end, because the tab or the engine ended; none of their entities count. */
  readonly interrupted: readonly Problem[]
  readonly facts: readonly PipeFacts[]
  readonly datasets: readonly DatasetSummary[]
  /** What each pipe has not read yet, as of the last run. */
  readonly queues: Readonly<Record<string, PipeQueue>>
  readonly running: CurrentRun | null
  /** Last known state of each pipe, of the last run that touched it. */
  readonly last: PipeStates
  /** Goes up whenever views have to ask again: datasets may have changed, or the worker was started again. */
  readonly version: number
  readonly catalogue: Catalogue | null
  /** Goes up whenever datasets have changed: with a run, supplied data, a reset. */
  readonly dataVersion: number
  /** The worker has not answered for a second or more. */
  readonly isBusy: boolean
}

/** Nothing is open in the engine. */
export const idleRuns = {
  state: 'off',
  failure: null,
  problems: [],
  interrupted: [],
  facts: [],
  datasets: [],
  queues: {},
  running: null,
  version: 0,
  isBusy: false,
  dataVersion: 0,
} as const

export const useEngine = create<EngineState>(() => ({ ...idleRuns, last: {}, catalogue: null }))

/** Problems of the project and of files that came in half, for components. */
export function useAllProblems(): readonly Problem[] {
  const problems = useEngine((state) => state.problems)
  const interrupted = useEngine((state) => state.interrupted)
  return useMemo(() => [...interrupted, ...problems], [interrupted, problems])
}

/** Forgets that an earlier file for a source was not read to its end: the source has new data. */
export function forgetInterrupted(pipe: string): void {
  useEngine.setState(({ interrupted }) => ({ interrupted: interrupted.filter(({ where }) => where.pipe !== pipe) }))
}
