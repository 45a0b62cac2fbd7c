/** What a run is asked for, and what it tells: how each pipe stands, as plain data. */
import type { Problem } from '../problem.ts'
import type { EntityCounts } from './entity-counts.ts'

/** What to run, under a name by which progress and cancelling refer to it. */
export interface RunRequest {
  readonly run: string
  /** Pipes to run; absent: all, in rounds, until nothing is left to do. */
  readonly pipes?: readonly string[]
  /** Start from the beginning instead of going on. */
  readonly full?: boolean
}

/** `waiting`: not begun, or its input is not populated yet; `not-runnable`: it needs what only a node or a person has. */
export type RunState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'not-runnable'

/** How many of what was looked for was found: entities of a merge that share one with others, joins with a result. */
export interface MatchRate {
  readonly is: 'merge' | 'hops'
  /** The dataset that was joined; of a merge the pipe. */
  readonly name: string
  readonly matched: number
  readonly of: number
}

/** How one pipe of a run stands. */
export interface PipeProgress extends EntityCounts {
  readonly pipe: string
  readonly state: RunState
  readonly milliseconds: number
  /** When it was at work, in milliseconds since the run began, each from and to; absent in runs of earlier versions. */
  readonly spans?: readonly (readonly [from: number, to: number])[]
  /** How well its merge and its joins matched, as far as they were asked; absent where nothing was. */
  readonly matches?: readonly MatchRate[]
  readonly problems: readonly Problem[]
}

/** News of a run under way. */
export interface RunEvent {
  readonly run: string
  readonly round: number
  /** Those whose standing has changed since the event before; the first event has all. */
  readonly pipes: readonly PipeProgress[]
}

/** How a run ended, with every pipe that took part. */
export interface RunResult {
  readonly run: string
  readonly state: 'done' | 'failed' | 'cancelled'
  readonly rounds: number
  readonly milliseconds: number
  readonly pipes: readonly PipeProgress[]
}
