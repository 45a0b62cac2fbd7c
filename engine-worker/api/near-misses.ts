/**
 * What a join nearly found for an entity: values of the other side that are the same but for their type, their capitals,
 * spaces and punctuation, or a slip of the finger. Only plain properties are compared.
 */
import { editDistance } from '../dtl/nearest.ts'
import { get } from '../entity/dict.ts'
import { printValue, readEntity } from '../entity/transit.ts'
import type { Entity, Json, Value } from '../entity/value.ts'
import type { DatasetStore } from '../storage/store.ts'
import { capability } from './capability.ts'
import { entitiesOf } from './key-matches.ts'

/** Asks what is closest to an entity in a dataset, by the pairs of expressions about `_S` that a join compares. */
interface NearMissRequest {
  /** The entity as transit text. */
  readonly entity: string
  readonly dataset: string
  readonly pairs: readonly (readonly [Json, Json])[]
}

/** An entity that was nearly found. */
export interface NearMiss {
  readonly id: string
  /** The properties that were compared, and their values as transit text. */
  readonly property: readonly [ours: string, theirs: string]
  readonly ours: string
  readonly theirs: string
  readonly how: 'type' | 'form' | 'similar'
}

const MOST = 5
/** In shorter texts a slip makes another word. */
const SHORTEST = 4

/** The entities that a join nearly found, the closest first. */
export const nearMisses = capability('nearMisses', 'draft', (request: NearMissRequest, { host }) =>
  nearMissesIn(host.current().store, request),
)

/** The near misses in a store. */
export async function nearMissesIn(store: DatasetStore, request: NearMissRequest): Promise<readonly NearMiss[]> {
  const entity = readEntity(request.entity)
  const { entities } = await entitiesOf(store, { dataset: request.dataset })
  const found: { readonly miss: NearMiss; readonly distance: number }[] = []
  for (const [left, right] of request.pairs) {
    const [from, to] = [propertyOf(left), propertyOf(right)]
    if (from === null || to === null) continue
    const wanted = valuesOf(entity, from)
    for (const other of entities) {
      for (const theirs of valuesOf(other, to)) {
        for (const ours of wanted) {
          const near = nearnessOf(ours, theirs)
          if (near === null) continue
          const values = { ours: printValue(ours), theirs: printValue(theirs) }
          const id = typeof other._id === 'string' ? other._id : ''
          found.push({ miss: { id, property: [from, to], ...values, how: near.how }, distance: near.distance })
        }
      }
    }
  }
  return found
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST)
    .map(({ miss }) => miss)
}

/** The property that an expression is; null for anything else. */
function propertyOf(expression: Json): string | null {
  return typeof expression === 'string' ? (/^_S\.([^.]+)$/.exec(expression)?.[1] ?? null) : null
}

function valuesOf(entity: Entity, property: string): readonly Value[] {
  const value = get(entity, property) ?? null
  return (Array.isArray(value) ? value : [value]).filter((each) => each !== null && each !== '')
}

/** How two values differ where they nearly agree, 0 for a difference of the type alone; null where they agree, or do not. */
function nearnessOf(a: Value, b: Value): { readonly how: NearMiss['how']; readonly distance: number } | null {
  const [here, there] = [plainText(a), plainText(b)]
  if (here === there) return printValue(a) === printValue(b) ? null : { how: 'type', distance: 0 }
  const [folded, other] = [fold(here), fold(there)]
  if (folded !== '' && folded === other) return { how: 'form', distance: 1 }
  if (Math.min(folded.length, other.length) < SHORTEST) return null
  const most = folded.length >= 9 ? 2 : 1
  if (Math.abs(folded.length - other.length) > most) return null
  const edits = editDistance(folded, other, most + 1)
  return edits <= most ? { how: 'similar', distance: 1 + edits } : null
}

/** A value as people write it, without what says its type. */
function plainText(value: Value): string {
  return typeof value === 'string' ? value : printValue(value).replace(/^"(?:~.)?(.*)"$/s, '$1')
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
