/** What the entities of a pipe look like, on its way in and out; features/schema-inference.rst. */
import { collectJsonSchema } from '../../analysis/json-schema.ts'
import { declaredKind } from '../../config/model/declared.ts'
import { flag } from '../../config/model/setting.ts'
import type { OpenPipe } from '../../connectors/open.ts'
import { get } from '../../entity/dict.ts'
import { type Entity, isObject, type JsonObject } from '../../entity/value.ts'
import { Fault } from '../../problem.ts'
import { followPipe, hasNoPump } from '../../run/follow.ts'
import { readState } from '../../run/state.ts'
import { discardedSchemas, type EntitySide, isDiscarded } from './discarded-schemas.ts'
import type { Instance } from './instance.ts'
import type { RouteCall } from './route.ts'
import { followContext } from './stream.ts'

/** So many entities are looked at. */
const SAMPLE = 10_000

/** The schema of a pipe's source or sink entities; `{}` where nothing is known, or where nothing is to be inferred. */
export async function entityTypeOf(call: RouteCall, pipe: OpenPipe, side: EntitySide): Promise<JsonObject> {
  const { instance } = call
  if (!infers(pipe) || !(await hasRun(instance, pipe))) return {}
  const schema = collectJsonSchema()
  try {
    for await (const entity of side === 'source' ? sourceEntities(call, pipe) : sinkEntities(call, pipe))
      schema.add(entity)
  } catch (error) {
    // A source that cannot be read here has shown nothing.
    if (!(error instanceof Fault)) throw error
  }
  return schema.schema()
}

/** `infer_pipe_entity_types` of the pipe or of all pipes. */
function infers({ effective }: OpenPipe): boolean {
  const name = 'infer_pipe_entity_types'
  return flag(effective.config, name, flag(effective.defaults, name, true))
}

async function hasRun(instance: Instance, { effective, runnable }: OpenPipe): Promise<boolean> {
  return hasNoPump(runnable) || (await readState(instance.store, effective.id)) !== null
}

async function* sourceEntities(call: RouteCall, pipe: OpenPipe): AsyncIterable<Entity> {
  const { source, sink, stages } = pipe.runnable
  const kind = declaredKind('source', pipe.effective.source.type)
  const asTheyAre = kind?.readsDatasets === 'log' && kind.prefixesIds !== true
  if (source.reads === 'datasets' && source.datasets.length > 0 && asTheyAre) {
    for (const dataset of source.datasets) yield* latest(call, pipe, dataset)
    return
  }
  // What was pushed is kept by the sink alone, as it came where nothing is transformed.
  if (kind?.receivesPushes === true) {
    if (sink.writes === 'dataset' && stages.length === 0) yield* latest(call, pipe, sink.dataset)
    return
  }
  if (await isDiscarded(call, pipe)) return
  yield* followed(call, pipe, 0)
}

async function* sinkEntities(call: RouteCall, pipe: OpenPipe): AsyncIterable<Entity> {
  const { sink, stages } = pipe.runnable
  if (sink.writes === 'dataset') yield* latest(call, pipe, sink.dataset)
  else if (!(await isDiscarded(call, pipe))) yield* followed(call, pipe, stages.length)
}

/** Latest versions that were written since the schema was discarded. */
async function* latest({ instance }: RouteCall, pipe: OpenPipe, dataset: string): AsyncIterable<Entity> {
  const { store } = instance
  const kept = await store.state(discardedSchemas + pipe.effective.id)
  const since = kept && !(kept instanceof Uint8Array) && isObject(kept) ? Number(get(kept, dataset) ?? 0) : 0
  let left = SAMPLE
  for await (const batch of store.scan(dataset, { live: true, since })) {
    for (const entity of batch) {
      if (left-- <= 0) return
      yield entity
    }
  }
}

/** What comes out of the first stages of a pipe, without a request to anybody. */
export async function* followed(
  call: RouteCall,
  pipe: OpenPipe,
  stages: number,
  limit = SAMPLE,
): AsyncIterable<Entity> {
  let left = limit
  if (left <= 0) return
  const options = { ...followContext(call), fetch: null, stages: pipe.runnable.stages.slice(0, stages), position: null }
  for await (const batch of followPipe(pipe.runnable, options)) {
    for (const { outputs } of batch) {
      for (const { state, entity } of outputs) {
        if (state !== 'out' || !entity) continue
        yield entity
        if (--left <= 0) return
      }
    }
  }
}
