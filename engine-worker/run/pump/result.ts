import type { Entity } from '../../entity/value.ts'
import type { PipeProgress } from '../progress.ts'

/** How a run ended. `changed` counts what it wrote; a run that changed nothing gives nobody else anything to do. */
export interface PumpResult extends PipeProgress {
  readonly changed: number
  readonly kind: 'full' | 'partial' | 'incremental' | 'nothing'
  /** Entities that are tried again in later runs. */
  readonly retryable: number
  /** The source entity that ended the run. */
  readonly exception?: Entity
}
