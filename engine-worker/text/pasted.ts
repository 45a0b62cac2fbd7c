/**
 * What a pasted text is. People paste pipes, whole lists of components, rules out of a pipe, single steps and entities;
 * each can be put in another place.
 */

import { entriesOf } from '../entity/entries.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import type { Problem } from '../problem.ts'
import { idOf, parsedForEditing } from './read-file.ts'

type Pasted =
  /** Pipes, systems and metadata: objects with a `_id` and a `type`. */
  | { readonly is: 'components'; readonly components: readonly JsonObject[] }
  /** A dict of DTL rules. */
  | { readonly is: 'rules'; readonly rules: JsonObject }
  /** DTL steps: `["add", "name", "_S.n"]`, or a list of them. */
  | { readonly is: 'steps'; readonly steps: readonly Json[] }
  /** A stage: a source, transform, sink or pump, or a list of transforms. */
  | { readonly is: 'stages'; readonly stages: readonly JsonObject[] }
  /** Entities: objects with a `_id` that have no component's type. */
  | { readonly is: 'entities'; readonly entities: readonly JsonObject[] }
  /** JSON of another sort. */
  | { readonly is: 'json'; readonly value: Json }
  | { readonly is: 'broken'; readonly problem: Problem }

/** Recognises a pasted text by its shape. */
export function readPasted(text: string): Pasted {
  const read = parsedForEditing(text.trim())
  if ('problem' in read) return { is: 'broken', problem: read.problem }
  const { value } = read
  const items = Array.isArray(value) ? value : [value]
  const objects = items.filter((item) => isObject(item))
  if (items.length > 0 && objects.length === items.length) {
    if (objects.every(isComponent)) return { is: 'components', components: objects }
    if (objects.every((item) => idOf(item) !== null)) return { is: 'entities', entities: objects }
    if (objects.every((item) => typeof ownType(item, 'type') === 'string')) return { is: 'stages', stages: objects }
    const only = objects[0]
    if (!Array.isArray(value) && only && isRules(only)) return { is: 'rules', rules: only }
  }
  if (isStep(value)) return { is: 'steps', steps: [value] }
  if (Array.isArray(value) && value.length > 0 && value.every(isStep)) return { is: 'steps', steps: value }
  return { is: 'json', value }
}

function isComponent(object: JsonObject): boolean {
  const type = ownType(object, 'type')
  return idOf(object) !== null && typeof type === 'string' && /^(pipe|metadata|system:.+)$/.test(type)
}

function isRules(object: JsonObject): boolean {
  const rules = entriesOf(object)
  return rules.length > 0 && rules.every(([, steps]) => Array.isArray(steps) && steps.every(isStep))
}

function isStep(value: Json): boolean {
  return Array.isArray(value) && typeof value[0] === 'string'
}

function ownType(object: JsonObject, key: 'type'): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}
