/** Uploaded models, kept as states of the store; swagger_public.yaml, /models. */
import { modelId } from '../../config/project/schema-models.ts'
import { isObject, type JsonObject } from '../../entity/value.ts'
import type { DatasetStore, StateWrite } from '../../storage/store.ts'

const KEY_PREFIX = 'server/model/'

/** Keeps models in the place of those with the same ids. */
export function keptModels(models: readonly JsonObject[]): readonly StateWrite[] {
  return models.map((model) => ({ key: KEY_PREFIX + modelId(model), value: model }))
}

/** Forgets the model of an id. */
export function removedModel(id: string): StateWrite {
  return { key: KEY_PREFIX + id, value: null }
}

/** The uploaded models by their ids. */
export async function uploadedModels(store: DatasetStore): Promise<ReadonlyMap<string, JsonObject>> {
  const models = new Map<string, JsonObject>()
  for await (const { key, value } of store.states(KEY_PREFIX))
    if (!(value instanceof Uint8Array) && isObject(value)) models.set(key.slice(KEY_PREFIX.length), value)
  return models
}
