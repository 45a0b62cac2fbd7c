/**
 * Entities that are pushed to a pipe with an `http_endpoint` source: they pass its transforms and are in its sink when the
 * request is answered (json-push.rst, configuration-sources-http.rst).
 *
 * Of a full synchronisation each request is taken in as it comes. What it has brought is kept until its end, when all of
 * it is the source of one run from the beginning, so that what did not come is deleted.
 */
import type { OpenPipe } from '../../connectors/open.ts'
import type { OutsideSource, RunnablePipe } from '../../connectors/runtime.ts'
import { get } from '../../entity/dict.ts'
import { type Entity, isObject, type Json, type JsonObject, kindOf } from '../../entity/value.ts'
import { Fault } from '../../problem.ts'
import { asGiven, entityWithoutId } from '../../storage/write.ts'
import { HttpError } from './answer.ts'
import type { Instance } from './instance.ts'

const PREFIX = 'server/sequence/'

/** What a request says of itself. */
interface PushParameters {
  readonly full: boolean
  readonly sequence: string
  readonly request: string
  readonly previous: string | null
  readonly first: boolean
  readonly last: boolean
  /** Microseconds since 1970, or null. */
  readonly completeness: bigint | null
}

/** Entities of pushes that go together, at most. */
const MOST_TOGETHER = 5000

/** A push that waits for those before it. */
interface WaitingPush {
  readonly pipe: OpenPipe
  readonly entities: readonly Entity[]
  readonly parameters: PushParameters
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** The pushes to the pipes of an instance, in their order for each pipe; those that wait at the same time go together. */
export class Receiver {
  private readonly waiting = new Map<string, WaitingPush[]>()
  /** The sequence of the last incremental request, by pipe. */
  private readonly incremental = new Map<string, string>()
  private runs = 0

  constructor(private readonly instance: Instance) {}

  /** Takes entities in; they are durable when it resolves. None is taken where one could be stored nowhere. */
  push(pipe: OpenPipe, entities: readonly Entity[], parameters: PushParameters): Promise<void> {
    const { id } = pipe.effective
    const nameless = entities.find(({ _id }) => typeof _id !== 'string')
    // Rules may give an `_id` to what comes without one.
    if (nameless && !pipe.runnable.stages.some(({ ids }) => ids === 'any'))
      return Promise.reject(new Fault(entityWithoutId({ dataset: id, kind: kindOf(nameless._id ?? null) })))
    return new Promise((resolve, reject) => {
      const push = { pipe, entities, parameters, resolve, reject }
      const before = this.waiting.get(id)
      if (before) before.push(push)
      else {
        const all = [push]
        this.waiting.set(id, all)
        this.work(id, all).catch((error: unknown) => {
          this.waiting.delete(id)
          for (const { reject } of all) reject(error)
        })
      }
    })
  }

  /** Takes in what waits for a pipe until nothing does. */
  private async work(id: string, waiting: WaitingPush[]): Promise<void> {
    while (waiting.length > 0) {
      const [first, ...others] = waiting.splice(0, togetherCount(waiting))
      if (!first) break
      if (others.length > 0 && (await this.takeTogether([first, ...others]))) continue
      // One that is refused must not take others with it.
      for (const one of [first, ...others])
        await this.take(one.pipe, one.entities, one.parameters).then(one.resolve, one.reject)
    }
    this.waiting.delete(id)
  }

  /** Takes several pushes in with one run; false where it failed, so that each has to be tried alone. */
  private async takeTogether(pushes: readonly WaitingPush[]): Promise<boolean> {
    const [first] = pushes
    if (!first || first.pipe.runnable.needs) return false
    try {
      await this.run(first.pipe.runnable, listOf(pushes.flatMap(({ entities }) => entities)), false)
    } catch {
      return false
    }
    for (const { resolve } of pushes) resolve()
    return true
  }

  private async take(pipe: OpenPipe, entities: readonly Entity[], parameters: PushParameters): Promise<void> {
    const { instance } = this
    const { runnable } = pipe
    if (runnable.needs) throw new HttpError(400, runnable.needs.message)
    if (parameters.full) await this.takeFull(runnable, entities, parameters)
    else await this.takeIncrement(runnable, entities, parameters)
    if (parameters.completeness !== null && runnable.sink.writes === 'dataset')
      await setCompleteness(instance, runnable.sink.dataset, parameters.completeness)
  }

  /** Its other parameters do not count; but entities of a full sequence that were taken for increments would be lost. */
  private async takeIncrement(
    pipe: RunnablePipe,
    entities: readonly Entity[],
    { sequence }: PushParameters,
  ): Promise<void> {
    if (sequence !== '') {
      const active = activeSequence(await this.instance.store.state(PREFIX + pipe.id))
      if (active?.sequence === sequence) throw changedKind(sequence, 'true')
      this.incremental.set(pipe.id, sequence)
    }
    await this.run(pipe, listOf(entities), false)
  }

