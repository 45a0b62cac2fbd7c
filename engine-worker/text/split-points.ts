/**
 * Where Sesam needs several pipes for one composite pipe, and why. The rules are those of the documentation's own
 * limitations: "Caveats" (dtl/caveats.rst), "Dependency tracking" (features/dependency-tracking.rst) and "Emit children
 * transform"; expand.ts splits at these places, and the canvas marks them.
 */

import { kindOfPart, nestedParts } from '../config/model/nested.ts'
import type { FunctionTable } from '../dtl/tree/functions.ts'
import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import { declaredParts, PARTS } from './declared-parts.ts'
import { preservesProperty } from './preserves-property.ts'
import { type TrackedJoin, trackedJoins } from './tracked-joins.ts'

/** Why a chain is split. */
type SplitReason =
  | 'source-not-tracked'
  | 'namespaces-added'
  | 'children-before'
  | 'children-after'
  | 'key-changed'
  | 'declared'

/** One place where a chain is split. */
export interface SplitPoint {
  /** The transform, by its place in the chain, that begins the next part. */
  readonly before: number
  readonly reason: SplitReason
  /** What the reason is about: a type of source, or the key of a join; empty where there is nothing to name. */
  readonly about: string
  /** The reason in one plain sentence. */
  readonly words: string
  /** The place of the function or stage that needs the split, below the pipe. */
  readonly path: JsonPath
}

/** The transforms of a pipe as a list. */
export function transformsOf(pipe: JsonObject): Json[] {
  const transform = get(pipe, 'transform')
  if (Array.isArray(transform)) return transform
  return transform === undefined || transform === null ? [] : [transform]
}

/** Where the pipe is split, in order; several reasons may name the same place. Empty when it is one plain pipe. */
export function splitPoints(pipe: JsonObject, functions: FunctionTable): SplitPoint[] {
  const stages = transformsOf(pipe).map((transform) => (isObject(transform) ? transform : {}))
  const joins = stages.map((stage) => trackedJoins(stage, functions))
  const list = Array.isArray(get(pipe, 'transform'))
  const place = (stage: number, below: JsonPath = []): JsonPath => ['transform', ...(list ? [stage] : []), ...below]
  const found = splitAfterSource(pipe, stages, joins, place)
  let start = 0
  let readsDataset = isDatasetSource(pipe) || found.length > 0
  for (const [stage, transform] of stages.entries()) {
    const cut = splitBetween(stages.slice(start, stage), transform, joins[stage] ?? [], readsDataset, functions)
    if (!cut) continue
    const path = place(cut.reason === 'children-after' ? stage - 1 : stage, cut.join?.path)
    found.push({ before: stage, ...withWords(cut.reason, cut.about), path })
    start = stage
    readsDataset = true
  }
  for (const { name, before } of declaredParts(pipe, stages.length))
    found.push({ before, ...withWords('declared', name), path: ['metadata', PARTS] })
  return found.sort((a, b) => a.before - b.before)
}

/** Rules 2 and 3: what stands between the transforms of a part so far and the next one. */
function splitBetween(
  earlier: readonly JsonObject[],
  transform: JsonObject,
  joins: readonly TrackedJoin[],
  readsDataset: boolean,
  functions: FunctionTable,
): { reason: SplitReason; about?: string; join?: TrackedJoin } | null {
  const last = earlier.at(-1)
  if (last && emitsChildren(last)) return { reason: 'children-after' }
  if (emitsChildren(transform)) return last || !readsDataset ? { reason: 'children-before' } : null
  for (const join of joins) {
    const key = lostKey(join, earlier, functions)
    if (key !== null) return { reason: 'key-changed', about: key, join }
  }
  return null
}

/** Rules 1 and 4: tracked joins need a dataset source whose entities are not rewritten on the way in. */
function splitAfterSource(
  pipe: JsonObject,
  stages: readonly JsonObject[],
  joins: readonly (readonly TrackedJoin[])[],
  place: (stage: number, below: JsonPath) => JsonPath,
): SplitPoint[] {
  const joining = joins.findIndex((tracked) => tracked.length > 0)
  const emitting = stages.findIndex(emitsChildren)
  // Behind emit_children a part of its own begins anyway.
  if (joining < 0 || (emitting >= 0 && emitting < joining)) return []
  const path = place(joining, joins[joining]?.[0]?.path ?? [])
  const splitAtSource = (reason: SplitReason, about?: string): SplitPoint => ({
    before: 0,
    ...withWords(reason, about),
    path,
  })
  return [
    ...(isDatasetSource(pipe) ? [] : [splitAtSource('source-not-tracked', sourceTypes(pipe).join(', '))]),
    ...(get(pipe, 'add_namespaces') === true ? [splitAtSource('namespaces-added')] : []),
  ]
}

const withWords = (reason: SplitReason, about = '') => ({ reason, about, words: reasonWords[reason](about) })

const reasonWords: Readonly<Record<SplitReason, (about: string) => string>> = {
  'source-not-tracked': (type) =>
    `Sesam follows changes of joined datasets only when the source is a dataset; here it is ${type || 'another source'}.`,
  'namespaces-added': () =>
    'Sesam looks joined entities up in the source dataset as it is, before namespaces are added to it.',
  'children-before': () =>
    'Sesam finds deleted children only when emit_children has a pipe of its own that reads the parents from a dataset.',
  'children-after': () => 'Sesam finds deleted children only when emit_children is alone in its pipe.',
  declared: (name) => `What comes before is a pipe of its own by the documented patterns: ${name}.`,
  'key-changed': (key) =>
    `Sesam looks for the entities to process again in the source dataset, where ${key || 'the join key'} may differ from what this step joins on.`,
}

/** The first key of the join that an earlier transform may change ('' where it is not known), or null. */
function lostKey(join: TrackedJoin, earlier: readonly JsonObject[], functions: FunctionTable): string | null {
  if (earlier.length === 0) return null
  for (const key of join.keys) {
    if (key === null) return ''
    if (!earlier.every((transform) => preservesProperty(transform, key, functions))) return key
  }
  return null
}

/** Whether the transform puts out children, or may do so in one of its alternatives. */
export function emitsChildren(transform: JsonObject): boolean {
  if (kindOfPart('transform', transform)?.emitsChildren === true) return true
  return nestedParts('transform', transform).some(({ part }) => emitsChildren(part))
}

function isDatasetSource(pipe: JsonObject): boolean {
  const sources = sourcesOf(pipe)
  return sources.length > 0 && sources.every((source) => kindOfPart('source', source)?.dependencyTracking === true)
}

/** The types of source the pipe may have: one, or those of a conditional source's alternatives. */
function sourceTypes(pipe: JsonObject): string[] {
  const types = sourcesOf(pipe).map((source) => get(source, 'type'))
  return [...new Set(types.filter((type) => typeof type === 'string'))]
}

function sourcesOf(pipe: JsonObject): readonly JsonObject[] {
  const source = get(pipe, 'source')
  if (!isObject(source)) return []
  const nested = nestedParts('source', source)
  return nested.length > 0 ? nested.map(({ part }) => part) : [source]
}
