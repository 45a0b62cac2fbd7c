/**
 * Further engines that are there only while a run needs them: they are started by the first batch that is large enough to
 * be divided, and ended after the run. What an engine that does not start would have done is done in this thread.
 */
import type { ProjectOptions } from '../../config/project/project.ts'
import type { FileContents } from '../../config/project/read.ts'
import type { ProcessResult } from '../chain.ts'
import type { EnginePort } from './messages.ts'
import type { EnginePool } from './pool.ts'
import type { PoolJob } from './pool-job.ts'
import type { RunEngines } from './run-engines.ts'

/** Batches of more entities are worth starting engines for. */
const MAX_ENTITIES_ALONE = 250

/** How further engines are started. */
export interface EngineStarter {
  /** Starts one further engine. */
  readonly start: () => EnginePort
  /** Milliseconds, for measuring. */
  readonly clock: () => number
  /** Sends every chunk to another engine; for tests. */
  readonly always?: boolean
}

/** The engines of one project; one until {@link setCount} is called. */
export class EnginesOnDemand implements RunEngines {
  private requestedCount = 1
  /** How many the runs that go on have. */
  private currentCount = 1
  private runs = 0
  private pool: EnginePool | null = null
  private loading: Promise<EnginePool | null> | null = null
  private areStarted = false
  private project: { readonly files: FileContents; readonly options: ProjectOptions } | null = null
  /** The last transform in the queue where there is no pool: one at a time. */
  private tail: Promise<unknown> = Promise.resolve()
  private lostCount = 0

  constructor(private readonly starter: EngineStarter) {}

  /** Sets how many engines the next run has, this one included. */
  setCount(count: number): void {
    if (count !== this.requestedCount) this.lostCount = 0
    this.requestedCount = count
  }

  /** How many engines the next run has. */
  get count(): number {
    return this.requestedCount
  }

  /** How many further engines did not start, or ended by themselves, when engines were started last. */
  get lost(): number {
    return this.lostCount
  }

  get size(): number {
    return this.runs === 0 ? this.requestedCount : this.currentCount
  }

  forRun(): () => void {
    if (this.runs++ === 0) this.currentCount = this.requestedCount
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      if (--this.runs === 0) this.close()
    }
  }

  open(files: FileContents, options: ProjectOptions): void {
    this.project = { files, options }
    this.pool?.open(files, options)
  }

  use(): readonly number[] {
    return this.areStarted && this.pool ? this.pool.use() : []
  }

  async transform(job: PoolJob): Promise<ProcessResult[]> {
    const pool = this.runs > 0 ? await this.loadedPool() : null
    if (pool && !this.areStarted && job.items.length > MAX_ENTITIES_ALONE) this.startAll(pool)
    return pool ? pool.transform(job) : this.runInTurn(job)
  }

  /** Ends the engines that are there. */
  close(): void {
    this.pool?.close()
    this.pool = null
    this.loading = null
    this.areStarted = false
  }

  /** The pool, which is loaded when it is first needed; null where it cannot be loaded. */
  private loadedPool(): Promise<EnginePool | null> {
    if (this.loading) return this.loading
    const load = async () => {
      try {
        const { EnginePool } = await import('./pool.ts')
        const { clock, always = false } = this.starter
        return new EnginePool({ ports: [], clock, always })
      } catch {
        this.lostCount = this.currentCount - 1
        return null
      }
    }
    const loading: Promise<EnginePool | null> = load().then((pool) => {
      // The run may have ended meanwhile.
      if (this.loading === loading) {
        this.pool = pool
        if (this.project) pool?.open(this.project.files, this.project.options)
      }
      return pool
    })
    this.loading = loading
    return loading
  }

  private startAll(pool: EnginePool): void {
    this.areStarted = true
    this.lostCount = 0
    const ports: EnginePort[] = []
    for (let more = this.currentCount - 1; more > 0; more--) {
      try {
        ports.push(this.countingEnd(this.starter.start()))
      } catch {
        this.lostCount++
      }
    }
    pool.add(ports)
  }

  /** The port, with its end counted. */
  private countingEnd(port: EnginePort): EnginePort {
    return {
      ...port,
      listen: (reply, ended) =>
        port.listen(reply, () => {
          this.lostCount++
          ended()
        }),
    }
  }

  private runInTurn(job: PoolJob): Promise<ProcessResult[]> {
    const turn = this.tail.then(() => job.here(job.items))
    this.tail = turn.catch(() => undefined)
    return turn.then((results) => [...results])
  }
}
