/** Reading settings with their type and default, and the fields that many kinds share. */
import { get } from '../entity/dict.ts'
import { Float, type Json, type JsonObject } from '../entity/value.ts'
import type { Field } from './define.ts'
import { isObject } from './variables.ts'

/** A text setting, or the default where it is absent or no text. */
export function text(config: JsonObject, key: string): string | undefined
export function text(config: JsonObject, key: string, otherwise: string): string
export function text(config: JsonObject, key: string, otherwise?: string): string | undefined {
  const value = get(config, key)
  return typeof value === 'string' ? value : otherwise
}

/** A true or false setting; the texts of the two count too, as variables often give them. */
export function flag(config: JsonObject, key: string, otherwise: boolean): boolean {
  const value = get(config, key)
  if (typeof value === 'boolean') return value
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true'
  return otherwise
}

/** A number setting; texts of numbers count too. */
export function amount(config: JsonObject, key: string, otherwise: number): number {
  const value = get(config, key)
  if (typeof value === 'number') return value
  if (value instanceof Float) return value.value
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return Number(value)
  return otherwise
}

/** A list of texts, where one text alone means a list of it; undefined where absent. */
export function texts(config: JsonObject, key: string): readonly string[] | undefined {
  const value = get(config, key)
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined
}

/** An object setting; empty where absent or something else. */
export function object(config: JsonObject, key: string): JsonObject {
  const value = get(config, key)
  return isObject(value) ? value : {}
}

/** The setting of the operation of a REST system or of the part itself, which wins. */
export function setting(part: JsonObject, otherwise: JsonObject, key: string): Json | undefined {
  const own = get(part, key)
  return own === undefined ? get(otherwise, key) : own
}

/** `comment`, which every part has. */
export const comment: Field = {
  name: 'comment',
  type: {
    is: 'either',
    of: [
      { is: 'text', multiline: true },
      { is: 'list', of: { is: 'text' } },
    ],
  },
  says: 'A remark for people who read the configuration; it changes nothing.',
  advanced: true,
}

/** What happens when a source gives nothing at all. */
export const ifSourceEmpty: Field = {
  name: 'if_source_empty',
  type: { is: 'choice', of: ['accept', 'fail'] },
  default: 'accept',
  says: 'What to do when the source gives no entities: accept deletes what was there before, fail stops the run and keeps it.',
  advanced: true,
}

/** The three properties by which a source says how it goes on where it stopped; configuration-sources.rst. */
export function continuation(supports: boolean, comparable: boolean, chronological: boolean): readonly Field[] {
  return [
    {
      name: 'supports_since',
      type: { is: 'boolean' },
      default: supports,
      says: 'Whether the source can give only what changed since the last run.',
      advanced: true,
    },
    {
      name: 'is_since_comparable',
      type: { is: 'boolean' },
      default: comparable,
      says: 'Whether two positions of this source can be compared, so that the highest one seen is kept.',
      advanced: true,
    },
    {
      name: 'is_chronological',
      type: { is: 'boolean' },
      default: chronological,
      says: 'Whether entities come in the order of their changes, so that the position can be kept while reading.',
      advanced: true,
    },
    {
      name: 'initial_since_value',
      type: { is: 'either', of: [{ is: 'text' }, { is: 'integer' }] },
      says: 'The position to begin with when there is none yet, instead of reading everything.',
      advanced: true,
    },
  ]
}

/** How positions are kept, by the three properties in their documented order of precedence. */
export function sinceStrategy(
  config: JsonObject,
  supports: boolean,
  comparable: boolean,
  chronological: boolean,
): 'chronological' | 'max' | null {
  if (!flag(config, 'supports_since', supports)) return null
  if (flag(config, 'is_chronological', chronological)) return 'chronological'
  return flag(config, 'is_since_comparable', comparable) ? 'max' : null
}

/** The system of a source or sink. */
export function system(types: readonly string[], required = true): Field {
  return {
    name: 'system',
    type: { is: 'reference', to: 'system', systemTypes: types },
    required,
    says: 'The system to talk to.',
  }
}

/** Signalling between pipes. */
export const supportsSignalling: Field = {
  name: 'supports_signalling',
  type: { is: 'boolean' },
  says: 'Whether the pipe runs as soon as its input changes. Internal pipes follow the node metadata unless this is set.',
  advanced: true,
}
