/**
 * How the values of two sides of a join match: which entities of one have a match in the other, and which properties
 * would make a join at all. Counts are of the entities that were looked at, never estimates.
 */

import { compileIndex } from '../dtl/compile/compile.ts'
import { keysOfValue } from '../dtl/compile/join-index.ts'
import type { Namespaces } from '../dtl/evaluation.ts'
import { fillConversion } from '../dtl/syntax.ts'
import { readEntity } from '../entity/transit.ts'
import type { Entity, Json, Value } from '../entity/value.ts'
import { keyForms } from '../ingest/key-forms.ts'
import { Fault } from '../problem.ts'
import type { DatasetStore } from '../storage/store.ts'
import { capability } from './capability.ts'

/** One side of a join: a dataset, or entities as transit text. */
export type OverlapSide = { readonly dataset: string } | { readonly entities: readonly string[] }

/** Asks how the values of two sides meet. */
export interface OverlapRequest {
  /** The pipe whose namespaces count. */
  readonly pipe: string
  readonly left: OverlapSide
  readonly right: OverlapSide
  /** Expressions about `_S` on either side; absent: the engine looks for properties whose values meet. */
  readonly pairs?: readonly (readonly [Json, Json])[]
}

/** How often a pair of expressions meets. */
export interface Overlap {
  readonly pair: readonly [Json, Json]
  /** Template that normalizes both sides where that gives more matches (`fillTemplate`); "_." where none is needed. */
  readonly fold: Json
  /** The index of the fold among those that are declared; 0 is unchanged. */
  readonly form: number
  /** Entities of the left side that have a match, of so many that were looked at. */
  readonly matched: number
  readonly of: number
  /** The most matches that one has. */
  readonly most: number
  /** `_id`s of entities that match. */
  readonly examples: readonly { readonly left: string; readonly right: string }[]
  /** Whether all entities of both sides were looked at. */
  readonly complete: boolean
}

/** The most entities of each side that are looked at. */
const MAX_ENTITIES = 20_000
/** The most suggestions that are given. */
const MAX_SUGGESTIONS = 6
const MAX_EXAMPLES = 3
/** A property with fewer different values than this does not identify anything. */
const MIN_MATCHES = 2

interface SampledEntities {
  readonly entities: readonly Entity[]
  /** Whether they are all that there are. */
  readonly all: boolean
}

/** How often values of two sides are equal, for joins and merges; pairs are suggested where none are given. */
export const overlaps = capability('overlaps', 'draft', (request: OverlapRequest, { host }) =>
  keyMatches(host.current().store, host.namespacesOf(request.pipe), request),
)

/** The entities of the right side that a pair of expressions about `_S` joins to an entity; none where it is no key. */
export function matchesOf(
  entity: Entity,
  right: readonly Entity[],
  pair: readonly [Json, Json],
  namespaces: Namespaces,
): readonly Entity[] {
  const [from, to] = pair.map((dtl) => compileIndex(dtl, '_S', { namespaces }).index)
  if (!from || !to) return []
  const keys = new Set(from.keysOf(entity))
  return keys.size === 0 ? [] : right.filter((other) => to.keysOf(other).some((key) => keys.has(key)))
}

/** Counts matches for the pairs asked for; without pairs, for those that the data suggests, best first. */
export async function keyMatches(
  store: DatasetStore,
  namespaces: Namespaces,
  { left, right, pairs }: OverlapRequest,
): Promise<readonly Overlap[]> {
  const [from, to] = await Promise.all([entitiesOf(store, left), entitiesOf(store, right)])
  if (pairs) return pairs.flatMap((pair) => countMatches(pair, from, to, namespaces)?.overlap ?? [])
  return suggestedPairs(from.entities, to.entities).flatMap((pair) => bestForm(pair, from, to, namespaces) ?? [])
}

/** A pair of properties in the plainest form that gives nearly as many matches as any other. */
function bestForm(
  pair: readonly [Json, Json],
  left: SampledEntities,
  right: SampledEntities,
  namespaces: Namespaces,
): Overlap | null {
  const forms = keyForms.flatMap((fold, form) => {
    const sides = [fillConversion(fold, pair[0]), fillConversion(fold, pair[1])] as const
    const found = countMatches(sides, left, right, namespaces)
    return found ? [{ overlap: { ...found.overlap, pair, fold, form }, meetings: found.meetings }] : []
  })
  const most = Math.max(0, ...forms.map(({ meetings }) => meetings))
  return forms.find(({ meetings }) => meetings > 0 && meetings * 100 >= most * 98)?.overlap ?? null
}

/** The entities of a side, as many as are looked at. */
export async function entitiesOf(store: DatasetStore, side: OverlapSide): Promise<SampledEntities> {
  if ('entities' in side) return { entities: side.entities.map((text) => readEntity(text)), all: false }
  const entities: Entity[] = []
  for await (const batch of store.scan(side.dataset, { live: true })) {
    for (const entity of batch) {
      if (entities.length >= MAX_ENTITIES) return { entities, all: false }
      entities.push(entity)
    }
  }
  return { entities, all: true }
}

