/**
 * What happens to source entities that cannot be transformed or written: some errors in a row are tolerated, failed
 * entities are tried again in later runs, and given up in the end, optionally into a dead letter dataset.
 * See configuration-pump.rst.
 */

import type { Entity } from '../../entity/value.ts'
import type { Problem } from '../../problem.ts'
import type { DatasetWrite } from '../../storage/store.ts'
import type { ProcessResult } from '../chain.ts'
import type { RunLog } from '../log.ts'
import { leavesOut } from '../problems.ts'
import type { Settings } from '../settings.ts'

/** What a batch came to. */
interface BatchVerdict {
  /** What goes on to the sink. */
  readonly ready: readonly ProcessResult[]
  /** Why the run has to end behind these, and the entity that is the reason, or null. */
  readonly stop: { readonly problem: Problem; readonly entity: Entity } | null
  readonly problems: readonly Problem[]
}

/** The failed entities of a pump and its tolerance. */
export class Retries {
  private readonly attempts: Map<string, number>
  private readonly newDeadLetters: Entity[] = []
  private readonly resolvedDeadLetters: string[] = []
  private consecutiveFailures = 0

  constructor(
    private readonly settings: Settings,
    known: Readonly<Record<string, number>>,
    private readonly log: RunLog,
    private readonly now: () => bigint,
  ) {
    this.attempts = new Map(Object.entries(known))
  }

  /** Source entities to try again. */
  get keys(): readonly string[] {
    return [...this.attempts.keys()]
  }

  /** As kept in the pump's state. */
  kept(): Record<string, number> {
    return Object.fromEntries(this.attempts)
  }

  /** Decides for each source entity of a batch; stops where the tolerance ends. */
  judge(processed: readonly ProcessResult[]): BatchVerdict {
    const ready: ProcessResult[] = []
    const problems: Problem[] = []
    for (const one of processed) {
      const { problem, item } = one
      if (!problem) {
        this.consecutiveFailures = 0
        if ((this.attempts.size > 0 && this.attempts.delete(item.key)) || this.settings.trackDeadLetters) {
          this.log.writeResolved(item.entity)
          this.resolvedDeadLetters.push(item.key)
        }
        ready.push(one)
      } else if (leavesOut(problem)) {
        // Nothing comes of it, so what came of it before has to go.
        problems.push(problem)
        ready.push({ ...one, problem: null, outputs: [] })
      } else {
        const stop = this.recordFailure(item, problem)
        if (stop) return { ready, stop: { problem, entity: item.entity }, problems }
        problems.push(problem)
      }
    }
    return { ready, stop: null, problems }
  }

  /** Counts a failure; true when the run has to stop. */
  private recordFailure(item: ProcessResult['item'], problem: Problem): boolean {
    const { maxConsecutiveWriteErrors, maxWriteErrorsInRetryDataset, maxRetriesPerEntity } = this.settings
    this.consecutiveFailures++
    this.log.errors.write++
    if (maxWriteErrorsInRetryDataset > 0) {
      const attempts = this.attempts.get(item.key) ?? 0
      const dead = attempts >= maxRetriesPerEntity
      if (dead) {
        this.attempts.delete(item.key)
        this.newDeadLetters.push(item.entity)
      } else if (this.attempts.has(item.key) || this.attempts.size < maxWriteErrorsInRetryDataset) {
        this.attempts.set(item.key, attempts + 1)
      } else return true
      this.log.writeFailed({ entity: item.entity, problem, attempts, dead }, this.now())
    }
    return this.consecutiveFailures >= maxConsecutiveWriteErrors
  }

  /** Dead letters to write, and those to delete because a later version went through. */
  async deadLetters(live: (dataset: string, ids: readonly string[]) => Promise<readonly (Entity | null)[]>) {
    const dataset = this.settings.deadLetterDataset
    const dead = this.newDeadLetters.splice(0)
    const revived = this.resolvedDeadLetters.splice(0)
    if (dataset === null) return null
    const entities: Entity[] = dead.filter((entity) => typeof entity._id === 'string')
    if (this.settings.trackDeadLetters && revived.length > 0) {
      for (const entity of await live(dataset, revived)) {
        if (entity && entity._deleted !== true) entities.push({ ...entity, _deleted: true })
      }
    }
    const write: DatasetWrite = { dataset, entities }
    return entities.length > 0 ? write : null
  }
}
