/**
 * Whether a transform surely leaves a property of the entity as it is. Used to decide whether a join key further down
 * the chain is still the source dataset's own (cuts.ts). In doubt the answer is no: a cut too many gives the same data.
 *
 * Surely kept is: everything by transforms that only validate; `_id` unless a rule writes it; and what a DTL rule copies
 * with a plain pattern at its top level while no step of it, at any depth, may write a property of that name (in any
 * namespace) or does something whose property names are computed. Rules that create other entities keep nothing.
 */

import { wildcard } from '../dtl/wildcard.ts'
import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'

/** Whether the transform surely leaves the property as it is. */
export function keeps(transform: JsonObject, property: string): boolean {
  const type = get(transform, 'type')
  if (type === 'json_schema_validation') return true
  const rules = get(transform, 'rules')
  if (type !== 'dtl' || !isObject(rules)) return false
  const steps = get(rules, 'default')
  if (!Array.isArray(steps) || property.startsWith('$')) return false
  return copies(steps, property) && steps.every((step) => leavesAlone(step, property))
}

function copies(steps: readonly Json[], property: string): boolean {
  return property === '_id' || steps.some((step) => isCopy(step) && copied(step, property))
}

function isCopy(step: Json): step is Json[] {
  return Array.isArray(step) && step[0] === 'copy'
}

function copied(step: readonly Json[], property: string): boolean {
  return matches(step[1], property) && !mayMatch(step[2], property)
}

/** Null where names or patterns are computed. */
function patterns(json: Json | undefined): string[] | null {
  const items = Array.isArray(json) && json[0] === 'list' ? json.slice(1) : [json]
  const plain = items.every((item) => typeof item === 'string' && !/^_([STPRB]|)\./.test(item))
  return plain ? items.map(String) : null
}

function matches(json: Json | undefined, property: string): boolean {
  return patterns(json)?.some((pattern) => wildcard(pattern)(property)) ?? false
}

/** In doubt it may; names are compared without namespaces. */
function mayMatch(json: Json | undefined, property: string): boolean {
  if (json === undefined) return false
  const all = patterns(json)
  return all === null || all.some((pattern) => wildcard(local(pattern))(local(property)))
}

function local(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1)
}

const HARMLESS = new Set(['comment', 'copy', 'filter', 'discard', 'fail!', 'trip!', 'sleep!', 'create-child'])
const WRITES_FIRST = new Set(['add', 'add-if', 'default', 'remove'])

/** Without a third argument `make-ni` writes the property with `-ni` at its end. */
function suffixed(property: Json | undefined): Json {
  return typeof property === 'string' ? `${property}-ni` : ['computed']
}

function leavesAlone(step: Json, property: string): boolean {
  if (!Array.isArray(step)) return false
  const [head, first, second, third] = step
  if (Array.isArray(head)) return step.every((item) => leavesAlone(item, property))
  if (typeof head !== 'string') return step.length === 0
  if (head === 'copy') return copied(step, property) || !mayMatch(first, property) || property === '_id'
  if (HARMLESS.has(head)) return true
  if (head === 'if') return step.slice(2).every((branch) => leavesAlone(branch, property))
  if (head === 'case' || head === 'case-eq') return false
  if (head === 'rename') return !mayMatch(second, property)
  if (head === 'make-ni') return !mayMatch(third ?? suffixed(second), property)
  // A wildcard never removes the _id (dtl/pattern.ts).
  if (head === 'remove' && property === '_id') return patterns(first)?.every((pattern) => pattern !== '_id') ?? false
  if (WRITES_FIRST.has(head)) return !mayMatch(first, property)
  return false
}
