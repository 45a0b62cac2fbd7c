/** What the types of fields mean for values of a configuration. */
import { get } from '../../entity/dict.ts'
import { Float, isObject, type Json, type JsonObject } from '../../entity/value.ts'
import type { Repair } from '../../problem.ts'
import type { Field, FieldType, KindDeclaration } from './define.ts'

/** Texts that become something else: their type is not known here. */
export function isVariable(json: Json): boolean {
  return typeof json === 'string' && /\$(ENV|SECRET)\(|\{\{/.test(json)
}

/** Whether a value is of a field's type; what is inside of it is not looked at. */
export function fits(type: FieldType, value: Json): boolean {
  switch (type.is) {
    case 'json':
    case 'expression':
      return true
    case 'integer':
      return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint' || value instanceof Float
    case 'boolean':
      return typeof value === 'boolean'
    case 'choice':
      return typeof value === 'string' && type.of.includes(value)
    case 'list':
    case 'entities':
      return Array.isArray(value)
    case 'map':
    case 'object':
    case 'variants':
    case 'rules':
      return isObject(value)
    case 'kind':
      return isObject(value) || (type.of === 'transform' && Array.isArray(value))
    case 'either':
      return type.of.some((each) => fits(each, value))
    default:
      return typeof value === 'string'
  }
}

/** The change that makes a value one of the type without a loss: another writing of it, or a list of it; else null. */
export function conversionTo(type: FieldType, value: Json): Repair | null {
  if (type.is === 'list' && fits(type.of, value)) return { change: 'wrap' }
  const text = typeof value === 'string' ? value.trim().toLowerCase() : null
  if (type.is === 'boolean' && (text === 'true' || text === 'false')) return { change: 'set', value: text === 'true' }
  const isWhole = text !== null && /^-?(?:0|[1-9]\d{0,14})$/.test(text)
  const isNumber = text !== null && /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$/.test(text)
  if ((type.is === 'integer' && isWhole) || (type.is === 'number' && isNumber))
    return { change: 'set', value: Number(text) }
  const isText = fits(type, '')
  return isText && (typeof value === 'number' || typeof value === 'boolean')
    ? { change: 'set', value: String(value) }
    : null
}

/** The type that a field has among the other values of its object: of variants, the one that is chosen there. */
export function typeAmong(type: FieldType, beside: JsonObject): FieldType {
  if (type.is !== 'variants') return type
  const chosen = get(beside, type.by)
  const fields = typeof chosen === 'string' && Object.hasOwn(type.of, chosen) ? type.of[chosen] : undefined
  return fields === undefined ? { is: 'map', of: { is: 'json' } } : { is: 'object', fields }
}

/** The fields directly inside a type, those of all variants once. */
export function fieldsInside(type: FieldType): readonly Field[] {
  if (type.is === 'object') return type.fields
  if (type.is === 'either') return type.of.flatMap(fieldsInside)
  if (type.is === 'list' || type.is === 'map') return fieldsInside(type.of)
  if (type.is !== 'variants') return []
  const byName = new Map<string, Field>()
  for (const field of Object.values(type.of).flat()) if (!byName.has(field.name)) byName.set(field.name, field)
  return [...byName.values()]
}

/** The types of systems that a kind may name as its system. */
export function systemTypes({ fields }: Pick<KindDeclaration, 'fields'>): readonly string[] {
  const type = fields.find(({ name }) => name === 'system')?.type
  return type?.is === 'reference' ? (type.systemTypes ?? []) : []
}

/** A type in words: `an integer`, `a list or a text`. */
export function typeText(type: FieldType): string {
  switch (type.is) {
    case 'integer':
      return 'an integer'
    case 'number':
      return 'a number'
    case 'boolean':
      return 'true or false'
    case 'choice':
      return `one of ${type.of.join(', ')}`
    case 'list':
    case 'entities':
      return 'a list'
    case 'map':
    case 'object':
    case 'variants':
    case 'rules':
    case 'kind':
      return 'an object'
    case 'either':
      return type.of.map(typeText).join(' or ')
    default:
      return 'a text'
  }
}
