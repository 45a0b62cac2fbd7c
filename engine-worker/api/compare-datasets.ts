/** Two datasets side by side: which entities only one of them has, which differ, and in which properties. */
import { identityOf } from '../analysis/identity.ts'
import { get } from '../entity/dict.ts'
import { printValue, readEntity } from '../entity/transit.ts'
import { type Entity, NI, type Value } from '../entity/value.ts'
import { turn } from '../run/turn.ts'
import { IdIndex, putIdHash } from '../storage/index/id-index.ts'
import type { DatasetStore, RowBatch } from '../storage/store.ts'
import { type CallContext, capability } from './capability.ts'

/** Which datasets, and the property that is the same in both where an entity is in both. */
interface ComparisonRequest {
  readonly left: string
  readonly right: string
  /** `_id`, or another property with a single value. */
  readonly key: string
  /** The most entities of each kind that are named. */
  readonly most: number
}

/** An entity that is in both with other values. */
interface DifferingEntity {
  readonly left: string
  readonly right: string
  readonly properties: readonly string[]
}

/** How many entities of those in both differ in a property. */
interface DifferingProperty {
  readonly name: string
  readonly differing: number
  /** Only one of the two has the property. */
  readonly onlyLeft: number
  readonly onlyRight: number
}

interface DatasetComparison {
  readonly same: number
  readonly differing: number
  readonly onlyLeft: number
  readonly onlyRight: number
  /** Entities whose key another one of the dataset has, too, which is compared in their place; and those without a key. */
  readonly doubled: { readonly left: number; readonly right: number }
  readonly keyless: { readonly left: number; readonly right: number }
  /** Those in which most entities differ first. */
  readonly properties: readonly DifferingProperty[]
  readonly examples: {
    readonly differing: readonly DifferingEntity[]
    readonly onlyLeft: readonly string[]
    readonly onlyRight: readonly string[]
  }
}

/** How far a comparison is. */
interface ComparisonProgress {
  readonly compared: number
  readonly entities: number
}

const READ_BATCH = 500
const NO_HASHES = new Uint32Array(2)
const NO_FLAGS = new Uint8Array(1)

/** Compares the live entities of two datasets. Ends early when the request is aborted. */
export const compareDatasets = capability(
  'compare-datasets',
  'draft',
  async (request: ComparisonRequest, { host, onEvent, signal }: CallContext<ComparisonProgress>) => {
    const { store } = host.current()
    const [left, right] = [new KeyedVersions(), new KeyedVersions()]
    await left.read(store, request.left, request.key, signal)
    await right.read(store, request.right, request.key, signal)
    const comparison = new Comparison(request)
    const entities = left.size
    let compared = 0
    let pairs: (readonly [number, number])[] = []
    const comparePairs = async () => {
      const texts = await Promise.all([
        store.textsAt(
          request.left,
          pairs.map(([at]) => at),
        ),
        store.textsAt(
          request.right,
          pairs.map(([, at]) => at),
        ),
      ])
      for (let at = 0; at < pairs.length; at++) {
        const [one, other] = [texts[0][at], texts[1][at]]
        if (typeof one === 'string' && typeof other === 'string') comparison.both(readEntity(one), readEntity(other))
      }
      pairs = []
      onEvent({ compared, entities })
      await turn()
    }
    for await (const batch of store.rows(request.left, { live: true })) {
      for (let at = 0; at < batch.updated.length && !signal.aborted; at++) {
        const updated = batch.updated[at] ?? 0
        const key = keyAt(batch, at, request.key)
        if (key === null || left.versionOf(key) !== updated) continue
        compared++
        const other = right.versionOf(key)
        if (other === 0) comparison.only('onlyLeft', idAt(batch, at))
        else pairs.push([updated, other])
        if (pairs.length >= READ_BATCH) await comparePairs()
      }
      await turn()
    }
    await comparePairs()
    for await (const batch of store.rows(request.right, { live: true })) {
      for (let at = 0; at < batch.updated.length && !signal.aborted; at++) {
        const key = keyAt(batch, at, request.key)
        if (key === null || right.versionOf(key) !== batch.updated[at] || left.versionOf(key) > 0) continue
        comparison.only('onlyRight', idAt(batch, at))
      }
      await turn()
    }
    return comparison.result(left, right)
  },
)

