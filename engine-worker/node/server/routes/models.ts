/** Models: named sets of entity types; features/schema-models.rst, swagger_public.yaml, /models…. */
import { texts } from '../../../config/model/setting.ts'
import type { OpenPipe } from '../../../connectors/open.ts'
import { get } from '../../../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../../../entity/value.ts'
import { type Answer, found, HttpError, jsonAnswer } from '../answer.ts'
import { mayUse } from '../authorize.ts'
import { bodyJson } from '../body.ts'
import { entityTypeOf } from '../entity-types.ts'
import type { Instance } from '../instance.ts'
import { type ApiRoute, flagParameter, type Parameter, param, type RouteCall, route, textParameter } from '../route.ts'
import { forceParameter } from './configuration.ts'

const PREFIX = 'server/model/'

const effective: Readonly<Record<string, Parameter>> = {
  effective: { type: 'boolean', says: 'Models of pipes and uploaded ones together.' },
}
const verbose: Readonly<Record<string, Parameter>> = {
  verbose: { type: 'boolean', says: 'With the entity types as a whole (the default), or ids and names alone.' },
}

export const modelRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/models',
    says: 'All models: uploaded ones, and those that pipes belong to.',
    needs: { is: 'token' },
    query: {
      ...effective,
      ...verbose,
      with_property: { type: 'string', says: 'Only models with an entity type that has this property.' },
    },
    answer: 'list',
    run: async (call) => {
      const property = textParameter(call, 'with_property')
      const all = await modelsOf(call)
      const wanted = property === undefined ? all : all.filter((model) => hasProperty(model, property))
      return jsonAnswer(wanted.map((model) => shown(call, model)))
    },
  }),
  route({
    method: 'POST',
    path: '/models',
    says: 'Adds models, or puts them in the place of those with the same ids.',
    needs: { is: 'developer' },
    query: forceParameter,
    body: 'json',
    answer: 'list',
    run: async (call) => {
      const models = modelsIn(bodyJson(await call.body()))
      await call.instance.commitStates(models.map((model) => ({ key: PREFIX + idOf(model), value: model })))
      return jsonAnswer([...models])
    },
  }),
  route({
    method: 'GET',
    path: '/models/{model}',
    says: 'One model.',
    needs: { is: 'token' },
    query: { ...effective, ...verbose },
    answer: 'object',
    run: async (call) => jsonAnswer(shown(call, await modelOf(call))),
  }),
  route({
    method: 'DELETE',
    path: '/models/{model}',
    says: 'Removes an uploaded model.',
    needs: { is: 'developer' },
    answer: 'object',
    run: async (call) => {
      const { instance } = call
      const id = param(call, 'model')
      found(await instance.store.state(PREFIX + id), 'uploaded model', id)
      await instance.commitStates([{ key: PREFIX + id, value: null }])
      return jsonAnswer({})
    },
  }),
  route({
    method: 'GET',
    path: '/models/{model}/{type}',
    says: 'One entity type of a model.',
    needs: { is: 'token' },
    query: effective,
    answer: 'object',
    run: async (call) => typeAnswer(call, await modelOf(call)),
  }),
]

async function typeAnswer(call: RouteCall, model: JsonObject): Promise<Answer> {
  const id = param(call, 'type')
  return jsonAnswer(
    found(
      typesOf(model).find((type) => idOf(type) === id),
      'entity type',
      id,
    ),
  )
}

async function modelOf(call: RouteCall): Promise<JsonObject> {
  const id = param(call, 'model')
  const all = await modelsOf(call)
  return found(
    all.find((model) => idOf(model) === id),
    'model',
    id,
  )
}

/** The models of pipes, then the uploaded ones; of the same id the uploaded one alone, unless both are asked for as one. */
async function modelsOf(call: RouteCall): Promise<readonly JsonObject[]> {
  const uploaded = await uploadedModels(call.instance)
  const models = new Map(await implicitModels(call))
  const together = flagParameter(call, 'effective', false)
  for (const [id, model] of uploaded) {
    const implicit = models.get(id)
    models.set(id, implicit && together ? mergedModel(implicit, model) : model)
  }
  return [...models].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, model]) => model)
}

