/**
 * Shapes: what a part of a file may hold, declared once. From a declaration come the TypeScript type, the reading of
 * untrusted JSON with located problems, and the JSON Schema that is published.
 */
import { nearest } from '../../dtl/nearest.ts'
import { get } from '../../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import { type Problem, problem, renameTo } from '../../problem.ts'

const wrongKind = problem<{ what: string; expected: string }>({
  code: 'model-wrong-kind',
  severity: 'error',
  says: ({ what, expected }) => `${what} must be ${expected}.`,
})
const missingPart = problem<{ what: string; key: string }>({
  code: 'model-part-missing',
  severity: 'error',
  says: ({ what, key }) => `${what} has no ${key}.`,
  fix: ({ key }) => `Add ${key}.`,
})
const unknownPart = problem<{ what: string; key: string; suggestion: string }>({
  code: 'model-part-unknown',
  severity: 'error',
  says: ({ what, key }) => `${what} has ${key}, which has no meaning there.`,
  fix: ({ key, suggestion }) =>
    suggestion === '' ? `Remove ${key}, or correct its name.` : `Did you mean ${suggestion}?`,
  repair: ({ key, suggestion }) => renameTo(key, suggestion),
})

/** Where a reading stands, and who is told about problems. */
interface Reading {
  readonly at: JsonPath
  readonly report: (problem: Problem) => void
}

/** A declared shape of JSON, read as `T`. */
interface Shape<T> {
  readonly schema: JsonObject
  /** The value, or undefined after a problem was reported. */
  read(json: Json, reading: Reading): T | undefined
}

/** What a shape has read, as the JSON that it is. */
export function shapedJson(read: object): JsonObject {
  return read as JsonObject
}

/** The type that a shape reads. */
export type TypeOfShape<S> = S extends Shape<infer T> ? T : never

type Shapes = Readonly<Record<string, Shape<unknown>>>
type ShapedObject<N extends Shapes, O extends Shapes> = { readonly [K in keyof N]: TypeOfShape<N[K]> } & {
  readonly [K in keyof O]?: TypeOfShape<O[K]>
}

function partText(at: JsonPath): string {
  return at.length === 0 ? 'The file' : at.join('.')
}

function scalarShape<T>(schema: JsonObject, expected: string, test: (json: Json) => json is T & Json): Shape<T> {
  return {
    schema,
    read: (json, { at, report }) => {
      if (test(json)) return json
      report(wrongKind({ what: partText(at), expected }, { path: at }))
      return undefined
    },
  }
}

/** A text; with `pattern`, one that matches it, in the words of `expected`. */
export function textShape(description: string, pattern?: RegExp, expected = 'a text'): Shape<string> {
  const schema = { type: 'string', description, ...(pattern === undefined ? {} : { pattern: pattern.source }) }
  return scalarShape(schema, expected, (json): json is string => {
    return typeof json === 'string' && (pattern === undefined || pattern.test(json))
  })
}

/** What a text of a file names: people choose it from what there is. */
type NamedThing = 'column' | 'property' | 'concept' | 'mapping'

/** A text that names something of the model or of the data; said in the schema as `names`. */
export function nameShape(description: string, names: NamedThing): Shape<string> {
  const shape = textShape(description)
  return { ...shape, schema: { ...shape.schema, names } }
}

/** A whole number, within the limits that are given. */
export function countShape(description: string, least?: number, most?: number): Shape<number> {
  const limits = {
    ...(least === undefined ? {} : { minimum: least }),
    ...(most === undefined ? {} : { maximum: most }),
  }
  const expected =
    most !== undefined
      ? `a whole number from ${least ?? 0} to ${most}`
      : least !== undefined
        ? `a whole number from ${least} on`
        : 'a whole number'
  return scalarShape({ type: 'integer', description, ...limits }, expected, (json): json is number => {
    return typeof json === 'number' && Number.isInteger(json) && json >= (least ?? json) && json <= (most ?? json)
  })
}

