/**
 * How the search index of a dataset is kept: as states of the store, which are written all or none, so that an end at any
 * moment leaves an index that follows its dataset from where it was. A segment is written once; what was replaced in it
 * stands apart.
 */
import { isObject } from '../../entity/value.ts'
import type { DatasetStore, StateWrite } from '../../storage/store.ts'
import type { DatasetSearchIndex, IndexParts } from './dataset-index.ts'
import type { SearchSegment } from './segment.ts'
import { segmentBytes, segmentOfBytes } from './segment-bytes.ts'

const KEY_PREFIX = 'search-index:'

/** Where the parts of an index are. Names of datasets have no line break. */
function keyOf(dataset: string, part: string): string {
  return `${KEY_PREFIX}${dataset}\n${part}`
}

/** A segment that is kept. */
interface KeptSegment {
  readonly number: number
  revision: number
}

/** The index of one dataset as it is kept. */
export class KeptIndex {
  private readonly storedSegments = new Map<SearchSegment, KeptSegment>()
  private nextNumber = 1

  constructor(
    private readonly store: DatasetStore,
    private readonly index: DatasetSearchIndex,
  ) {}

  /** Puts back what is kept of the index; removes it where that is of another log of the dataset. */
  async load(generation: number): Promise<void> {
    const restored = await this.readParts(generation)
    if (restored === null) await removeKeptIndex(this.store, this.index.dataset)
    else this.index.restore(restored)
  }

  private async readParts(generation: number): Promise<IndexParts | null> {
    const { dataset } = this.index
    const record = await this.store.state(keyOf(dataset, 'segments'))
    if (record instanceof Uint8Array || !isObject(record)) return null
    const { generation: of, position, seed, witness, segments } = record
    if (of !== generation || typeof position !== 'number' || typeof seed !== 'number' || !Array.isArray(segments)) {
      return null
    }
    const restored: SearchSegment[] = []
    for (const number of segments.map(Number)) {
      const bytes = await this.store.state(keyOf(dataset, `${number}`))
      const replaced = await this.store.state(keyOf(dataset, `${number} replaced`))
      if (!(bytes instanceof Uint8Array && replaced instanceof Uint8Array)) return null
      const segment = segmentOfBytes(bytes, replaced.slice())
      if (segment === null) return null
      restored.push(segment)
    }
    for (const [at, segment] of restored.entries()) {
      const number = Number(segments[at])
      this.storedSegments.set(segment, { number, revision: segment.revision })
      this.nextNumber = Math.max(this.nextNumber, number + 1)
    }
    const [updated, ts] = Array.isArray(witness) ? witness.map(Number) : []
    const known = updated === undefined || ts === undefined ? null : { updated, ts }
    return { segments: restored, position, seed, witness: known }
  }

  /** Keeps the index as it is now. */
  async save(generation: number): Promise<void> {
    const { dataset, segments, position, seed, witness } = this.index
    const states: StateWrite[] = []
    for (const segment of segments) {
      const known = this.storedSegments.get(segment)
      if (known?.revision === segment.revision) continue
      const number = known?.number ?? this.nextNumber++
      if (!known) states.push({ key: keyOf(dataset, `${number}`), value: segmentBytes(segment) })
      states.push({ key: keyOf(dataset, `${number} replaced`), value: segment.replaced.slice() })
      this.storedSegments.set(segment, { number, revision: segment.revision })
    }
    for (const [segment, { number }] of this.storedSegments) {
      if (segments.includes(segment)) continue
      this.storedSegments.delete(segment)
      states.push(
        { key: keyOf(dataset, `${number}`), value: null },
        { key: keyOf(dataset, `${number} replaced`), value: null },
      )
    }
    const numbers = segments.map((segment) => this.storedSegments.get(segment)?.number ?? 0)
    const version = witness && [witness.updated, witness.ts]
    const record = { generation, position, seed, witness: version, segments: numbers }
    states.push({ key: keyOf(dataset, 'segments'), value: record })
    await this.store.commit({ states })
  }
}

/** Removes what is kept of the index of a dataset. */
export async function removeKeptIndex(store: DatasetStore, dataset: string): Promise<void> {
  const states: StateWrite[] = []
  for await (const { key } of store.states(keyOf(dataset, ''))) states.push({ key, value: null })
  if (states.length > 0) await store.commit({ states })
}

/** The datasets of which an index is kept. */
export async function keptIndexes(store: DatasetStore): Promise<readonly string[]> {
  const names = new Set<string>()
  for await (const { key } of store.states(KEY_PREFIX)) names.add(key.slice(KEY_PREFIX.length).split('\n')[0] ?? '')
  return [...names]
}