  private async takeFull(pipe: RunnablePipe, entities: readonly Entity[], parameters: PushParameters): Promise<void> {
    const { session, store } = this.instance
    const key = PREFIX + pipe.id
    const dataset = sequenceDataset(pipe.id)
    const active = activeSequence(await store.state(key))
    const begins = active?.sequence !== parameters.sequence
    if (begins && this.incremental.get(pipe.id) === parameters.sequence) throw changedKind(parameters.sequence, 'false')
    checkOrder(parameters, begins ? null : active.request)
    if (begins && parameters.last) {
      // All in one request: nothing needs to be kept.
      await session.runner.store.commit({ remove: [dataset], states: [{ key, value: null }] })
      await this.run(pipe, listOf(entities), true)
      return
    }
    await this.run(pipe, listOf(entities), false)
    const entitiesWithIds = entities.map((entity, at) => ({ ...entity, _id: String(entity._id ?? at) }))
    await session.runner.store.commit({
      ...(begins ? { remove: [dataset] } : {}),
      datasets: [{ dataset, entities: entitiesWithIds }],
      states: [{ key, value: { sequence: parameters.sequence, request: parameters.request } }],
    })
    if (!parameters.last) return
    await this.run(pipe, this.kept(dataset), true)
    await session.runner.store.commit({ remove: [dataset], states: [{ key, value: null }] })
  }

  private async *kept(dataset: string): AsyncIterable<readonly Entity[]> {
    for await (const batch of this.instance.store.scan(dataset)) yield batch.map(asGiven)
  }

  /** Runs the pipe on entities; `whole`: what is not among them is deleted. */
  private async run(pipe: RunnablePipe, entities: AsyncIterable<readonly Entity[]>, whole: boolean): Promise<void> {
    const { id, source } = pipe
    const given: OutsideSource = {
      reads: 'outside',
      config: source.config,
      since: 'chronological',
      whole,
      read: () => entities,
    }
    const run = `push-${id}-${++this.runs}`
    const pushed = withReceiverSink({ ...pipe, source: given })
    const { runner } = this.instance.session
    const result = await runner.run([pushed], { run, pipes: [id], full: whole, unlogged: true })
    const failed = result.pipes.find(({ state }) => state !== 'done')
    const problem = failed?.problems.at(-1)
    if (problem) throw new Fault(problem)
    if (failed) throw new HttpError(503, `${id} did not take the entities in.`)
  }
}

/**
 * How many of the pushes that wait go together: increments of the same pipe, of which no two are about the same entity, so
 * that every version that was pushed is in the log.
 */
function togetherCount(waiting: readonly WaitingPush[]): number {
  const ids = new Set<unknown>()
  let count = 0
  for (const { pipe, entities, parameters } of waiting) {
    const { full, completeness, sequence } = parameters
    const isPlain = !full && completeness === null && sequence === '' && pipe === waiting[0]?.pipe
    const isFresh = entities.every(({ _id }) => typeof _id === 'string' && !ids.has(_id))
    if (!isPlain || !isFresh || ids.size + entities.length > MOST_TOGETHER) break
    for (const { _id } of entities) ids.add(_id)
    count++
  }
  return Math.max(1, count)
}

/** The dataset of what a full synchronisation has brought so far. */
function sequenceDataset(pipe: string): string {
  return `system:push-sequence:${pipe}`
}

/** `auto_populate_dataset: false` means that pushes alone never make a dataset count as populated. */
function withReceiverSink(pipe: RunnablePipe): RunnablePipe {
  if (pipe.sink.writes !== 'dataset' || get(pipe.source.config, 'auto_populate_dataset') !== false) return pipe
  return { ...pipe, sink: { ...pipe.sink, config: { ...pipe.sink.config, set_initial_offset: 'never' } } }
}

async function* listOf(entities: readonly Entity[]): AsyncIterable<readonly Entity[]> {
  if (entities.length > 0) yield entities
}

interface ActiveSequence {
  readonly sequence: string
  readonly request: string
}

function activeSequence(kept: Json | Uint8Array | undefined): ActiveSequence | null {
  if (!kept || kept instanceof Uint8Array || !isObject(kept)) return null
  return { sequence: String(get(kept, 'sequence')), request: String(get(kept, 'request')) }
}

/** The conflicts of json-push.rst. `before`: the last request of the sequence; null where this one begins it. */
function checkOrder({ previous, first, sequence }: PushParameters, before: string | null): void {
  if (before === null) {
    if (previous === null) return
    throw new HttpError(409, `The sequence ${sequence} is not active, so that no request of it can follow another one.`)
  }
  if (first) throw new HttpError(409, `The sequence ${sequence} has begun already.`)
  if (previous !== before) throw new HttpError(409, `The last request of the sequence ${sequence} was ${before}.`)
}

/** The answer where `is_full` is not what it was in the request before of the same sequence (json-push.rst, Conflicts). */
function changedKind(sequence: string, before: 'true' | 'false'): HttpError {
  return new HttpError(409, `is_full was ${before} in the request before of the sequence ${sequence}.`)
}

async function setCompleteness(instance: Instance, dataset: string, microseconds: bigint): Promise<void> {
  const info = await instance.store.info(dataset)
  const known: JsonObject = Object.fromEntries([[dataset, String(microseconds * 1000n)]])
  const meta = { ...info?.meta, completeness: known }
  await instance.session.runner.store.commit({ datasets: [{ dataset, entities: [], meta }] })
}
