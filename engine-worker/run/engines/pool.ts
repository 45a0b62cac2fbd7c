/**
 * Several engines for one committer: chunks of entities are passed through the stages of a pipe on other threads and here,
 * and come back in their order, so that what is committed is what one engine would have committed. A chunk goes to another
 * engine only where that takes this thread less time than to transform it.
 */
import type { ProjectOptions } from '../../config/project/project.ts'
import type { FileContents } from '../../config/project/read.ts'
import { Suspended } from '../../dtl/evaluation.ts'
import { printEntity, readEntity } from '../../entity/transit.ts'
import type { Entity } from '../../entity/value.ts'
import type { ProcessResult } from '../chain.ts'
import { Cancelled, Lookups, type RecordedLookups } from '../context.ts'
import { type Chunk, ChunkQueue } from './chunk-queue.ts'
import { isSameProject, type ProjectFiles } from './engine-project.ts'
import type { Address, ChunkDone, EnginePort, TransformReply } from './messages.ts'
import type { PoolJob } from './pool-job.ts'
import { printSent, readSent } from './sent-entities.ts'

/** A chunk has no more entities than this, and no more than this thread transforms in so many milliseconds. */
const MAX_CHUNK_ENTITIES = 250
const CHUNK_MILLISECONDS = 12
/** Entities of the first chunk of a pipe, which finds out what one costs. */
const FIRST_CHUNK_ENTITIES = 20
/** Milliseconds of work that an engine has at once, so that it goes on while this thread is busy with a commit. */
const MAX_HELD_MILLISECONDS = 120
/** How much longer than sending it a chunk must take here to be sent. */
const MIN_GAIN_FACTOR = 1.5
/** Weight of the newest measurement. */
const NEWEST_WEIGHT = 0.3
/** What sending costs is believed less with each chunk that is done here: it may have been measured in a bad moment. */
const SENT_COST_DECAY = 0.98

interface PoolOptions {
  readonly ports: readonly EnginePort[]
  /** Milliseconds, for measuring. */
  readonly clock: () => number
  /** Sends every chunk to another engine; for tests. */
  readonly always?: boolean
}

interface Engine {
  readonly port: EnginePort
  readonly held: Map<number, Chunk>
  version: number
  ready: boolean
  ended: boolean
  busy: number
}

/** What one entity of a pipe costs this thread, in milliseconds; null where that is not known yet. */
interface Costs {
  here: number | null
  sent: number | null
}

/** How long each engine has worked, in milliseconds: the one that commits first. */
export type EngineUse = readonly number[]

export class EnginePool {
  private readonly engines: Engine[] = []
  private readonly queue = new ChunkQueue()
  private readonly costs = new Map<string, Costs>()
  private project: ({ readonly version: number } & ProjectFiles) | null = null
  /** What it cost to send an entity the last time, of whatever pipe. */
  private lastSent: number | null = null
  private hasHidden = false
  private isBusyHere = false
  private busyMillisecondsHere = 0

  constructor(private readonly options: PoolOptions) {
    this.add(options.ports)
  }

  /** Takes further engines in. */
  add(ports: readonly EnginePort[]): void {
    for (const port of ports) {
      const engine: Engine = { port, held: new Map(), version: -1, ready: false, ended: false, busy: 0 }
      this.engines.push(engine)
      port.listen(
        (reply) => void this.handleReply(engine, reply).catch((error: unknown) => this.fail(engine, error)),
        () => this.handleLostEngine(engine),
      )
    }
  }

  /** Resolves when every engine is there, or has ended; until then this one works alone. */
  started(): Promise<void> {
    return new Promise((resolve) => {
      this.onStart.push(resolve)
      this.notifyStarted()
    })
  }

  private readonly onStart: (() => void)[] = []

  private notifyStarted(): void {
    if (this.engines.every(({ ready, ended }) => ready || ended)) for (const tell of this.onStart.splice(0)) tell()
  }

  /** How many engines there are, this one included. */
  get size(): number {
    return this.engines.length + 1
  }

  /** How long each has worked. */
  use(): EngineUse {
    return [this.busyMillisecondsHere, ...this.engines.map(({ busy }) => busy)]
  }

