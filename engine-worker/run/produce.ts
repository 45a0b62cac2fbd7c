/** Running a pipe without writing anything: for previews, and for what an outside sink or a test compares. */
import type { Surroundings } from '../datasets/store.ts'
import type { Entity } from '../entity/value.ts'
import type { RunnablePipe } from '../pipe/runtime.ts'
import type { Problem } from '../problem.ts'
import { passThrough } from './chain.ts'
import { completenessOf, heldBack } from './completeness.ts'
import { Lookups, PipeRunning } from './context.ts'
import type { IndexedStore } from './indexes.ts'
import { openReader } from './read.ts'
import { Records } from './records.ts'
import type { Item, Reader } from './sources/item.ts'
import { outsideReader } from './sources/outside.ts'

export interface Producing {
  readonly store: IndexedStore
  readonly surroundings: Surroundings
  readonly fetch?: typeof globalThis.fetch | null
  readonly signal?: AbortSignal
  readonly batch?: number
}

/** A pipe's source and stages over the store as it is, opened for reading only. */
export interface Production {
  readonly running: PipeRunning
  readonly reader: Reader
}

export async function openProduction(pipe: RunnablePipe, around: Producing): Promise<Production> {
  const { store, surroundings } = around
  const infos = new Map((await store.store.list()).map((info) => [info.name, info]))
  for (const dataset of infos.keys()) await store.refresh(dataset)
  const completeness = (via: string, dataset: string) => completenessOf(infos.get(via), dataset)
  const signal = around.signal ?? new AbortController().signal
  const lookups = new Lookups(store, null)
  const running = new PipeRunning(pipe, surroundings, lookups, signal, around.fetch ?? null, completeness)
  // What was read from outside is not kept here, so it is read directly.
  const reader =
    pipe.source.reads === 'outside'
      ? outsideReader(pipe.source, running, true)
      : openReader(pipe, {
          store,
          components: Records.none(),
          running,
          batch: around.batch ?? 2000,
          wanted: true,
          heldBack: () => heldBack(pipe, infos, running),
        })
  return { running, reader }
}

/** What came out of a batch of source entities. */
export interface Produced {
  readonly entities: readonly Entity[]
  readonly problems: readonly Problem[]
}

/**
 * Everything a pipe gives, from the beginning, as it enters the sink: deleted entities included, filtered ones left out.
 * An entity with a problem is left out and its problem told.
 */
export async function* produce(pipe: RunnablePipe, around: Producing): AsyncIterable<Produced> {
  const { running, reader } = await openProduction(pipe, around)
  const previous = pipe.stages.some(({ usesPrevious }) => usesPrevious) ? reader.previous?.bind(reader) : undefined
  for await (const { items } of reader.changes(null)) {
    const there = items.filter(({ gone }) => gone === undefined)
    running.lookups.forget()
    const entities: Entity[] = []
    const problems: Problem[] = []
    for (const { outputs, problem } of await passThrough(pipe.stages, there, running, previous ?? null)) {
      if (problem) problems.push(problem)
      else for (const { entity, state } of outputs) if (state === 'out' && entity) entities.push(entity)
    }
    yield { entities, problems }
  }
}

/** The first items of a source, and one by its `_id` where asked for. */
export async function firstItems(reader: Reader, limit: number, id?: string): Promise<Item[]> {
  const items: Item[] = []
  const isIt = ({ entity }: Item) => entity._id === id
  for await (const changes of reader.changes(null)) {
    for (const item of changes.items) {
      if (item.gone) continue
      if (items.length < limit || (id !== undefined && isIt(item))) items.push(item)
    }
    if (items.length >= limit && (id === undefined || items.some(isIt))) break
  }
  return items
}
