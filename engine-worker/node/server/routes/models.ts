/** Models: named sets of entity types; features/schema-models.rst, swagger_public.yaml, /models…. */

import { pipePlace } from '../../../api/pipe-sides.ts'
import {
  entityTypesIn,
  implicitModelsOf,
  mergedModel,
  modelFault,
  modelHasProperty,
  modelId,
  schemaModelName,
} from '../../../config/project/schema-models.ts'
import { isObject, type Json, type JsonObject } from '../../../entity/value.ts'
import { type Answer, foundOr404, HttpError, jsonAnswer } from '../answer.ts'
import { mayUse } from '../authorize.ts'
import { bodyJson } from '../body.ts'
import { entityTypeOf } from '../entity-types.ts'
import { type ApiRoute, flagParameter, type Parameter, param, type RouteCall, route, textParameter } from '../route.ts'
import { keptModels, removedModel, uploadedModels } from '../uploaded-models.ts'
import { forceParameter } from './configuration.ts'

const effectiveParameter: Readonly<Record<string, Parameter>> = {
  effective: { type: 'boolean', says: 'Models of pipes and uploaded ones together.' },
}
const verboseParameter: Readonly<Record<string, Parameter>> = {
  verbose: { type: 'boolean', says: 'With the entity types as a whole (the default), or ids and names alone.' },
}

export const modelRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/models',
    says: 'All models: uploaded ones, and those that pipes belong to.',
    needs: { is: 'token' },
    query: {
      ...effectiveParameter,
      ...verboseParameter,
      with_property: { type: 'string', says: 'Only models with an entity type that has this property.' },
    },
    answer: 'list',
    run: async (call) => {
      const property = textParameter(call, 'with_property')
      const all = await modelsOf(call)
      const wanted = property === undefined ? all : all.filter((model) => modelHasProperty(model, property))
      return jsonAnswer(wanted.map((model) => modelJson(call, model)))
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
      await call.instance.commitStates(keptModels(models))
      return jsonAnswer([...models])
    },
  }),
  route({
    method: 'GET',
    path: '/models/{model}',
    says: 'One model.',
    needs: { is: 'token' },
    query: { ...effectiveParameter, ...verboseParameter },
    answer: 'object',
    run: async (call) => jsonAnswer(modelJson(call, await modelOf(call))),
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
      foundOr404((await uploadedModels(instance.store)).get(id), 'uploaded model', id)
      await instance.commitStates([removedModel(id)])
      return jsonAnswer({})
    },
  }),
  route({
    method: 'GET',
    path: '/models/{model}/{type}',
    says: 'One entity type of a model.',
    needs: { is: 'token' },
    query: effectiveParameter,
    answer: 'object',
    run: async (call) => typeAnswer(call, await modelOf(call)),
  }),
]

async function typeAnswer(call: RouteCall, model: JsonObject): Promise<Answer> {
  const id = param(call, 'type')
  return jsonAnswer(
    foundOr404(
      entityTypesIn(model).find((type) => modelId(type) === id),
      'entity type',
      id,
    ),
  )
}

async function modelOf(call: RouteCall): Promise<JsonObject> {
  const id = param(call, 'model')
  const all = await modelsOf(call)
  return foundOr404(
    all.find((model) => modelId(model) === id),
    'model',
    id,
  )
}

/** The models of pipes, then the uploaded ones; of the same id the uploaded one alone, unless both are asked for as one. */
async function modelsOf(call: RouteCall): Promise<readonly JsonObject[]> {
  const uploaded = await uploadedModels(call.instance.store)
  const models = new Map(await implicitModels(call))
  const together = flagParameter(call, 'effective', false)
  for (const [id, model] of uploaded) {
    const implicit = models.get(id)
    models.set(id, implicit && together ? mergedModel(implicit, model) : model)
  }
  return [...models].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, model]) => model)
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
    for (const model of implicitModelsOf(pipe.effective, pipePlace(pipe)))
      models.set(model, [...(models.get(model) ?? []), type])
  }
  return new Map([...models].map(([id, types]) => [id, { id, name: id, entity_types: types }]))
}

function modelJson(call: RouteCall, model: JsonObject): JsonObject {
  if (flagParameter(call, 'verbose', true)) return model
  const summaryOf = (one: JsonObject): JsonObject => ({ id: modelId(one), name: schemaModelName(one) })
  return { ...summaryOf(model), entity_types: entityTypesIn(model).map(summaryOf) }
}

/** Posted models; 400 for anything else. */
function modelsIn(json: Json): readonly JsonObject[] {
  const models = Array.isArray(json) ? json : [json]
  for (const model of models) {
    const reason = modelFault(model)
    if (reason !== null) throw new HttpError(400, reason)
  }
  return models.filter(isObject)
}
