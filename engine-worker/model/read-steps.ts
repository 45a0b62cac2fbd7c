/** The documented patterns of steps and sources, as they are recognised in pipes that people wrote. */
import { DEFAULT_TRANSFORM } from '../config/model/syntax.ts'
import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import { call } from './calls.ts'
import type { Normalisation } from './normalise.ts'

/** The object under a key; empty where there is none. */
export function objectIn(config: JsonObject, key: string): JsonObject {
  const value = get(config, key)
  return isObject(value) ? value : {}
}

/** The list under a key; empty where there is none. */
export function listUnder(config: JsonObject, key: string): readonly Json[] {
  const value = get(config, key)
  return Array.isArray(value) ? value : []
}

const nameOf = (list: readonly Json[]): Json => list[0] ?? null
const addName = nameOf(call.add())
const coalesceNames = [nameOf(call.coalesceArgs()), nameOf(call.coalesce())]
const listName = nameOf(call.list())
const makeReferenceName = nameOf(call.makeNi())
const identifierName = nameOf(call.ni())
const dictName = nameOf(call.dict())
const mergeUnionName = nameOf(call.mergeUnion())
const collectNames = [listName, nameOf(call.union())]
/** The names of the functions of the steps that are read. */
export const stepNames = {
  add: addName,
  comment: nameOf(call.comment()),
  copy: nameOf(call.copy()),
  create: nameOf(call.create()),
  discard: nameOf(call.discard()),
  equal: nameOf(call.eq()),
  filter: nameOf(call.filter()),
  makeReference: makeReferenceName,
  string: nameOf(call.string()),
}
/** Functions that read other datasets. */
const applies = nameOf(call.apply())
const lookupNames = [applies, ...[call.hops(), call.applyHops(), call.lookupEntity()].map(nameOf)]
/** The functions that write values alike before they are compared. */
export const normalisingFunctions: readonly (readonly [Json, Normalisation])[] = [
  [nameOf(call.lower()), 'lower'],
  [nameOf(call.strip()), 'trim'],
]

/** The concept that a global pipe is named after. */
export function conceptName(global: string): string {
  return global.replace(/^global-/, '')
}

/** Whether a pipe merges datasets, or unites them. */
export function mergesDatasets(config: JsonObject): boolean {
  return /^(?:merge(?:_datasets)?|union_datasets)$/.test(String(get(objectIn(config, 'source'), 'type')))
}

/** Whether a global pipe has properties of its own, besides those of the records that it merges. */
export function namesProperties(config: JsonObject): boolean {
  return stepsOf(config).some(([, step]) => Array.isArray(step) && step[0] === addName)
}

/** The namespace, the property and the new name of a step that makes a reference; nothing of other steps. */
export function referenceIn(step: Json): readonly [namespace?: Json, property?: Json, as?: Json] {
  if (!Array.isArray(step)) return []
  if (step[0] === makeReferenceName) return [step[1] ?? null, step[2] ?? null, step[3] ?? null]
  const [name, as = null, value] = step
  if (name !== addName || !Array.isArray(value) || value[0] !== identifierName || value.length !== 3) return []
  const columns = sourceColumns(value[2] ?? null)
  return columns === null || columns.length !== 1 ? [] : [value[1] ?? null, columns[0] ?? null, as]
}

/** Where an expression looks besides the record: into other datasets by a hop, or into rules of its own; null where it does not. */
export function elsewhere(expression: Json): 'hop' | 'rules' | null {
  if (!Array.isArray(expression)) return null
  const [name = null] = expression
  if (lookupNames.includes(name)) return name === applies && !isObject(expression.at(-1) ?? null) ? 'rules' : 'hop'
  return expression.map(elsewhere).find((found) => found !== null) ?? null
}

/** An expression with each path in it as a function says; null where one of them is null. */
export function withPaths(expression: Json, pathAs: (path: string) => string | null): Json | null {
  if (typeof expression === 'string') return /^_[A-Z]?\./.test(expression) ? pathAs(expression) : expression
  if (isObject(expression)) return null
  if (!Array.isArray(expression)) return expression
  const parts = expression.map((part) => (part === null ? part : withPaths(part, pathAs)))
  return parts.some((part, index) => part === null && expression[index] !== null) ? null : parts
}

/** The properties of the record that an expression reads; null where it reads anything else. */
export function sourceColumns(expression: Json): readonly string[] | null {
  if (typeof expression === 'string') {
    const column = /^_S\.([A-Za-z]\w*)$/.exec(expression)?.[1]
    if (column !== undefined) return [column]
    return /^_[A-Z.]/.test(expression) ? null : []
  }
  if (isObject(expression)) return null
  if (!Array.isArray(expression)) return []
  const [name, ...args] = expression
  if (typeof name !== 'string' || lookupNames.includes(name)) return null
  const parts = args.map(sourceColumns)
  return parts.some((part) => part === null) ? null : [...new Set(parts.flatMap((part) => part ?? []))]
}

