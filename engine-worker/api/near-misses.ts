/**
 * What a join or a merge nearly found for an entity: values of the other side that are the same but for their type,
 * their capitals, spaces and punctuation, or a typing error.
 */
import { compileAlone, NO_NAMESPACES } from '../dtl/compile/compile.ts'
import { makeContext } from '../dtl/context.ts'
import type { Namespaces } from '../dtl/evaluation.ts'
import { editDistance } from '../dtl/nearest.ts'
import { parsePath } from '../dtl/tree/path.ts'
import { printJson } from '../entity/json.ts'
import { printValue, readEntity } from '../entity/transit.ts'
import type { Entity, Json, Value } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import { Fault } from '../problem.ts'
import type { DatasetStore } from '../storage/store.ts'
import { capability } from './capability.ts'
import { entitiesOf } from './key-matches.ts'

/** Asks what is closest to an entity in a dataset, by the pairs of expressions about `_S` that a join or merge compares. */
interface NearMissRequest {
  /** The pipe whose namespaces count; none where it is left out. */
  readonly pipe?: string
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

const MAX_NEAR_MISSES = 5
/** Steps that one expression may take for one entity. */
const MAX_COMPARISONS = 100_000
/** In shorter texts a typing error gives another word. */
const MIN_LENGTH = 4

/** The entities that a join nearly found, the closest first. */
export const nearMisses = capability('nearMisses', 'draft', (request: NearMissRequest, { host }) =>
  nearMissesIn(host.current().store, request, {
    environment: host.platform.environment,
    namespaces: request.pipe === undefined ? NO_NAMESPACES : host.namespacesOf(request.pipe),
  }),
)

interface KeyContext {
  readonly environment: Environment
  readonly namespaces: Namespaces
}

/** The near misses in a store. */
export async function nearMissesIn(
  store: DatasetStore,
  request: NearMissRequest,
  context: KeyContext,
): Promise<readonly NearMiss[]> {
  const entity = readEntity(request.entity)
  const { entities } = await entitiesOf(store, { dataset: request.dataset })
  const found: { readonly miss: NearMiss; readonly distance: number }[] = []
  for (const [left, right] of request.pairs) {
    const [from, to] = [keyOf(left, context), keyOf(right, context)]
    const wanted = from.valuesOf(entity)
    if (wanted.length === 0) continue
    for (const other of entities) {
      for (const theirs of to.valuesOf(other)) {
        for (const ours of wanted) {
          const near = nearnessOf(ours, theirs)
          if (near === null) continue
          const values = { ours: printValue(ours), theirs: printValue(theirs) }
          const id = typeof other._id === 'string' ? other._id : ''
          found.push({
            miss: { id, property: [from.name, to.name], ...values, how: near.how },
            distance: near.distance,
          })
        }
      }
    }
  }
  return found
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_NEAR_MISSES)
    .map(({ miss }) => miss)
}

interface ComparedKey {
  /** The property that it reads first, or the expression itself. */
  readonly name: string
  readonly valuesOf: (entity: Entity) => readonly Value[]
}

/** The value of an expression about `_S`; nothing for an entity for which it fails. */
function keyOf(dtl: Json, { environment, namespaces }: KeyContext): ComparedKey {
  const { expression } = compileAlone(dtl, { namespaces })
  const valuesOf = (entity: Entity): readonly Value[] => {
    try {
      const context = makeContext({ environment, namespaces, budget: MAX_COMPARISONS })
      const value = expression.evaluate(entity, context, {})
      return (Array.isArray(value) ? value : [value]).filter((each) => each !== null && each !== '')
    } catch (error) {
      if (error instanceof Fault) return []
      throw error
    }
  }
  return { name: firstProperty(dtl) ?? printJson(dtl), valuesOf }
}

function firstProperty(dtl: Json): string | null {
  if (Array.isArray(dtl)) {
    for (const part of dtl) {
      const found = firstProperty(part)
      if (found !== null) return found
    }
    return null
  }
  const path = typeof dtl === 'string' ? parsePath(dtl) : null
  return path === null || path === 'malformed' || path.root.is !== 'source' ? null : path.segments.join('.')
}

/** How two values differ where they nearly agree, 0 for a difference of the type alone; null where they agree, or do not. */
function nearnessOf(a: Value, b: Value): { readonly how: NearMiss['how']; readonly distance: number } | null {
  const [here, there] = [plainText(a), plainText(b)]
  if (here === there) return printValue(a) === printValue(b) ? null : { how: 'type', distance: 0 }
  const [folded, other] = [fold(here), fold(there)]
  if (folded !== '' && folded === other) return { how: 'form', distance: 1 }
  if (Math.min(folded.length, other.length) < MIN_LENGTH) return null
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
