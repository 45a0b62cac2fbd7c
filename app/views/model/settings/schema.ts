/** What the engine declares for a part of a model, as the form reads it: a subset of JSON Schema. */
import { isObject, type Json, type JsonObject } from '../../../../engine-worker/index.ts'

/** A setting and its kind. */
export type Setting =
  | { readonly is: 'text'; readonly names: string | null }
  | { readonly is: 'flag' | 'count' | 'value' | 'expression' | 'time' }
  | { readonly is: 'choice'; readonly of: readonly string[] }
  | { readonly is: 'list'; readonly item: JsonObject }
  | { readonly is: 'record'; readonly item: JsonObject }
  | { readonly is: 'object'; readonly parts: Readonly<Record<string, JsonObject>>; readonly needed: readonly string[] }

function objectAt(json: JsonObject, key: string): JsonObject {
  const value = json[key]
  return isObject(value) ? value : {}
}

function textsAt(json: JsonObject, key: string): readonly string[] {
  const value = json[key]
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

/** What a schema declares. */
export function settingOf(schema: JsonObject): Setting {
  const { type, names, anyOf } = schema
  if (Array.isArray(schema.enum)) return { is: 'choice', of: textsAt(schema, 'enum') }
  if (Array.isArray(anyOf)) {
    const [first] = anyOf
    return { is: isObject(first) && Object.hasOwn(objectAt(first, 'properties'), 'sql') ? 'expression' : 'time' }
  }
  if (type === 'string') return { is: 'text', names: typeof names === 'string' ? names : null }
  if (type === 'boolean') return { is: 'flag' }
  if (type === 'integer') return { is: 'count' }
  if (type === 'array') return { is: 'list', item: objectAt(schema, 'items') }
  if (type !== 'object') return { is: 'value' }
  if (isObject(schema.additionalProperties)) return { is: 'record', item: schema.additionalProperties }
  const parts = Object.entries(objectAt(schema, 'properties')).flatMap(([key, part]) =>
    isObject(part) ? [[key, part] as const] : [],
  )
  return { is: 'object', parts: Object.fromEntries(parts), needed: textsAt(schema, 'required') }
}

/** The settings of a part: what it can have besides what it consists of. */
export function settingsIn(schema: JsonObject): readonly (readonly [string, JsonObject])[] {
  const setting = settingOf(schema)
  return setting.is === 'object' ? Object.entries(setting.parts).filter(([key]) => !setting.needed.includes(key)) : []
}

/** What a setting begins with when it is added. */
export function firstValue(schema: JsonObject): Json {
  const setting = settingOf(schema)
  switch (setting.is) {
    case 'text':
    case 'expression':
    case 'time':
      return ''
    case 'flag':
      return true
    case 'count':
      return 1
    case 'choice':
      return setting.of[0] ?? ''
    case 'value':
      return ''
    case 'list':
      return [firstValue(setting.item)]
    case 'record':
      return {}
    case 'object':
      return Object.fromEntries(setting.needed.map((key) => [key, firstValue(setting.parts[key] ?? {})]))
  }
}
