/** Batches whose transforms have begun: finished one after the other, in the order in which they were read. */
import type { ProcessResult } from '../chain.ts'
import type { SourceBatch } from '../sources/item.ts'

/** A batch that is being transformed since `before`. */
export interface BegunBatch extends SourceBatch {
  readonly before: bigint
  readonly processed: Promise<ProcessResult[]>
}

/** Batches that are begun, finished one after the other in their order. */
export class BatchQueue {
  private readonly begun: BegunBatch[] = []

  /** `ahead`: how many may be begun and not finished. */
  constructor(
    private readonly ahead: number,
    private readonly process: (batch: BegunBatch) => Promise<void>,
  ) {}

  async add(batch: BegunBatch): Promise<void> {
    this.begun.push(batch)
    await this.finish(this.ahead)
  }

  /** Finishes all but `left`. */
  async finish(left = 0): Promise<void> {
    while (this.begun.length > left) {
      const batch = this.begun.shift()
      if (batch) await this.process(batch)
    }
  }
}
