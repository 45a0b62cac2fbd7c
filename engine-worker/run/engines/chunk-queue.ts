/** Entities that wait to be transformed: jobs in their order, of which a chunk is cut off when somebody has room for it. */
import type { ProcessResult } from '../chain.ts'
import { Cancelled } from '../context.ts'
import type { SourceRecord } from '../sources/item.ts'
import type { PoolJob } from './pool-job.ts'

/** Some entities of a job. */
export interface Chunk {
  readonly id: number
  /** The number of the job: what one batch has looked up is kept for its next chunk. */
  readonly batch: number
  readonly job: PoolJob
  readonly items: readonly SourceRecord[]
  readonly resolve: (results: readonly ProcessResult[]) => void
  readonly reject: (error: unknown) => void
}

/** A job that is not all handed out. */
interface QueuedJob {
  readonly job: PoolJob
  readonly batch: number
  readonly parts: (readonly ProcessResult[])[]
  readonly resolve: (results: ProcessResult[]) => void
  readonly reject: (error: unknown) => void
  /** How many entities are handed out, and how many of them are done. */
  next: number
  done: number
}

export class ChunkQueue {
  private jobs: QueuedJob[] = []
  private batches = 0
  private chunks = 0

  /** What becomes of the entities of a job, in their order, once every chunk of it is done; rejects with its first error. */
  add(job: PoolJob): Promise<ProcessResult[]> {
    if (job.items.length === 0) return Promise.resolve([])
    return new Promise((resolve, reject) => {
      this.jobs.push({ job, batch: this.batches++, parts: [], resolve, reject, next: 0, done: 0 })
    })
  }

  /** The job of which the next chunk is cut off; null when nothing waits. Jobs whose run was cancelled are dropped. */
  head(): PoolJob | null {
    for (const { job, reject } of this.jobs) if (job.signal.aborted) reject(new Cancelled('cancelled'))
    this.jobs = this.jobs.filter(({ job }) => !job.signal.aborted)
    return this.jobs[0]?.job ?? null
  }

  /** Cuts off at most `count` entities of the head. */
  take(count: number): Chunk | null {
    const [head] = this.jobs
    if (!head) return null
    const { job, batch, parts, resolve, reject, next } = head
    const items = job.items.slice(next, next + count)
    const place = parts.length
    parts.push([])
    head.next += items.length
    if (head.next >= job.items.length) this.jobs.shift()
    const resolvePart = (results: readonly ProcessResult[]) => {
      parts[place] = results
      head.done += items.length
      if (head.done === job.items.length) resolve(parts.flat())
    }
    return { id: this.chunks++, batch, job, items, resolve: resolvePart, reject }
  }

  /** The sum of what the entities that wait cost by pipe, for an estimate. */
  sum(cost: (pipe: string) => number): number {
    return this.jobs.reduce((total, { job, next }) => total + (job.items.length - next) * cost(job.pipe), 0)
  }
}