/** The last version of a dataset with each key. */
class KeyedVersions {
  doubled = 0
  keyless = 0
  private readonly index = new IdIndex()
  private readonly ids = new Uint32Array(2)
  private readonly updated = new Float64Array(1)

  get size(): number {
    return this.index.size
  }

  async read(store: DatasetStore, dataset: string, property: string, signal: AbortSignal): Promise<void> {
    for await (const batch of store.rows(dataset, { live: true })) {
      for (let at = 0; at < batch.updated.length && !signal.aborted; at++) {
        const key = keyAt(batch, at, property)
        if (key === null) this.keyless++
        else this.add(key, batch.updated[at] ?? 0)
      }
      await turn()
    }
  }

  /** 0 where there is none. */
  versionOf(key: string): number {
    putIdHash(key, 0, this.ids, 0)
    return this.index.latest(this.ids[0] ?? 0, this.ids[1] ?? 0)
  }

  private add(key: string, updated: number): void {
    if (this.versionOf(key) > 0) this.doubled++
    this.updated[0] = updated
    this.index.enter({ updated: this.updated, ids: this.ids, hashes: NO_HASHES, flags: NO_FLAGS }, 0)
  }
}

/** The key of an entity as text: of an identifier its text, so that `~:crm:1` and `crm:1` are one; null where there is none. */
function keyAt(batch: RowBatch, at: number, property: string): string | null {
  const value = batch.value(at, property)
  const single = Array.isArray(value) && value.length === 1 ? value[0] : value
  if (single === undefined || single === null || Array.isArray(single)) return null
  if (typeof single === 'string') return single
  return single instanceof NI ? single.text : printValue(single)
}

function idAt(batch: RowBatch, at: number): string {
  return String(batch.value(at, '_id') ?? '')
}

/** Collects what differs. */
class Comparison {
  private same = 0
  private differing = 0
  private readonly counts = { onlyLeft: 0, onlyRight: 0 }
  private readonly properties = new Map<string, { differing: number; onlyLeft: number; onlyRight: number }>()
  private readonly examples = {
    differing: [] as DifferingEntity[],
    onlyLeft: [] as string[],
    onlyRight: [] as string[],
  }

  constructor(private readonly request: ComparisonRequest) {}

  only(side: 'onlyLeft' | 'onlyRight', id: string): void {
    this.counts[side]++
    if (this.examples[side].length < this.request.most) this.examples[side].push(id)
  }

  both(left: Entity, right: Entity): void {
    const differing: string[] = []
    for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
      if (name.startsWith('_')) continue
      const how = differenceOf(get(left, name), get(right, name))
      if (how === null) continue
      const counts = this.properties.get(name) ?? { differing: 0, onlyLeft: 0, onlyRight: 0 }
      counts[how]++
      this.properties.set(name, counts)
      differing.push(name)
    }
    if (differing.length === 0) {
      this.same++
      return
    }
    this.differing++
    if (this.examples.differing.length >= this.request.most) return
    this.examples.differing.push({ left: String(left._id), right: String(right._id), properties: differing })
  }

  result(left: KeyedVersions, right: KeyedVersions): DatasetComparison {
    const totalOf = (counts: Omit<DifferingProperty, 'name'>) => counts.differing + counts.onlyLeft + counts.onlyRight
    return {
      same: this.same,
      differing: this.differing,
      ...this.counts,
      doubled: { left: left.doubled, right: right.doubled },
      keyless: { left: left.keyless, right: right.keyless },
      properties: [...this.properties]
        .map(([name, counts]) => ({ name, ...counts }))
        .sort((a, b) => totalOf(b) - totalOf(a) || (a.name < b.name ? -1 : 1)),
      examples: this.examples,
    }
  }
}

function differenceOf(
  left: Value | undefined,
  right: Value | undefined,
): 'differing' | 'onlyLeft' | 'onlyRight' | null {
  if (left === undefined) return 'onlyRight'
  if (right === undefined) return 'onlyLeft'
  return left === right || identityOf(left) === identityOf(right) ? null : 'differing'
}