async function uploadedModels({ store }: Instance): Promise<ReadonlyMap<string, JsonObject>> {
  const models = new Map<string, JsonObject>()
  for await (const { key, value } of store.states(PREFIX))
    if (!(value instanceof Uint8Array) && isObject(value)) models.set(key.slice(PREFIX.length), value)
  return models
}

/** `Global`, `Input`, `Output` and the prefixes of ids, with the sink entity types of the pipes that the caller may see. */
async function implicitModels(call: RouteCall): Promise<ReadonlyMap<string, JsonObject>> {
  const { instance, caller } = call
  const models = new Map<string, Json[]>()
  for (const pipe of instance.session.openPipes()) {
    const { id } = pipe.effective
    const item = instance.configuration.pipe(id)
    if (!item || !mayUse(instance, caller, 'read_config', item)) continue
    const schema = await entityTypeOf(call, pipe, 'sink')
    const type: JsonObject = { id, name: id, ...schema }
    for (const model of modelsOfPipe(pipe)) models.set(model, [...(models.get(model) ?? []), type])
  }
  return new Map([...models].map(([id, types]) => [id, { id, name: id, entity_types: types }]))
}

/** The ids of the models of a pipe: `metadata.models`, else those of its kind and the beginning of its id. */
function modelsOfPipe({ effective, runnable }: OpenPipe): readonly string[] {
  const own = texts(effective.metadata, 'models')
  if (own) return own
  const isGlobal = get(effective.metadata, 'global') === true
  const reads = runnable.source.reads === 'datasets'
  const writes = runnable.sink.writes === 'dataset'
  const built = isGlobal ? ['Global'] : !reads && writes ? ['Input'] : reads && !writes ? ['Output'] : []
  const [prefix = effective.id] = effective.id.split('-')
  return [...new Set([...built, prefix])]
}

/** Entity types of both; what was uploaded adds to, and replaces, what is known of a type of the same id. */
function mergedModel(implicit: JsonObject, uploaded: JsonObject): JsonObject {
  const types = new Map(typesOf(implicit).map((type) => [idOf(type), type]))
  for (const type of typesOf(uploaded)) {
    const known = types.get(idOf(type))
    types.set(idOf(type), known ? mergedSchema(known, type) : type)
  }
  return { ...implicit, ...uploaded, entity_types: [...types.values()] }
}

function mergedSchema(known: JsonObject, more: JsonObject): JsonObject {
  const merged: JsonObject = { ...known }
  for (const [name, value] of Object.entries(more)) {
    const before = get(known, name)
    Object.defineProperty(merged, name, {
      value: isObject(before) && isObject(value) ? mergedSchema(before, value) : value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }
  return merged
}

function shown(call: RouteCall, model: JsonObject): JsonObject {
  if (flagParameter(call, 'verbose', true)) return model
  const brief = (one: JsonObject): JsonObject => ({ id: idOf(one), name: String(get(one, 'name') ?? idOf(one)) })
  return { ...brief(model), entity_types: typesOf(model).map(brief) }
}

function hasProperty(model: JsonObject, property: string): boolean {
  return typesOf(model).some((type) => {
    const properties = get(type, 'properties')
    return isObject(properties) && Object.hasOwn(properties, property)
  })
}

function typesOf(model: JsonObject): readonly JsonObject[] {
  const types = get(model, 'entity_types')
  return Array.isArray(types) ? types.filter(isObject) : []
}

function idOf(one: JsonObject): string {
  return String(get(one, 'id') ?? get(one, '_id') ?? get(one, '$id') ?? '')
}

/** Posted models; 400 for what is none. */
function modelsIn(json: Json): readonly JsonObject[] {
  const models = Array.isArray(json) ? json : [json]
  const objects = models.filter(isObject)
  if (objects.length < models.length) throw new HttpError(400, 'Each model must be a JSON object.')
  const nameless = objects.some((model) => idOf(model) === '' || idOf(model).includes('/'))
  if (nameless) throw new HttpError(400, 'Each model needs an id: a text without slashes.')
  for (const model of objects) {
    const types = get(model, 'entity_types')
    if (types !== undefined && (!Array.isArray(types) || types.some((type) => !isObject(type))))
      throw new HttpError(400, 'entity_types must be a list of JSON schemas.')
  }
  return objects
}
