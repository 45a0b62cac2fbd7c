import type { Entity } from '../../entity/value.ts'
import type { Problem } from '../../problem.ts'
import type { PumpResult } from './result.ts'

/** The run stops at a source entity; what came before it is committed. */
export class RunStopped extends Error {
  constructor(
    readonly problem: Problem,
    readonly entity?: Entity,
  ) {
    super(problem.message)
  }

  /** The source entity that ended the run, as a result names it. */
  get exception(): Pick<PumpResult, 'exception'> {
    return this.entity === undefined ? {} : { exception: this.entity }
  }
}
