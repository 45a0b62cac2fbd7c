/** Models as JSON: what is saved of them, and what files hold. */
import {
  entityTypesIn,
  isObject,
  type Json,
  type JsonObject,
  mergedSchema,
  modelFault,
  modelId,
  readJson,
} from '../../../engine-worker/index.ts'
import type { enTypes } from '../../i18n/en-types.ts'
import type { Widened } from '../../i18n/types.ts'
import { changeSchemaModel, withEntityType } from '../../store/project/schema-models.ts'
import { toast } from '../../store/toasts.ts'
import type { ListedModel } from './type-rows.ts'

/** A model as `GET /api/models?effective=true` answers it: inferred schemas with what is written of them. */
export async function effectiveModel(
  model: ListedModel,
  explicit: readonly JsonObject[],
  schemaOf: (pipe: string) => Promise<JsonObject>,
): Promise<JsonObject> {
  const written = explicit.find((each) => modelId(each) === model.id)
  const own = new Map((written ? entityTypesIn(written) : []).map((type) => [modelId(type), type]))
  const types: JsonObject[] = []
  for (const id of model.types) {
    const inferred: JsonObject = { id, name: id, ...(await schemaOf(id)) }
    types.push(mergedSchema(inferred, own.get(id) ?? {}))
  }
  return { id: model.id, name: model.name, ...written, entity_types: types }
}

/**
 * Reads files into the explicit models: a list of models, one model, or a JSON schema, which becomes an entity type of
 * the model with the id `into` (of one named like the file where that is null). Each file is one step of history.
 */
export async function takeModels(
  files: readonly File[],
  into: string | null,
  w: Widened<typeof enTypes>,
): Promise<void> {
  for (const file of files) {
    const json = parsedJson(await file.text())
    const label = w.takeLabel(file.name)
    const models = modelsIn(json)
    if (models !== null) {
      for (const model of models) changeSchemaModel(label, modelId(model), () => model)
      toast(w.took(models.length))
    } else if (json !== null && isObject(json) && isObject(json.properties)) {
      const name = file.name.replace(/(\.schema)?\.json$/i, '')
      const id = modelId(json).replaceAll('/', '-') || (typeof json.title === 'string' ? json.title : '') || name
      const model = into ?? name
      changeSchemaModel(label, model, (before) =>
        withEntityType(before ?? { id: model, name: model }, id, () => ({ ...json, id })),
      )
      toast(w.takenType(id, model))
    } else toast(w.notModels(file.name), 'bad')
  }
}

function parsedJson(text: string): Json | null {
  try {
    return readJson(text.replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
}

/** The models in JSON, or null where it holds something else. */
function modelsIn(json: Json | null): readonly JsonObject[] | null {
  if (json === null) return null
  const list: readonly Json[] = Array.isArray(json) ? json : [json]
  const models = list.filter((each) => isObject(each)).filter((each) => isObject(each) && !isObject(each.properties))
  return list.length > 0 && models.length === list.length && list.every((each) => modelFault(each) === null)
    ? models
    : null
}
