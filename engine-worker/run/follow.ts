/**
 * Follows a pipe from its source through its stages without writing anything: no position moves, nothing is logged, no
 * sink is asked. What the node's API answers for the entities of a pipe and of a publisher.
 */
import { declaredKind } from '../config/model/declared.ts'
import type { RunnablePipe, TransformRuntime } from '../connectors/runtime.ts'
import type { Dict, Entity, Json } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import { Fault } from '../problem.ts'
import type { IndexedStore } from '../storage/index/indexed-store.ts'
import { type ProcessResult, passThrough } from './chain.ts'
import { Lookups, PipeRunContext } from './context.ts'
import { openReader } from './read.ts'
import { Components } from './sources/components.ts'
import type { SourceRecord } from './sources/item.ts'
import { outsideReader } from './sources/outside.ts'

export interface FollowOptions {
  readonly store: IndexedStore
  readonly environment: Environment
  readonly fetch: typeof globalThis.fetch | null
  readonly signal: AbortSignal
  /** The stages to pass; all by default. */
  readonly stages?: readonly TransformRuntime[]
  /** Where to begin: a position of the pipe's source, or null for its beginning. */
  readonly position: Json | null
  /** What `_B` names. */
  readonly parameters?: Dict
}

const BATCH_SIZE = 500

/** What comes of the source entities, batch by batch, in their order. Throws a Fault for the first that fails. */
export async function* followPipe(pipe: RunnablePipe, options: FollowOptions): AsyncIterable<readonly ProcessResult[]> {
  if (pipe.needs) throw new Fault(pipe.needs)
  const running = runningOf(pipe, options)
  const { source } = pipe
  const reader =
    source.reads === 'outside'
      ? outsideReader(source, running, true, BATCH_SIZE)
      : openReader(pipe, {
          store: options.store,
          components: await Components.load(options.store.store, `follow/${pipe.id}/`, options.store.seed),
          running,
          batch: BATCH_SIZE,
          wanted: true,
          heldBack: async () => null,
        })
  for await (const { items } of reader.changes(options.position)) {
    for (let from = 0; from < items.length; from += BATCH_SIZE) {
      const there = items.slice(from, from + BATCH_SIZE).filter(({ gone }) => gone !== 'silently')
      if (there.length > 0) yield await processItems(pipe, there, running, options.stages)
    }
    await running.pause()
  }
}

/** What comes of given entities in the place of the source's. */
export function followEntities(
  pipe: RunnablePipe,
  entities: readonly Entity[],
  options: Omit<FollowOptions, 'position'>,
): Promise<readonly ProcessResult[]> {
  const items = entities.map((entity, order): SourceRecord => ({ key: String(entity._id), entity, order }))
  return processItems(pipe, items, runningOf(pipe, { ...options, position: null }), options.stages)
}

function runningOf(pipe: RunnablePipe, { environment, store, signal, fetch, parameters = {} }: FollowOptions) {
  return new PipeRunContext(pipe, environment, new Lookups(store, null), signal, fetch, () => null, parameters)
}

async function processItems(
  pipe: RunnablePipe,
  items: readonly SourceRecord[],
  running: PipeRunContext,
  stages: readonly TransformRuntime[] = pipe.stages,
): Promise<readonly ProcessResult[]> {
  running.lookups.forget()
  const found = await passThrough(stages, items, running)
  const failed = found.find(({ problem }) => problem !== null)
  if (failed?.problem) throw new Fault(failed.problem)
  return found
}

/** Whether a pipe has no pump: entities are pushed to it, or read from it when somebody asks (an endpoint). */
export function hasNoPump({ effective, sink }: RunnablePipe): boolean {
  const pushed = declaredKind('source', effective.source.type)?.receivesPushes === true
  return pushed || (sink.writes === 'outside' && sink.publish !== undefined)
}

/** Whether a pipe reads datasets, so that it can start from an offset. */
export function readsDatasets({ effective }: RunnablePipe): boolean {
  return declaredKind('source', effective.source.type)?.readsDatasets !== undefined
}
