/**
 * Walking a path through a value, compiled once per path. The common case, a dict with the property, takes one look at
 * the property; lists, namespaces and names that JavaScript objects inherit take the longer way.
 */
import { get } from '../../entity/dict.ts'
import { canonical } from '../../entity/order.ts'
import { type Dict, isDict, type Value } from '../../entity/value.ts'
import type { Carriers, Namespaces } from '../evaluation.ts'
import { propertiesFinder, readName } from '../namespace.ts'

/** Walks from a value; `undefined` where nothing was found. */
export type CompiledWalk = (value: Value) => Value | undefined

/** Compiles the walk along segments; none of them gives the value itself. */
export function compileWalk(segments: readonly string[], namespaces: Namespaces): CompiledWalk {
  const [first, ...rest] = segments
  if (first === undefined) return (value) => value
  const step = stepInto(first, namespaces)
  if (rest.length === 0) return step
  const further = compileWalk(rest, namespaces)
  return (value) => {
    const found = step(value)
    return found === undefined ? undefined : further(found)
  }
}

/** One step: into the property of a dict, or of every dict of a list. */
function stepInto(segment: string, namespaces: Namespaces): CompiledWalk {
  const name = readName(segment, namespaces)
  if ('exact' in name)
    return isPlainName(name.exact) ? plainStep(name.exact) : mapDicts((dict) => get(dict, name.exact))
  const { identifier } = name
  const anywhere = mapDicts(anyNamespace(identifier))
  if (!isReserved(identifier)) return anywhere
  // `_id`, `_deleted`, `$ids`, … are not put into namespaces, so the property itself is what is meant.
  const exact = isPlainName(identifier) ? plainStep(identifier) : mapDicts((dict) => get(dict, identifier))
  return (value) => exact(value) ?? anywhere(value)
}

function isReserved(name: string): boolean {
  return name.startsWith('_') || name.startsWith('$')
}

/** The properties that carry the identifier, in whichever namespace. */
function anyNamespace(identifier: string): (dict: Dict) => Value | undefined {
  const namesIn = propertiesFinder(identifier)
  return (dict) => propertyStep(dict, namesIn(dict))
}

/** The value of one property, or the union of several, in property order (dtl-functions-dictionaries.rst, path). */
export function propertyStep(dict: Dict, names: Carriers): Value | undefined {
  if (names === null) return undefined
  if (typeof names === 'string') return dict[names]
  const all: Value[] = []
  for (const name of names) {
    const value = dict[name] ?? null
    if (Array.isArray(value)) for (const each of value) all.push(each)
    else if (value !== null) all.push(value)
  }
  return distinctValues(all)
}

/** A name that plain objects do not inherit: then `object[name]` is enough to know whether the data has it. */
function isPlainName(name: string): boolean {
  return !(name in Object.prototype) && !(name in Array.prototype) && !classFields.has(name) && !/^\d/.test(name)
}

const classFields = new Set(['value', 'text', 'data', 'seconds', 'nanos', 'days'])

/** The property that a segment always means, when looking at `object[name]` alone tells; otherwise null. */
export function plainName(segment: string, namespaces: Namespaces): string | null {
  const name = readName(segment, namespaces)
  return 'exact' in name && isPlainName(name.exact) ? name.exact : null
}

function plainStep(name: string): CompiledWalk {
  return (value) => {
    if (typeof value !== 'object' || value === null) return undefined
    const found = (value as Dict)[name]
    if (found !== undefined) return found
    return Array.isArray(value) ? plainList(value, name) : undefined
  }
}

function plainList(list: readonly Value[], name: string): Value | undefined {
  let results: Value[] | undefined
  for (let i = 0; i < list.length; i++) {
    const item = list[i]
    if (typeof item !== 'object' || item === null) continue
    let found = (item as Dict)[name]
    if (found === undefined) {
      if (!Array.isArray(item)) continue
      found = plainList(item, name)
      if (found === undefined) continue
    }
    results ??= []
    if (Array.isArray(found)) for (const one of found) results.push(one)
    else results.push(found)
  }
  return results
}

function mapDicts(read: (dict: Dict) => Value | undefined): CompiledWalk {
  const into: CompiledWalk = (value) => {
    if (isDict(value)) return read(value)
    if (!Array.isArray(value)) return undefined
    let results: Value[] | undefined
    for (const item of value) {
      const found = into(item)
      if (found === undefined) continue
      results ??= []
      if (Array.isArray(found)) for (const one of found) results.push(one)
      else results.push(found)
    }
    return results
  }
  return into
}

/** The values without repetitions, in order. */
function distinctValues(values: readonly Value[]): Value[] {
  const seen = new Set<string>()
  return values.filter((value) => {
    const key = canonical(value)
    return seen.has(key) ? false : seen.add(key)
  })
}
