/**
 * Values that fit a JSON schema of a description: what it gives as an example, or else one made of its types. References
 * that lead back to themselves and lists without an end stop.
 */
import { get } from '../../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import type { Resolver } from './reference.ts'

/** Levels of objects and lists; references and parts of `allOf` are none. */
const MAX_DEPTH = 8
/** Schemas that are looked at for one sample: a description may hold thousands, which refer to each other. */
const MAX_SCHEMAS = 5_000

/** An example value; undefined where the schema says nothing. */
export function schemaSample(schema: Json | undefined, resolver: Resolver): Json | undefined {
  return sampleAt(schema, { resolver, depth: 0, left: { schemas: MAX_SCHEMAS }, within: new Set() })
}

interface SampleContext {
  readonly resolver: Resolver
  readonly depth: number
  readonly left: { schemas: number }
  /** The references that lead here. */
  readonly within: ReadonlySet<string>
}

function sampleAt(json: Json | undefined, context: SampleContext): Json | undefined {
  if (!isObject(json) || context.depth > MAX_DEPTH || context.left.schemas-- <= 0) return undefined
  const reference = get(json, '$ref')
  if (typeof reference === 'string') {
    if (context.within.has(reference)) return undefined
    const within = new Set([...context.within, reference])
    return sampleAt(context.resolver.follow(json), { ...context, within })
  }
  const givenSample = givenExample(json)
  if (givenSample !== undefined) return givenSample
  const inner = { ...context, depth: context.depth + 1 }
  const choices = listOf(json, 'oneOf').concat(listOf(json, 'anyOf'))
  const merged = mergedParts(json, context)
  if (merged !== undefined) return merged
  for (const choice of choices) {
    const sample = sampleAt(choice, context)
    if (sample !== undefined && sample !== null) return sample
  }
  return sampleByType(json, inner)
}

/** What the schema itself gives as a value. */
function givenExample(schema: JsonObject): Json | undefined {
  const examples = get(schema, 'examples')
  const values = [
    get(schema, 'example'),
    Array.isArray(examples) ? examples[0] : undefined,
    get(schema, 'const'),
    get(schema, 'default'),
  ]
  const [value] = values.filter((each) => each !== undefined)
  return value ?? listOf(schema, 'enum')[0]
}

/** An object of all parts of `allOf`; undefined where there are none. */
function mergedParts(schema: JsonObject, context: SampleContext): Json | undefined {
  const parts = listOf(schema, 'allOf')
  if (parts.length === 0) return undefined
  const samples = [
    ...parts.map((part) => sampleAt(part, context)),
    sampleByType(schema, { ...context, depth: context.depth + 1 }),
  ].filter(isObject)
  return samples.length === 0 ? undefined : Object.fromEntries(samples.flatMap((sample) => Object.entries(sample)))
}

function sampleByType(schema: JsonObject, context: SampleContext): Json | undefined {
  const type = get(schema, 'type')
  const name = Array.isArray(type) ? type.find((each) => each !== 'null') : type
  const properties = get(schema, 'properties')
  if (isObject(properties)) return objectOf(properties, context)
  const items = get(schema, 'items')
  if (name === 'array' || isObject(items)) {
    const item = sampleAt(items, context)
    return item === undefined ? [] : [item]
  }
  switch (name) {
    case 'object':
      return {}
    case 'integer':
      return integerOf(schema)
    case 'number':
      return integerOf(schema)
    case 'boolean':
      return true
    case 'string':
      return textOf(schema)
    default:
      return undefined
  }
}

function objectOf(properties: JsonObject, context: SampleContext): JsonObject {
  const entries: [string, Json][] = []
  for (const [name, schema] of Object.entries(properties)) {
    const sample = sampleAt(schema, context)
    if (sample !== undefined) entries.push([name, sample])
  }
  return Object.fromEntries(entries)
}

function integerOf(schema: JsonObject): Json {
  const minimum = get(schema, 'minimum')
  return typeof minimum === 'number' && minimum > 1 ? minimum : 1
}

/** Texts by their format: JSON schema's own names. */
const formatExamples: Readonly<Record<string, string>> = {
  'date-time': '2024-01-31T12:00:00Z',
  date: '2024-01-31',
  time: '12:00:00Z',
  email: 'ada@example.org',
  uri: 'https://example.org/1',
  url: 'https://example.org/1',
  uuid: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
}

function textOf(schema: JsonObject): string {
  const format = get(schema, 'format')
  return typeof format === 'string' && Object.hasOwn(formatExamples, format) ? (formatExamples[format] ?? '') : 'text'
}

function listOf(schema: JsonObject, name: string): readonly Json[] {
  const value = get(schema, name)
  return Array.isArray(value) ? value : []
}