/** True or false. */
export function flagShape(description: string): Shape<boolean> {
  return scalarShape(
    { type: 'boolean', description },
    'true or false',
    (json): json is boolean => typeof json === 'boolean',
  )
}

/** Any JSON. */
export function anyShape(description: string): Shape<Json> {
  return { schema: { description }, read: (json) => json }
}

/** One of some words. */
export function choiceShape<const W extends readonly string[]>(description: string, words: W): Shape<W[number]> {
  const isAmongWords = (json: Json): json is W[number] => typeof json === 'string' && words.includes(json)
  return scalarShape({ enum: [...words], description }, `one of ${words.join(', ')}`, isAmongWords)
}

/** A list of at least `least` items. */
export function listShape<T>(description: string, item: Shape<T>, least = 0): Shape<readonly T[]> {
  const schema = { type: 'array', description, items: item.schema, ...(least > 0 ? { minItems: least } : {}) }
  return {
    schema,
    read: (json, { at, report }) => {
      if (!Array.isArray(json) || json.length < least) {
        report(
          wrongKind({ what: partText(at), expected: least > 0 ? 'a list that is not empty' : 'a list' }, { path: at }),
        )
        return undefined
      }
      return json.flatMap((each, index) => {
        const read = item.read(each, { at: [...at, index], report })
        return read === undefined ? [] : [read]
      })
    },
  }
}

/** An object whose keys are names that its author chose. */
export function recordShape<T>(description: string, item: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return {
    schema: { type: 'object', description, additionalProperties: item.schema },
    read: (json, { at, report }) => {
      if (!isObject(json)) {
        report(wrongKind({ what: partText(at), expected: 'an object' }, { path: at }))
        return undefined
      }
      const entries = Object.entries(json).flatMap(([key, each]) => {
        const read = item.read(each, { at: [...at, key], report })
        return read === undefined ? [] : [[key, read] as const]
      })
      return Object.fromEntries(entries)
    },
  }
}

/** An object with these parts and no others; those of `optional` may be absent. */
export function objectShape<const N extends Shapes, const O extends Shapes>(
  description: string,
  needed: N,
  optional: O,
): Shape<ShapedObject<N, O>> {
  const parts: Shapes = { ...needed, ...optional }
  const schema = {
    type: 'object',
    description,
    properties: Object.fromEntries(Object.entries(parts).map(([key, shape]) => [key, shape.schema])),
    required: Object.keys(needed),
    additionalProperties: false,
  }
  return {
    schema,
    read: (json, { at, report }) => {
      if (!isObject(json)) {
        report(wrongKind({ what: partText(at), expected: 'an object' }, { path: at }))
        return undefined
      }
      const what = partText(at)
      for (const key of Object.keys(json))
        if (!Object.hasOwn(parts, key)) {
          const suggestion = nearest(key, Object.keys(parts)) ?? ''
          report(unknownPart({ what, key, suggestion }, { path: [...at, key] }))
        }
      const read: Record<string, unknown> = {}
      let whole = true
      for (const [key, shape] of Object.entries(parts)) {
        const value = get(json, key)
        if (value === undefined) {
          if (!Object.hasOwn(needed, key)) continue
          report(missingPart({ what, key }, { path: at }))
          whole = false
          continue
        }
        const part = shape.read(value, { at: [...at, key], report })
        if (part !== undefined) read[key] = part
        else if (Object.hasOwn(needed, key)) whole = false
      }
      // Each part was read by its own shape, and none that is needed is absent.
      return whole ? (read as ShapedObject<N, O>) : undefined
    },
  }
}

/** Either of two shapes: the first where `first` says so. */
export function eitherShape<A, B>(one: Shape<A>, other: Shape<B>, first: (json: Json) => boolean): Shape<A | B> {
  return {
    schema: { anyOf: [one.schema, other.schema] },
    read: (json, reading): A | B | undefined => (first(json) ? one.read(json, reading) : other.read(json, reading)),
  }
}