  /** Gives the engines a project. Secrets and data stay here. One that is as it was stays open. */
  open(given: FileContents, { secrets, hidden, profile, variables }: ProjectOptions): void {
    this.hasHidden = Object.keys({ ...secrets, ...hidden }).length > 0
    const files = Object.fromEntries(Object.entries(given).filter(([path]) => !/^(testdata|expected)\//.test(path)))
    const options = { ...(profile === undefined ? {} : { profile }), ...(variables ? { variables } : {}) }
    if (this.project && isSameProject(this.project, { files, options })) return
    this.project = { version: (this.project?.version ?? 0) + 1, files, options }
    this.costs.clear()
  }

  /** What becomes of entities, in their order. Rejects with Cancelled when the signal aborts. */
  async transform(job: PoolJob): Promise<ProcessResult[]> {
    const results = this.queue.add(job)
    this.dispatch()
    return rejectOnAbort(results, job.signal)
  }

  close(): void {
    for (const { port } of this.engines) port.close()
  }

  /** Hands out what waits: to engines that have room, and to this thread while it has nothing else to do. */
  private dispatch(): void {
    for (let job = this.queue.head(); job; job = this.queue.head()) {
      const engine = this.isSendingWorthwhile(job.pipe) ? this.freeEngine() : null
      if (!engine && (this.isBusyHere || (this.options.always && this.engines.some(({ ready }) => ready)))) return
      const chunk = this.queue.take(this.chunkSize(job.pipe))
      if (!chunk) return
      if (engine) this.send(engine, chunk)
      else {
        void this.runHere(chunk).then(() => this.drainRefused())
        return
      }
    }
  }

  /** Small chunks of what takes long, so that no engine waits for the last one, and this thread soon hears the others. */
  private chunkSize(pipe: string): number {
    const { here } = this.costsOf(pipe)
    if (this.options.always) return MAX_CHUNK_ENTITIES
    return here === null
      ? FIRST_CHUNK_ENTITIES
      : Math.max(1, Math.min(MAX_CHUNK_ENTITIES, Math.round(CHUNK_MILLISECONDS / here)))
  }

  /** The engine that has least to do, if that is little: of what is left, each engine takes its share and no more. */
  private freeEngine(): Engine | null {
    const cost = (pipe: string) => this.costs.get(pipe)?.here ?? 0
    const share = Math.min(MAX_HELD_MILLISECONDS, this.queue.sum(cost) / this.size)
    let free: Engine | null = null
    let least = Number.POSITIVE_INFINITY
    for (const engine of this.engines) {
      if (!engine.ready) continue
      let held = 0
      for (const { job, items } of engine.held.values()) held += items.length * cost(job.pipe)
      if ((engine.held.size === 0 || held < share) && held < least) [free, least] = [engine, held]
    }
    return free
  }

  /** Whether it pays to send entities of a pipe. */
  private isSendingWorthwhile(pipe: string): boolean {
    if (!this.project) return false
    if (this.options.always) return true
    const { here, sent } = this.costsOf(pipe)
    if (here === null) return false
    if (sent !== null) return here > MIN_GAIN_FACTOR * sent
    // One chunk finds out; those after it need not wait for it where sending was worth it for the last pipe.
    if (this.lastSent !== null && here > MIN_GAIN_FACTOR * this.lastSent) return true
    return !this.engines.some(({ held }) => [...held.values()].some(({ job }) => job.pipe === pipe))
  }

  private costsOf(pipe: string): Costs {
    const known = this.costs.get(pipe) ?? { here: null, sent: null }
    this.costs.set(pipe, known)
    return known
  }

  private send(engine: Engine, chunk: Chunk): void {
    const { project } = this
    if (!project) return
    const began = this.options.clock()
    if (engine.version !== project.version) {
      engine.version = project.version
      engine.port.post({ ask: 'open', ...project })
    }
    const { id, batch, job, items } = chunk
    engine.held.set(id, chunk)
    engine.port.post({
      ask: 'transform',
      chunk: id,
      version: project.version,
      batch,
      pipe: job.pipe,
      fingerprint: job.fingerprint,
      entities: printSent(items.map(({ entity }) => entity)),
      gone: items.flatMap(({ gone }, at) => (gone ? [[at, gone] as const] : [])),
    })
    this.sendingMilliseconds.set(id, this.options.clock() - began)
  }

  /** Milliseconds that chunks have cost this thread so far. */
  private readonly sendingMilliseconds = new Map<number, number>()

  private async runHere(chunk: Chunk): Promise<void> {
    this.isBusyHere = true
    const began = this.options.clock()
    try {
      const results = await chunk.job.here(chunk.items)
      const took = this.options.clock() - began
      this.busyMillisecondsHere += took
      const costs = this.costsOf(chunk.job.pipe)
      costs.here = average(costs.here, took / Math.max(1, chunk.items.length))
      if (costs.sent !== null) costs.sent *= SENT_COST_DECAY
      chunk.resolve(results)
    } catch (error) {
      chunk.reject(error)
    } finally {
      this.isBusyHere = false
    }
  }

  private async handleReply(engine: Engine, reply: TransformReply): Promise<void> {
    if (engine.ended) return
    if (reply.is === 'ready') {
      engine.ready = true
      this.notifyStarted()
      this.dispatch()
      return
    }
    const chunk = engine.held.get(reply.chunk)
    if (reply.is === 'wants') {
      const lists = chunk ? await entitiesAt(chunk.job, reply.addresses).catch(() => null) : null
      engine.port.post({ ask: 'found', want: reply.want, lists: lists ?? reply.addresses.map(() => []) })
      if (chunk && lists === null) this.returnToThisThread(engine, chunk)
      return
    }
    if (!chunk) return
    if (
      reply.is === 'refused' ||
      (this.hasHidden && reply.results.some((result) => result !== null && result.problem !== null))
    ) {
      this.returnToThisThread(engine, chunk)
      return
    }
    const began = this.options.clock()
    const results = resultsOf(chunk, reply)
    engine.held.delete(chunk.id)
    engine.busy += reply.busy
    const costs = this.costsOf(chunk.job.pipe)
    const sendMilliseconds = (this.sendingMilliseconds.get(chunk.id) ?? 0) + this.options.clock() - began
    this.sendingMilliseconds.delete(chunk.id)
    this.lastSent = average(costs.sent, sendMilliseconds / Math.max(1, chunk.items.length))
    costs.sent = this.lastSent
    chunk.resolve(results)
    this.dispatch()
  }

  /** Has a chunk that an engine cannot transform transformed here, before others. */
  private returnToThisThread(engine: Engine, chunk: Chunk): void {
    engine.held.delete(chunk.id)
    this.sendingMilliseconds.delete(chunk.id)
    this.refused.push(chunk)
    void this.drainRefused()
  }

  private readonly refused: Chunk[] = []

  private async drainRefused(): Promise<void> {
    while (!this.isBusyHere) {
      const chunk = this.refused.shift()
      if (!chunk) break
      await this.runHere(chunk)
    }
    this.dispatch()
  }

  /** What an engine has answered cannot be read: what it has fails, so that nobody waits for it. */
  private fail(engine: Engine, error: unknown): void {
    for (const chunk of engine.held.values()) chunk.reject(error)
    engine.held.clear()
  }

  /** An engine is gone; what it had is transformed here. */
  private handleLostEngine(engine: Engine): void {
    engine.ready = false
    engine.ended = true
    this.notifyStarted()
    for (const chunk of [...engine.held.values()]) this.returnToThisThread(engine, chunk)
    this.dispatch()
  }
}

function average(before: number | null, now: number): number {
  return before === null ? now : before + NEWEST_WEIGHT * (now - before)
}

/** Rejects when the signal aborts, whatever the work does. */
function rejectOnAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new Cancelled('cancelled'))
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** The entities at addresses, as an evaluation here would find them. Rejects where an index is not known. */
async function entitiesAt({ store, indexes }: PoolJob, addresses: readonly Address[]): Promise<string[][]> {
  const lookups = new Lookups(store, null)
  const lists: string[][] = []
  for (const [dataset, id, key] of addresses) {
    const index = id === null ? null : indexes.find((one) => one.dataset === dataset && one.index.id === id)?.index
    if (index === undefined) throw new Error(`no index ${id}`)
    const list = await awaitSuspended((): readonly Entity[] => {
      if (index) return lookups.join(dataset, index, [key], false)
      const entity = lookups.lookup(dataset, key)
      return entity ? [entity] : []
    })
    lists.push(list.map((entity) => printEntity(entity)))
  }
  return lists
}

async function awaitSuspended<T>(evaluate: () => T): Promise<T> {
  for (;;) {
    try {
      return evaluate()
    } catch (error) {
      if (!(error instanceof Suspended)) throw error
      await error.until
    }
  }
}

function resultsOf({ job, items }: Chunk, { results, entities, slots, joined }: ChunkDone): ProcessResult[] {
  job.joined.rows += joined.rows
  job.joined.most = Math.max(job.joined.most, joined.most)
  const numbers = slots.map(([dataset, id]) => {
    const index = job.indexes.find((one) => one.dataset === dataset && one.index.id === id)?.index
    return job.tracking.slot(dataset, index ?? null)
  })
  const plain = readSent(entities)
  let next = 0
  return items.map((item, at): ProcessResult => {
    const result = results[at] ?? null
    if (result === null) {
      const output = { origin: '', stage: job.stages, entity: plain[next++] ?? null, state: 'out' as const }
      return { item, outputs: [output], lookups: noLookups, problem: null }
    }
    const { outputs, lookups, problem } = result
    return {
      item,
      outputs: outputs.map(([origin, stage, text, state]) => {
        return { origin, stage, entity: text === null ? null : readEntity(text), state }
      }),
      lookups: lookups.map((part) => (typeof part === 'number' ? (numbers[part] ?? 0) : part)),
      problem,
    }
  })
}

const noLookups: RecordedLookups = []
