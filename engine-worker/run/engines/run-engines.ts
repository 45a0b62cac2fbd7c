/** What runs need of several engines, whether those are there all the time or for a run. */
import type { EnginePool } from './pool.ts'

/** Engines that transform for the runs of one project. */
export interface RunEngines extends Pick<EnginePool, 'size' | 'open' | 'transform' | 'use'> {
  /** A run begins; returns what is called at its end. Absent where the engines are there all the time. */
  readonly forRun?: () => () => void
}
