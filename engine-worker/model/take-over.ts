/** Edits of generated components that the model can say: where and what it would have to say. */
import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import { sameJson } from '../text/json-equality.ts'
import { generate } from './generate/pipes.ts'
import { type Model, modelShape } from './model.ts'
import { partOfModel } from './regenerate.ts'

/** A value at a place of the model; undefined takes it away. */
interface ModelEdit {
  readonly path: JsonPath
  readonly value: Json | undefined
}

/**
 * What the model has to say so that it makes the component as it was edited; null where it cannot say all of it. How a
 * system is reached, a source, a sink, and how many records may be one are said in the model.
 */
export function takenOver(model: Model, id: string, edited: JsonObject): readonly ModelEdit[] | null {
  const generated = generate(model).find((each) => each.id === id)?.config
  if (generated === undefined) return null
  const edits = editsOf(model, generated, edited)
  if (edits.length === 0) return null
  const changed = edits.reduce<Json>((json, { path, value }) => jsonWith(json, path, value), modelJson(model))
  let isModel = true
  const read = modelShape.read(changed, { at: [], report: () => (isModel = false) })
  if (read === undefined || !isModel) return null
  const generatedConfig = generate(read).find((each) => each.id === id)?.config
  return generatedConfig !== undefined && sameJson(withoutMetadata(generatedConfig), withoutMetadata(edited))
    ? edits
    : null
}

/** What a component does; its metadata tells which part of the model made it, and changes with that. */
function withoutMetadata({ metadata: _, ...config }: JsonObject): JsonObject {
  return config
}

function editsOf(model: Model, generated: JsonObject, edited: JsonObject): ModelEdit[] {
  const [part, name = '', , datatype] = partOfModel(generated)
  const differs = (key: string): boolean => !sameJson(get(generated, key), get(edited, key))
  if (part === 'systems' && datatype === undefined) {
    const { _id, metadata, ...config } = edited
    return [{ path: ['systems', name, 'config'], value: config }]
  }
  if (part === 'systems' && datatype !== undefined && differs('source')) {
    const source = get(edited, 'source')
    const wrapped = isObject(source) && (model.tests ?? []).length > 0 ? get(source, 'alternatives') : undefined
    const value = isObject(wrapped) ? get(wrapped, 'prod') : source
    return [{ path: ['systems', name, 'datatypes', datatype, 'source'], value }]
  }
  const mapping = part === 'mappings' ? model.mappings.find((each) => each.name === name) : undefined
  if (mapping !== undefined && differs('sink')) {
    const path = ['systems', mapping.system, 'datatypes', mapping.datatype, 'sink']
    return [{ path, value: get(edited, 'sink') }]
  }
  const source = part === 'concepts' ? get(edited, 'source') : undefined
  if (!isObject(source) || !differs('source')) return []
  return [{ path: ['concepts', name, 'limit'], value: get(source, 'max_merged') }]
}

/** The model as JSON, which it is by its declaration. */
function modelJson(model: Model): Json {
  return model as unknown as Json
}

function jsonWith(json: Json, [key, ...rest]: JsonPath, value: Json | undefined): Json {
  if (key === undefined) return value ?? null
  if (!isObject(json)) return json
  const { [String(key)]: before, ...others } = json
  if (rest.length === 0 && value === undefined) return others
  return { ...json, [String(key)]: rest.length === 0 ? (value ?? null) : jsonWith(before ?? {}, rest, value) }
}
