/** The explicit schema models of the open project: `schema-models.json` among its files. Each edit is one step of history. */
import { useMemo } from 'react'
import {
  componentValue,
  editFile,
  entityTypesIn,
  formatPart,
  isObject,
  type Json,
  type JsonObject,
  modelId,
  type Project,
  putFile,
  readSchemaModels,
  schemaModelsFile,
} from '../../../engine-worker/index.ts'
import { editComponent, editContent, useContent, useProject } from './project.ts'

function modelsIn({ root, files }: Project): ReturnType<typeof readSchemaModels> {
  const text = files[root + schemaModelsFile]
  return readSchemaModels(typeof text === 'string' ? text : null)
}

/** The explicit models of the open project, and what is wrong with the file. */
export function useSchemaModels(): ReturnType<typeof readSchemaModels> {
  const content = useContent()
  return useMemo(() => modelsIn(content), [content])
}

/** Changes the model of an id; null is one that is not there, and removes it. A file that cannot be read stays. */
export function changeSchemaModel(
  label: string,
  id: string,
  change: (model: JsonObject | null) => JsonObject | null,
): void {
  editContent(label, (content) => {
    const path = content.root + schemaModelsFile
    const started = content.files[path]?.length ? content : putFile(content, path, `${formatPart([])}\n`).value
    return editFile(started, path, (json) => (Array.isArray(json) ? [...withModel(json, id, change)] : json))
  })
}

function withModel(
  list: readonly Json[],
  id: string,
  change: (model: JsonObject | null) => JsonObject | null,
): readonly Json[] {
  const at = list.findIndex((each) => isObject(each) && modelId(each) === id)
  const before = list[at]
  const after = change(before !== undefined && isObject(before) ? before : null)
  if (at < 0) return after === null ? list : [...list, after]
  return list.flatMap((each, place) => (place === at ? (after === null ? [] : [after]) : [each]))
}

/** A model with one of its entity types changed; null is one that is not there, and removes it. */
export function withEntityType(
  model: JsonObject,
  type: string,
  change: (type: JsonObject | null) => JsonObject | null,
): JsonObject {
  const types = entityTypesIn(model)
  return { ...model, entity_types: [...withModel(types, type, change)] }
}

/** Describes a property of an entity type in a model; an empty text removes the description. */
export function describeProperty(
  label: string,
  place: { readonly model: string; readonly type: string; readonly property: string },
  text: string,
): void {
  changeSchemaModel(label, place.model, (model) =>
    withEntityType(model ?? { id: place.model, name: place.model }, place.type, (type) => {
      const known = type ?? { id: place.type }
      const properties = isObject(known.properties) ? known.properties : {}
      const before = properties[place.property]
      const schema = isObject(before) ? before : {}
      const { description: _, ...others } = schema
      const next = text === '' ? others : { ...others, description: text }
      return { ...known, properties: { ...properties, [place.property]: next } }
    }),
  )
}

/** Says which implicit models a pipe belongs to (`metadata.models`); null goes back to those of its place and its id. */
export function setModelsOfPipe(label: string, pipe: string, models: readonly string[] | null): void {
  const { components } = useProject.getState().document.content
  const component = Object.values(components).find(({ kind, id }) => kind === 'pipe' && id === pipe)
  if (!component) return
  const { metadata } = componentValue(component)
  const { models: _, ...others } = isObject(metadata) ? metadata : {}
  const next: JsonObject = models === null ? others : { ...others, models: [...models] }
  editComponent(component.key, label, (config) => {
    if (Object.keys(next).length === 0) delete config.metadata
    else Object.assign(config, { metadata: next })
    return undefined
  })
}

/** The descriptions of a property in all explicit models, with the models that say so. */
export function descriptionsOf(
  models: readonly JsonObject[],
  property: string,
  type: string | null = null,
): readonly { readonly model: string; readonly type: string; readonly text: string }[] {
  return models.flatMap((model) =>
    entityTypesIn(model).flatMap((each) => {
      if (type !== null && modelId(each) !== type) return []
      const schema = isObject(each.properties) ? each.properties[property] : undefined
      const text = schema !== undefined && isObject(schema) ? schema.description : undefined
      return typeof text === 'string' && text !== '' ? [{ model: modelId(model), type: modelId(each), text }] : []
    }),
  )
}