/** The property of a concept that an expression is: with its namespace, or plain where the records have none. */
export function goldenName(concept: string, expression: Json): string | null {
  if (typeof expression !== 'string') return null
  const match = /^_S\.(?:global-([^:.]+):)?([A-Za-z][\w-]*)$/.exec(expression)
  return match === null || (match[1] !== undefined && match[1] !== concept) ? null : (match[2] ?? null)
}

/** An expression over properties of a concept that a global pipe has made before; null where it reads anything else. */
export function goldenExpression(
  concept: string,
  expression: Json,
  properties: ReadonlyMap<string, unknown> | undefined,
): Json | null {
  return withPaths(expression, (path) => {
    const name = /^_T\./.test(path) ? goldenName(concept, path.replace('_T.', '_S.')) : null
    return name !== null && properties?.has(name) === true ? `_S.${name}` : null
  })
}

/** A condition on the properties of a concept by their plain names; null where it reads anything else. */
export function goldenCondition(
  concept: string,
  expression: Json,
  properties: ReadonlyMap<string, unknown> | undefined,
): Json | null {
  if (typeof expression === 'string' && expression.startsWith('_')) {
    const name = goldenName(concept, expression)
    return name !== null && properties?.has(name) === true ? `_S.${name}` : null
  }
  if (isObject(expression)) return null
  if (!Array.isArray(expression)) return expression
  const [name, ...args] = expression
  if (typeof name !== 'string' || lookupNames.includes(name)) return null
  const parts = args.map((each) => goldenCondition(concept, each, properties))
  return parts.every((part, index) => part !== null || args[index] === null) ? [name, ...parts] : null
}

/** Whether a pipe holds the records of a concept: those of datasets that it merges, or of the one that it reads. */
export function isGlobal(id: string, config: JsonObject): boolean {
  const isMarked = get(objectIn(config, 'metadata'), 'global') === true || id.startsWith('global-')
  return isMarked && mergedIn(config).length > 0
}

/** The datasets that a pipe merges, with the names that they have in its rules; of one dataset that one. */
export function mergedIn(config: JsonObject): { dataset: string; alias: string }[] {
  const source = objectIn(config, 'source')
  const only = get(source, 'dataset')
  if (!mergesDatasets(config)) return typeof only === 'string' ? [{ dataset: only, alias: only }] : []
  return listUnder(source, 'datasets').flatMap((each) => {
    const [dataset, alias = dataset] = typeof each === 'string' ? each.split(/\s+/) : []
    return dataset === undefined || alias === undefined ? [] : [{ dataset, alias }]
  })
}

/** The steps of the default rule of a pipe, with their places. */
export function stepsOf(config: JsonObject): (readonly [JsonPath, Json])[] {
  const given = get(config, 'transform')
  const transforms = Array.isArray(given) ? given : given === undefined ? [] : [given]
  return transforms.flatMap((each, index) => {
    if (!isObject(each) || get(each, 'type') !== DEFAULT_TRANSFORM) return []
    const at: JsonPath = Array.isArray(given) ? ['transform', index] : ['transform']
    const steps = listUnder(objectIn(each, 'rules'), 'default')
    return steps.map((step, place) => [[...at, 'rules', 'default', place], step] as const)
  })
}

/** The properties that a step gives all of several values: of a list, or of dicts; null where it is no such step. */
export function unitedProperties(step: Json): readonly (readonly [property: string, value: Json])[] | null {
  if (!Array.isArray(step)) return null
  const [name, given = null, value = null] = step
  if (name === addName && Array.isArray(value) && collectNames.includes(value[0] ?? null))
    return value.slice(1).map((each) => [String(given), each] as const)
  if (name !== mergeUnionName || step.length !== 2) return null
  const dicts = Array.isArray(given) && given[0] === listName ? given.slice(1) : [given]
  const pairs = dicts.map((each) => {
    const [name, ...args] = Array.isArray(each) ? each : []
    const keys = args.filter((_, at) => at % 2 === 0)
    if (name !== dictName || args.length % 2 === 1 || !keys.every((key) => typeof key === 'string')) return null
    return keys.map((key, at) => [String(key), args[at * 2 + 1] ?? null] as const)
  })
  return pairs.length === 0 || pairs.includes(null) ? null : pairs.flatMap((each) => each ?? [])
}

/** The values of which the first one wins, in order. */
export function goldenValues(expression: Json): readonly Json[] {
  if (!Array.isArray(expression)) return [expression]
  const [name, ...args] = expression
  if (!coalesceNames.includes(name ?? null)) return [expression]
  const [only] = args
  return args.length === 1 && Array.isArray(only) && only[0] === listName ? only.slice(1) : args
}
