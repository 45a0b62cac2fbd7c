/**
 * From generated pipes back to the model: `metadata.model` of a component names the part of the model that made it, and
 * the steps of its rules name the properties. A problem in a generated pipe so points at the model.
 */
import { get } from '../entity/dict.ts'
import { printJson } from '../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import type { Problem } from '../problem.ts'
import { call } from './calls.ts'
import type { GeneratedComponent } from './generate/composite.ts'
import { outermostColumn, planOf } from './generate/plan.ts'
import { storedName } from './generate/plan-names.ts'
import type { Model } from './model.ts'
import { partOfModel } from './regenerate.ts'

/** The place in the model of the part that made a component, or a place inside it; null for what no model made. */
export function modelPlace(model: Model, config: JsonObject, path: JsonPath = []): JsonPath | null {
  const part = partPlace(model, partOfModel(config))
  if (part === null) return null
  const given = givenPlace(model, part, path)
  if (given !== null) return given
  for (let length = path.length; length > 0; length--) {
    const inside = placeInside(model, part, valueAt(config, path.slice(0, length)), path.slice(length))
    if (inside !== null) return inside
  }
  return part
}

/** Problems of generated components, each at the place in the model that made what is wrong. */
export function problemsInModel(
  model: Model,
  generated: readonly GeneratedComponent[],
  problems: readonly Problem[],
  file: string,
): Problem[] {
  const byId = new Map(generated.map(({ id, config }) => [id, config]))
  const byFile = new Map(generated.map(({ file: name, config }) => [name, config]))
  return problems.map((found) => {
    const { pipe = '', system = '', file: name = '', path, line, column, ...rest } = found.where
    const config = byId.get(pipe) ?? byId.get(system) ?? byFile.get(name)
    const place = config === undefined ? null : modelPlace(model, config, path)
    if (place === null) return found
    return { ...found, where: { ...rest, ...(pipe === '' ? {} : { pipe }), file, path: place } }
  })
}

/** The place of a part that is named: mappings are a list in the model. */
function partPlace(model: Model, [kind, name = '', ...rest]: readonly string[]): JsonPath | null {
  if (kind === undefined) return null
  if (kind === 'pipes') return [kind]
  if (kind === 'mappings') {
    const index = model.mappings.findIndex((each) => each.name === name)
    return index < 0 ? null : [kind, index]
  }
  if (kind === 'tables') {
    const concept = Object.entries(model.concepts).find(([, { overrides }]) => overrides?.table === name)
    if (concept !== undefined) return ['concepts', concept[0], 'overrides']
    const tables = model.mappings.map(({ members, written }) => [members?.table, written?.table])
    const index = tables.findIndex((each) => each.includes(name))
    return index < 0 ? null : ['mappings', index, tables[index]?.[0] === name ? 'members' : 'written']
  }
  return [kind, name, ...rest]
}

/** The place of what the model gives as it is: how a system is reached, a source, a sink. */
function givenPlace(model: Model, part: JsonPath, path: JsonPath): JsonPath | null {
  const [kind, name] = part
  const [where, inside] = path
  if (kind === 'systems' && part.length === 2) return path.length === 0 ? null : [...part, 'config', ...path]
  if (kind === 'systems' && where === 'source')
    return [...part, 'source', ...path.slice(inside === 'alternatives' ? 3 : 1)]
  const mapping = kind === 'mappings' && where === 'sink' ? model.mappings[Number(name)] : undefined
  if (mapping === undefined) return null
  return ['systems', mapping.system, 'datatypes', mapping.datatype, ...path]
}

function valueAt(config: Json, path: JsonPath): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)]
    return isObject(value) ? get(value, String(key)) : undefined
  }, config)
}

/** The place of what a piece of a rule is made of: an expression of the model, or a property that is added. */
function placeInside(model: Model, part: JsonPath, piece: Json | undefined, rest: JsonPath): JsonPath | null {
  if (!Array.isArray(piece)) return null
  const expression = expressionsOf(model, part).find(([, dtl]) => isMadeOf(piece, dtl))
  if (expression !== undefined) return [...expression[0], ...rest]
  const [name, property] = piece
  const adds = [call.add(), call.addIf()].some(([each]) => each === name)
  if (!adds || typeof property !== 'string') return null
  return propertyPlace(model, part, property)
}

/** Whether a piece of a rule is an expression of the model; each property that it names is read somewhere. */
function isMadeOf(piece: Json | undefined, dtl: Json): boolean {
  if (piece === undefined) return false
  if (typeof dtl === 'string' && dtl.startsWith('_S.')) return true
  if (!Array.isArray(dtl) || !Array.isArray(piece)) return printJson(piece) === printJson(dtl)
  return dtl.length === piece.length && dtl.every((part, index) => isMadeOf(piece[index], part))
}

/** The expressions in DTL of a part, with their places. */
function expressionsOf(model: Model, part: JsonPath): (readonly [JsonPath, Json])[] {
  const [kind, name] = part
  const dtl = (path: JsonPath, given: unknown): (readonly [JsonPath, Json])[] =>
    Array.isArray(given) ? [[path, given]] : []
  if (kind === 'concepts') {
    const concept = model.concepts[String(name)]
    return Object.entries(concept?.properties ?? {}).flatMap(([property, declared]) =>
      (['expression', 'default_expression'] as const).flatMap((key) =>
        dtl([...part, 'properties', property, key], declared[key]),
      ),
    )
  }
  const mapping = kind === 'mappings' ? model.mappings[Number(name)] : undefined
  if (mapping === undefined) return []
  return [
    ...(['filter', 'share_filter'] as const).flatMap((key) => dtl([...part, key], mapping[key])),
    ...mapping.properties.flatMap((each, index) =>
      (['in', 'out', 'compare'] as const).flatMap((key) => dtl([...part, 'properties', index, key], each[key])),
    ),
  ]
}

/** The place of a property by the name under which a generated step adds it. */
function propertyPlace(model: Model, part: JsonPath, added: string): JsonPath | null {
  const [kind, name] = part
  const local = added.slice(added.lastIndexOf(':') + 1).replace(/-ni$/, '')
  if (kind === 'concepts') {
    const known = Object.keys(model.concepts[String(name)]?.properties ?? {})
    const property = known.find((each) => each === local || added.endsWith(`:${each}`))
    return property === undefined ? null : [...part, 'properties', property]
  }
  const mapping = kind === 'mappings' ? model.mappings[Number(name)] : undefined
  if (mapping === undefined) return null
  const slug = planOf(model).mappings.find((each) => each.mapping === mapping)?.slug ?? ''
  const isRead = added.startsWith(`${slug}:`)
  const index = mapping.properties.findIndex((each) =>
    isRead ? each.to === added.slice(slug.length + 1) : storedName(outermostColumn(each) ?? '') === added,
  )
  return index < 0 ? null : [...part, 'properties', index]
}
