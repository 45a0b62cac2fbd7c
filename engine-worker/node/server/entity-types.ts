/** What the entities of a pipe look like, on its way in and out; features/schema-inference.rst. */

import { collectJsonSchema } from '../../analysis/json-schema.ts'
import { type EntitySide, followedEntities, hasShownEntities, infersTypes, placeOfSide } from '../../api/pipe-sides.ts'
import type { OpenPipe } from '../../connectors/open.ts'
import { get } from '../../entity/dict.ts'
import { type Entity, isObject, type JsonObject } from '../../entity/value.ts'
import { Fault } from '../../problem.ts'
import { discardedSchemas, isDiscarded } from './discarded-schemas.ts'
import type { RouteCall } from './route.ts'
import { followContext } from './stream.ts'

/** The most entities that are looked at. */
const MAX_SAMPLE_ENTITIES = 10_000

/** The schema of a pipe's source or sink entities; `{}` where nothing is known, or where nothing is to be inferred. */
export async function entityTypeOf(call: RouteCall, pipe: OpenPipe, side: EntitySide): Promise<JsonObject> {
  const { instance } = call
  if (!infersTypes(pipe) || !(await hasShownEntities(instance.store, pipe))) return {}
  const schema = collectJsonSchema()
  try {
    for await (const entity of entitiesOf(call, pipe, side)) schema.add(entity)
  } catch (error) {
    // A source that cannot be read here has shown nothing.
    if (!(error instanceof Fault)) throw error
  }
  return schema.schema()
}

async function* entitiesOf(call: RouteCall, pipe: OpenPipe, side: EntitySide): AsyncIterable<Entity> {
  const place = placeOfSide(pipe, side)
  if (place.is === 'dataset') yield* latestEntities(call, pipe, place.dataset)
  else if (place.is === 'followed' && !(await isDiscarded(call, pipe))) yield* newVersionsOf(call, pipe, place.stages)
}

/** Latest versions that were written since the schema was discarded. */
async function* latestEntities({ instance }: RouteCall, pipe: OpenPipe, dataset: string): AsyncIterable<Entity> {
  const { store } = instance
  const kept = await store.state(discardedSchemas + pipe.effective.id)
  const since = kept && !(kept instanceof Uint8Array) && isObject(kept) ? Number(get(kept, dataset) ?? 0) : 0
  let left = MAX_SAMPLE_ENTITIES
  for await (const batch of store.scan(dataset, { live: true, since })) {
    for (const entity of batch) {
      if (left-- <= 0) return
      yield entity
    }
  }
}

/** What comes out of the first stages of a pipe, without a request to anybody. */
export async function* newVersionsOf(
  call: RouteCall,
  pipe: OpenPipe,
  stages: number,
  limit = MAX_SAMPLE_ENTITIES,
): AsyncIterable<Entity> {
  yield* followedEntities(pipe, followContext(call), stages, limit)
}
