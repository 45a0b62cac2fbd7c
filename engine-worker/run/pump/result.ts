import type { Entity } from '../../entity/value.ts'
import { problem } from '../../problem.ts'
import type { PipeProgress } from '../progress.ts'
import { newCounts } from './counts.ts'

const runStopped = problem<{ pipe: string }>({
  code: 'run-stopped',
  severity: 'warning',
  says: ({ pipe }) =>
    `The run of ${pipe} was stopped before its end. What it had written is kept; the next run continues there.`,
})

/**
 * How a run ended. `changed` counts what it wrote; after a run that changed nothing, no other pipe has anything to do.
 */
export interface PumpResult extends PipeProgress {
  readonly changed: number
  readonly kind: 'full' | 'partial' | 'incremental' | 'nothing'
  /** Deletions among what was written that deletion tracking has made. */
  readonly deletionTracked: number
  /** Entities that are tried again in later runs. */
  readonly retryable: number
  /** The source entity that ended the run. */
  readonly exception?: Entity
}

/** The result of a run that was stopped. `took`: nanoseconds. */
export function interruptedResult(pipe: string, took: bigint): PumpResult {
  return {
    pipe,
    state: 'failed',
    ...newCounts(),
    milliseconds: Number(took / 1_000_000n),
    problems: [runStopped({ pipe }, { pipe })],
    kind: 'incremental',
    retryable: 0,
  }
}