/** The matches of one pair of expressions; null where an expression cannot be a key of a join. */
function countMatches(
  pair: readonly [Json, Json],
  left: SampledEntities,
  right: SampledEntities,
  namespaces: Namespaces,
): { readonly overlap: Overlap; readonly meetings: number } | null {
  const keyIndexOf = (dtl: Json) => compileIndex(dtl, '_S', { namespaces })
  const [from, to] = [keyIndexOf(pair[0]), keyIndexOf(pair[1])]
  if ([...from.problems, ...to.problems].some(({ severity }) => severity === 'error')) return null
  try {
    const found = new Map<string, Entity[]>()
    for (const entity of right.entities) {
      for (const key of to.index.keysOf(entity)) {
        const known = found.get(key)
        if (known) known.push(entity)
        else found.set(key, [entity])
      }
    }
    let matched = 0
    let meetings = 0
    let most = 0
    const examples: { left: string; right: string }[] = []
    for (const entity of left.entities) {
      const hits = new Set(from.index.keysOf(entity).flatMap((key) => found.get(key) ?? []))
      if (hits.size === 0) continue
      matched++
      meetings += hits.size
      most = Math.max(most, hits.size)
      const [first] = hits
      if (first && examples.length < MAX_EXAMPLES) examples.push({ left: idOf(entity), right: idOf(first) })
    }
    const of = left.entities.length
    const overlap = { pair, fold: '_.', form: 0, matched, of, most, examples, complete: left.all && right.all }
    return { overlap, meetings }
  } catch (error) {
    if (error instanceof Fault) return null
    throw error
  }
}

/** Pairs of properties with common values, those that identify best first. */
function suggestedPairs(left: readonly Entity[], right: readonly Entity[]): readonly (readonly [Json, Json])[] {
  const holders = new Map<string, Set<string>>()
  const distinct = new Map<string, Set<string>>()
  for (const entity of right) {
    for (const [name, keys] of keysByProperty(entity)) {
      for (const key of keys) {
        addToSet(holders, key, name)
        addToSet(distinct, name, key)
      }
    }
  }
  const hits = new Map<string, number>()
  for (const entity of left) {
    for (const [name, keys] of keysByProperty(entity)) {
      const others = new Set(keys.flatMap((key) => [...(holders.get(key) ?? [])]))
      for (const other of others) {
        const pair = JSON.stringify([name, other])
        hits.set(pair, (hits.get(pair) ?? 0) + 1)
      }
    }
  }
  const scored = [...hits].flatMap(([text, matched]) => {
    const [name, other]: string[] = JSON.parse(text)
    const different = distinct.get(other ?? '')?.size ?? 0
    if (name === undefined || other === undefined || different < Math.min(MIN_MATCHES, right.length)) return []
    const score =
      (matched / Math.max(1, left.length)) * (different / Math.max(1, right.length)) + nameSimilarity(name, other)
    return [{ pair: [`_S.${pathSegment(name)}`, `_S.${pathSegment(other)}`] as const, score }]
  })
  scored.sort((a, b) => b.score - a.score)
  return scored.slice(0, MAX_SUGGESTIONS).map(({ pair }) => pair)
}

/** Equal names decide between two pairs with the same number of matches. */
function nameSimilarity(name: string, other: string): number {
  const localName = (text: string) => text.slice(text.lastIndexOf(':') + 1).toLowerCase()
  return localName(name) === localName(other) ? 0.05 : 0
}

function keysByProperty(entity: Entity): readonly (readonly [string, readonly string[]])[] {
  return Object.entries(entity).flatMap(([name, value]) => {
    if ((name.startsWith('_') && name !== '_id') || typeof value === 'boolean' || value === '') return []
    const keys = keysOfValue(bareValue(value))
    return keys.length === 0 ? [] : [[name, keys] as const]
  })
}

/** Texts, also those in a list, by their letters and digits alone. */
function bareValue(value: Value): Value {
  if (typeof value === 'string') return bareText(value)
  return Array.isArray(value) ? value.map(bareValue) : value
}

/** Letters and digits alone: values that may match in one of the forms. */
function bareText(text: string): string {
  const bare = text.toLowerCase().replace(/[^\p{L}\d]/gu, '')
  return bare === '' ? text : bare
}

function addToSet(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key)
  if (known) known.add(value)
  else map.set(key, new Set([value]))
}

function idOf(entity: Entity): string {
  return typeof entity._id === 'string' ? entity._id : ''
}

/** A property name as a segment of a path string. */
function pathSegment(name: string): string {
  return /[.']/.test(name) ? `'${name.replaceAll("'", "''")}'` : name
}
