/** Sinks to the outside: their payloads are made and kept as a dataset of the pipe (`system:output:<pipe>`). */

import { isRepeatable } from '../../connectors/deliver.ts'
import type { CapturedOutput, RunnablePipe, SinkRuntime } from '../../connectors/runtime.ts'
import type { Entity } from '../../entity/value.ts'
import { Fault, locate, type Problem } from '../../problem.ts'
import type { IndexedStore } from '../../storage/index/indexed-store.ts'
import type { DatasetWrite, StateWrite } from '../../storage/store.ts'
import type { ProcessResult } from '../chain.ts'
import type { PipeRunContext } from '../context.ts'
import type { Settings } from '../settings.ts'
import { SendIntents } from './send-intents.ts'

/** The dataset of what a pipe would have sent. */
export function outputDataset(pipe: string): string {
  return `system:output:${pipe}`
}

/** Hands entities to a sink outside, and keeps what it would have sent as a dataset of outputs. */
export class OutsideWriter {
  readonly dataset: string
  /** Whether the whole of what comes out is published, instead of sent as it comes. */
  readonly publishes: boolean
  private nextOutputNumber: number | null = null
  private readonly payloads: Entity[] = []
  private readonly published: Entity[] = []
  /** Entities that were sent and are not part of a commit yet. */
  private sentCount = 0
  private readonly intents: SendIntents

  constructor(
    pipe: RunnablePipe,
    private readonly sink: SinkRuntime,
    private readonly settings: Settings,
    private readonly store: IndexedStore,
  ) {
    this.dataset = outputDataset(pipe.id)
    this.intents = new SendIntents(pipe.id, store)
    this.publishes = sink.publish !== undefined
  }

  /** Begins anew, with what the sink sends before anything else. The dataset of outputs has to be reset with it. */
  async begin(): Promise<DatasetWrite[]> {
    this.nextOutputNumber = 1
    const entities: Entity[] = []
    for (const captured of this.sink.prepare?.() ?? []) entities.push(await this.payloadEntity(captured))
    return entities.length > 0 ? [{ dataset: this.dataset, entities }] : []
  }

  /** What is published at the end of a run. */
  async publish(): Promise<DatasetWrite[]> {
    const { sink, published } = this
    if (!sink.publish) return []
    async function* publishedBatches() {
      yield published
    }
    return [{ dataset: this.dataset, entities: [await this.payloadEntity(await sink.publish(publishedBatches(), {}))] }]
  }

  /**
   * Sends what came out, in the sink's batches; payloads are kept until {@link commit}. A batch that fails is tried again,
   * then entity by entity, so that the problem stays with the source entity that has it.
   */
  async send(processed: readonly ProcessResult[], running: PipeRunContext): Promise<readonly ProcessResult[]> {
    const entities: Entity[] = []
    /** The place among the processed ones that each entity stems from. */
    const places: number[] = []
    for (let at = 0; at < processed.length; at++) {
      const one = processed[at]
      if (!one || one.problem) continue
      for (const { entity, state } of one.outputs) {
        if (state !== 'out' || !entity) continue
        entities.push(entity)
        places.push(at)
      }
    }
    const problems = await this.withoutAnsweredEarlier(entities, places, running)
    const size = Math.max(1, this.sink.batchSize)
    for (let from = 0; from < entities.length; from += size) {
      const batch = entities.slice(from, from + size)
      const failed = await this.sendWithRetries(batch, running, this.settings.batchRetries)
      if (failed && batch.length > 1 && this.settings.fallbackToSingle) {
        for (const [index, entity] of batch.entries()) {
          const alone = await this.sendWithRetries([entity], running, 0)
          if (alone) problems.set(places[from + index] ?? 0, alone)
        }
      } else if (failed) for (const at of places.slice(from, from + size)) problems.set(at, failed)
      // Behind a failure that ends the run nothing is sent any more.
      if (problems.size > 0 && this.settings.maxConsecutiveWriteErrors <= 1) break
      await running.pause()
    }
    if (problems.size === 0) return processed
    return processed.map((one, at) => {
      const problem = problems.get(at)
      return problem ? { ...one, problem } : one
    })
  }

