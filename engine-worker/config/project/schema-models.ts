/**
 * Schema models: named sets of entity types, each a JSON schema (hub/features/schema-models.rst; swagger_public.yaml,
 * /models). Implicit ones follow from the pipes; explicit ones stand in `schema-models.json` beside the configuration, in
 * the form that `POST /api/models` takes. Sesam's client does not upload that file.
 */
import { get, put } from '../../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import { type Problem, problem } from '../../problem.ts'
import { textListSetting } from '../model/setting.ts'
import { schemaModelsFile } from './own-files.ts'
import { readJsonFile } from './read.ts'

const invalidModel = problem<{ reason: string }>({
  code: 'schema-model-invalid',
  severity: 'error',
  says: ({ reason }) => `${schemaModelsFile}: ${reason}`,
})
const unknownModelPipe = problem<{ model: string; type: string }>({
  code: 'schema-model-without-pipe',
  severity: 'warning',
  says: ({ model, type }) => `The entity type ${type} of the model ${model} is not a pipe and has no properties.`,
  fix: () => 'Name a pipe, or describe the properties of the entity type.',
})

/** The id of a model or of an entity type; '' where it has none. */
export function modelId(one: JsonObject): string {
  return String(get(one, 'id') ?? get(one, '_id') ?? get(one, '$id') ?? '')
}

/** The name of a model or of an entity type; its id where it has none. */
export function schemaModelName(one: JsonObject): string {
  const name = get(one, 'name')
  return typeof name === 'string' && name !== '' ? name : modelId(one)
}

/** The entity types of a model. */
export function entityTypesIn(model: JsonObject): readonly JsonObject[] {
  const types = get(model, 'entity_types')
  return Array.isArray(types) ? types.filter(isObject) : []
}

/** What of a pipe its models depend on. */
interface PipeHead {
  readonly id: string
  readonly metadata: JsonObject
}

/** What a pipe reads and writes, as far as its models depend on it. */
export interface PipePlace {
  readonly readsDatasets: boolean
  readonly writesDataset: boolean
}

/** The ids of the implicit models of a pipe: `metadata.models`, else those of its place and the beginning of its id. */
export function implicitModelsOf({ id, metadata }: PipeHead, place: PipePlace): readonly string[] {
  return textListSetting(metadata, 'models') ?? usualModelsOf({ id, metadata }, place)
}

/** The implicit models that a pipe has without `metadata.models`. */
export function usualModelsOf(
  { id, metadata }: PipeHead,
  { readsDatasets, writesDataset }: PipePlace,
): readonly string[] {
  const isGlobal = get(metadata, 'global') === true
  const isInput = !isGlobal && !readsDatasets && writesDataset
  const isOutput = !isGlobal && readsDatasets && !writesDataset
  const built = isGlobal ? ['Global'] : isInput ? ['Input'] : isOutput ? ['Output'] : []
  const [prefix = id] = id.split('-')
  return [...new Set([...built, prefix])]
}

/** An implicit and an explicit model of one id as one: what was written adds to, and replaces, what is known of a type. */
export function mergedModel(implicit: JsonObject, explicit: JsonObject): JsonObject {
  const types = new Map(entityTypesIn(implicit).map((type) => [modelId(type), type]))
  for (const type of entityTypesIn(explicit)) {
    const known = types.get(modelId(type))
    types.set(modelId(type), known ? mergedSchema(known, type) : type)
  }
  return { ...implicit, ...explicit, entity_types: [...types.values()] }
}

/** A schema with what another one says in its place, property by property. */
export function mergedSchema(known: JsonObject, more: JsonObject): JsonObject {
  const merged: JsonObject = { ...known }
  for (const [name, value] of Object.entries(more)) {
    const before = get(known, name)
    put(merged, name, isObject(before) && isObject(value) ? mergedSchema(before, value) : value)
  }
  return merged
}

/** Whether an entity type of a model has a property. */
export function modelHasProperty(model: JsonObject, property: string): boolean {
  return entityTypesIn(model).some((type) => {
    const properties = get(type, 'properties')
    return isObject(properties) && Object.hasOwn(properties, property)
  })
}

/** What is wrong with one model, or null. */
export function modelFault(model: Json): string | null {
  if (!isObject(model)) return 'Each model must be a JSON object.'
  const id = modelId(model)
  if (id === '' || id.includes('/')) return 'Each model needs an id: a text without slashes.'
  const types = get(model, 'entity_types')
  if (types === undefined) return null
  if (!Array.isArray(types) || types.some((type) => !isObject(type)))
    return 'entity_types must be a list of JSON schemas.'
  const ids = types.filter(isObject).map(modelId)
  const bad = ids.find((each) => each === '' || each.includes('/'))
  if (bad !== undefined) return 'Each entity type needs an id: a text without slashes.'
  const twice = ids.find((each, at) => ids.indexOf(each) < at)
  return twice === undefined ? null : `The entity type ${twice} occurs twice in a model.`
}

/** The explicit models of a project from the text of their file; a model that cannot be read is a problem, and the others count. */
export function readSchemaModels(text: string | null): {
  readonly models: readonly JsonObject[]
  readonly problems: readonly Problem[]
} {
  if (text === null || text.trim() === '') return { models: [], problems: [] }
  const problems: Problem[] = []
  const file = schemaModelsFile
  const json = readJsonFile(file, text, (found) => problems.push(found))
  if (json === undefined) return { models: [], problems }
  if (!Array.isArray(json))
    return { models: [], problems: [invalidModel({ reason: 'A list of models is expected.' }, { file })] }
  const models = new Map<string, JsonObject>()
  for (const [at, model] of json.entries()) {
    const reason = modelFault(model)
    if (reason !== null) problems.push(invalidModel({ reason }, { file, path: [at] }))
    else if (isObject(model)) {
      const id = modelId(model)
      if (models.has(id)) problems.push(invalidModel({ reason: `The model ${id} occurs twice.` }, { file, path: [at] }))
      else models.set(id, model)
    }
  }
  return { models: [...models.values()], problems }
}

/** What is wrong with the explicit models of a project. */
export function schemaModelProblems(text: string | null, pipes: ReadonlySet<string>): readonly Problem[] {
  const { models, problems } = readSchemaModels(text)
  const idle = models.flatMap((model) =>
    entityTypesIn(model).flatMap((type) => {
      const id = modelId(type)
      if (pipes.has(id) || isObject(get(type, 'properties'))) return []
      return [unknownModelPipe({ model: modelId(model), type: id }, { file: schemaModelsFile })]
    }),
  )
  return [...problems, ...idle]
}