  /** Leaves out entities that an earlier run has sent or may have sent; the latter are reported as in doubt. */
  private async withoutAnsweredEarlier(
    entities: Entity[],
    places: number[],
    running: PipeRunContext,
  ): Promise<Map<number, Problem>> {
    const problems = new Map<number, Problem>()
    if (!this.sink.deliver) return problems
    await this.intents.load()
    const doubtful: { readonly entity: Entity; readonly place: number }[] = []
    const [others, placesOfOthers]: [Entity[], number[]] = [[], []]
    for (const [at, entity] of entities.entries()) {
      const earlier = this.intents.earlier(entity)
      const place = places[at] ?? 0
      if (earlier === 'in doubt') doubtful.push({ entity, place })
      else if (earlier === null) {
        others.push(entity)
        placesOfOthers.push(place)
      } else this.sentCount++
    }
    if (doubtful.length > 0) {
      const reported = await this.intents.say(
        doubtful.map(({ entity }) => entity),
        running.environment.now(),
      )
      for (const [at, problem] of reported.entries()) problems.set(doubtful[at]?.place ?? 0, problem)
    }
    // Behind one that ends the run nothing is sent.
    const end = this.settings.maxConsecutiveWriteErrors <= 1 ? Math.min(...problems.keys()) : Number.POSITIVE_INFINITY
    const firstLater = placesOfOthers.findIndex((place) => place > end)
    entities.splice(0, entities.length, ...others.slice(0, firstLater < 0 ? undefined : firstLater))
    places.splice(0, places.length, ...placesOfOthers)
    return problems
  }

  /** Makes what is to be sent, and sends it where sinks send; what has no second time is written down before. */
  private async deliver(batch: readonly Entity[], running: PipeRunContext): Promise<readonly CapturedOutput[]> {
    const captured = await this.sink.send(batch, running)
    const { deliver } = this.sink
    if (!deliver) return captured
    const isOnce = captured.some((one) => !isRepeatable(one))
    if (isOnce) await this.intents.begin(batch)
    const sent: CapturedOutput[] = []
    try {
      for (const one of captured) sent.push(await deliver(one, running))
    } catch (error) {
      if (isOnce && error instanceof Fault) await this.intents.refused()
      throw error
    }
    if (isOnce) this.intents.answered()
    return sent
  }

  private async sendWithRetries(
    batch: readonly Entity[],
    running: PipeRunContext,
    retries: number,
  ): Promise<Problem | null> {
    for (let attempt = 0; ; attempt++) {
      try {
        const captured = await this.deliver(batch, running)
        if (captured.some(({ sent }) => sent)) this.sentCount += batch.length
        for (const one of captured) if (!one.sent) this.payloads.push(await this.payloadEntity(one))
        return null
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        if (attempt < retries) continue
        const id = batch.length === 1 ? batch[0]?._id : undefined
        return locate(error.problem, { pipe: running.pipe, ...(typeof id === 'string' ? { entity: id } : {}) })
      }
    }
  }

  /** Commits the payloads with the states; gives how many there were. `isWhole`: what was sent does not come again. */
  async commit(
    ready: readonly ProcessResult[],
    counts: { written: number; filtered: number },
    more: readonly DatasetWrite[],
    states: readonly StateWrite[],
    isWhole = true,
  ): Promise<number> {
    const before = this.published.length
    for (const { outputs } of ready) {
      for (const { state, entity } of outputs) {
        if (state === 'filtered') counts.filtered++
        else if (state === 'out') counts.written++
        if (this.publishes && state === 'out' && entity) this.published.push(entity)
      }
    }
    const entities = this.payloads.splice(0)
    const own = entities.length > 0 ? [{ dataset: this.dataset, entities }] : []
    await this.store.commit({
      datasets: [...own, ...more],
      states: [...states, ...(isWhole ? this.intents.clear() : this.intents.keep())],
    })
    const { sentCount: sent } = this
    this.sentCount = 0
    return entities.length + sent + this.published.length - before
  }

  private async payloadEntity(captured: CapturedOutput): Promise<Entity> {
    this.nextOutputNumber ??= ((await this.store.store.info(this.dataset))?.lastUpdated ?? 0) + 1
    const { headers, ...fields } = captured
    return {
      _id: String(this.nextOutputNumber++).padStart(9, '0'),
      ...fields,
      ...(headers ? { headers: { ...headers } } : {}),
    }
  }
}
