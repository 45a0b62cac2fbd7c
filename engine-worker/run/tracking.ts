/**
 * What a pipe remembers of each source entity: the keys it looked up in other datasets, and the entities that came of it.
 *
 * From the first follows which source entities a change of another dataset concerns: those that looked up a key which
 * the changed entity has now or had before. From the second follows what has to be deleted when it no longer comes out,
 * and which source entity an output belongs to where several make one of the same `_id`.
 *
 * See features/dependency-tracking.rst. Look-ups are recorded as they happen, not inverted from the rules, so it works
 * for every source, behind every transform and inside recursion.
 */

import type { JoinIndex } from '../dtl/evaluation.ts'
import type { Entity, Json } from '../entity/value.ts'
import type { DatasetStore, StateWrite } from '../storage/store.ts'
import type { IndexedStore } from './indexes.ts'
import { Records } from './records.ts'

/** Look-ups of one source entity: slot and key alternate. */
type Lookups = (number | string)[]

/** The outputs of one source entity: origin (how it came about, see chain.ts) and `_id` in the sink alternate. */
export type Outputs = string[]

/** A dataset and an index of it; `null` where every change of the dataset counts. */
interface Slot {
  readonly dataset: string
  readonly index: string | null
  readonly byKey: Map<string, string | Set<string>>
}

interface Remembered {
  readonly lookups: Lookups
  readonly outputs: Outputs | null
}

/** The memory of one pipe. */
export class Tracking {
  private readonly slots: Slot[] = []
  private readonly slotNumbers = new Map<string, number>()
  private readonly byIndex = new Map<string, WeakMap<JoinIndex, number>>()
  private readonly definitions = new Map<string, JoinIndex>()
  private readonly known = new Map<string, Remembered>()
  /** `_id` in the sink to the source entities that make it. */
  private readonly makers = new Map<string, string | Set<string>>()

  private constructor(private readonly records: Records) {}

  static async load(store: DatasetStore, pipe: string): Promise<Tracking> {
    const tracking = new Tracking(await Records.load(store, `track/${pipe}/`))
    const slots = tracking.records.get('slots')
    if (Array.isArray(slots)) {
      for (const slot of slots) {
        if (!Array.isArray(slot) || typeof slot[0] !== 'string') continue
        tracking.open(slot[0], typeof slot[1] === 'string' ? slot[1] : null)
      }
    }
    for (const [key, value] of tracking.records.entries()) {
      if (!key.startsWith('=') || !Array.isArray(value)) continue
      const [lookups, outputs] = value
      tracking.remember(key.slice(1), {
        lookups: Array.isArray(lookups) ? lookups.filter(isPart) : [],
        outputs: Array.isArray(outputs) ? outputs.filter((part) => typeof part === 'string') : null,
      })
    }
    tracking.records.release(tracking)
    return tracking
  }

  /** How much is kept, and what: see {@link Records}. */
  get size(): number {
    return this.known.size + 1
  }
  *entries(): Iterable<readonly [string, Json]> {
    yield ['slots', this.slotList()]
    for (const [source, remembered] of this.known) yield [`=${source}`, listOf(remembered)]
  }
  private slotList(): Json {
    return this.slots.map((slot): Json => [slot.dataset, slot.index])
  }

  /** Makes an index known, so that changes of its dataset can be followed before any rule has run. */
  define(dataset: string, index: JoinIndex): void {
    this.definitions.set(slotKey(dataset, index.id), index)
  }

  /** The number under which look-ups through an index (null: all of the dataset) are recorded. */
  slot(dataset: string, index: JoinIndex | null): number {
    if (index === null) return this.slotNumbers.get(slotKey(dataset, null)) ?? this.openNew(dataset, null)
    const numbers = this.byIndex.get(dataset) ?? new WeakMap<JoinIndex, number>()
    this.byIndex.set(dataset, numbers)
    const before = numbers.get(index)
    if (before !== undefined) return before
    this.define(dataset, index)
    const number = this.slotNumbers.get(slotKey(dataset, index.id)) ?? this.openNew(dataset, index.id)
    numbers.set(index, number)
    return number
  }

  private open(dataset: string, index: string | null): number {
    const number = this.slots.length
    this.slots.push({ dataset, index, byKey: new Map() })
    this.slotNumbers.set(slotKey(dataset, index), number)
    return number
  }

  private openNew(dataset: string, index: string | null): number {
    const number = this.open(dataset, index)
    this.records.set('slots', this.slotList())
    return number
  }

  /** The outputs recorded for a source entity. */
  outputs(source: string): Outputs | null {
    return this.known.get(source)?.outputs ?? null
  }

  /** Whether anything is recorded for a source entity. */
  has(source: string): boolean {
    return this.known.has(source)
  }

  /** The source entities that make an output. */
  makersOf(output: string): readonly string[] {
    const found = this.makers.get(output)
    return found === undefined ? [] : typeof found === 'string' ? [found] : [...found]
  }

  /** Replaces what is known of a source entity. Outputs are null in pipes where they follow from the source's `_id`. */
  set(source: string, lookups: Lookups, outputs: Outputs | null): void {
    const before = this.known.get(source)
    if (lookups.length === 0 && (outputs === null || outputs.length === 0)) {
      if (!before) return
      this.forget(source, before)
      this.records.set(`=${source}`, null)
      return
    }
    if (before && sameParts(before.lookups, lookups) && sameParts(before.outputs, outputs)) return
    if (before) this.forget(source, before)
    this.remember(source, { lookups, outputs })
    this.records.set(`=${source}`, listOf({ lookups, outputs }))
  }

  remove(source: string): void {
    this.set(source, [], null)
  }

  private remember(source: string, remembered: Remembered): void {
    this.known.set(source, remembered)
    const { lookups, outputs } = remembered
    for (let at = 0; at < lookups.length; at += 2) {
      const slot = this.slots[Number(lookups[at])]
      if (slot) addTo(slot.byKey, String(lookups[at + 1]), source)
    }
    if (outputs) for (let at = 1; at < outputs.length; at += 2) addTo(this.makers, outputs[at] ?? '', source)
  }

  private forget(source: string, { lookups, outputs }: Remembered): void {
    this.known.delete(source)
    for (let at = 0; at < lookups.length; at += 2) {
      const slot = this.slots[Number(lookups[at])]
      if (slot) removeFrom(slot.byKey, String(lookups[at + 1]), source)
    }
    if (outputs) for (let at = 1; at < outputs.length; at += 2) removeFrom(this.makers, outputs[at] ?? '', source)
  }

  /** Datasets with recorded look-ups. */
  datasets(): ReadonlySet<string> {
    return new Set(this.slots.map(({ dataset }) => dataset))
  }

  /** All source entities that looked anything up in a dataset. */
  dependentsOf(dataset: string, into: Set<string>): void {
    for (const slot of this.slots) {
      if (slot.dataset === dataset) for (const sources of slot.byKey.values()) addAll(sources, into)
    }
  }

  /** The source entities that looked an entity up, as it is. */
  dependentsOn(dataset: string, entity: Entity, into: Set<string>): void {
    for (const slot of this.slots) {
      if (slot.dataset !== dataset || slot.index === null) continue
      const index = this.definitions.get(slotKey(dataset, slot.index))
      for (const key of index?.keysOf(entity) ?? []) addAll(slot.byKey.get(key), into)
    }
  }

  /**
   * The source entities that a dataset's changes after `position` concern. All versions since then count, and the one
   * before them: an entity that was looked up in between may have been found under a key it has lost again.
   */
  async affected(store: IndexedStore, dataset: string, position: number, into: Set<string>): Promise<void> {
    const slots = this.slots.filter((slot) => slot.dataset === dataset && slot.byKey.size > 0)
    if (slots.length === 0) return
    const seen = new Set<string>()
    for await (const batch of store.store.scan(dataset, { since: position, history: true })) {
      const fresh = new Set<string>()
      for (const { _id } of batch) if (typeof _id === 'string' && !seen.has(_id)) fresh.add(_id)
      for (const id of fresh) seen.add(id)
      const before =
        position === 0 ? [] : await Promise.all([...fresh].map((id) => store.store.versionAt(dataset, id, position)))
      const versions = [...batch, ...before].filter((version) => version !== null && version._deleted !== true)
      for (const slot of slots) {
        const index = slot.index === null ? null : this.definitions.get(slotKey(dataset, slot.index))
        if (!index) for (const makers of slot.byKey.values()) addAll(makers, into)
        else {
          for (const version of versions) {
            if (!version) continue
            for (const key of index.keysOf(version)) addAll(slot.byKey.get(key), into)
          }
        }
      }
    }
  }

  /** The states to commit together with the batch that was recorded. */
  flush(): StateWrite[] {
    return this.records.flush()
  }

  /** Forgets everything, before a run from the beginning. */
  clear(): StateWrite[] {
    this.slots.length = 0
    this.slotNumbers.clear()
    this.byIndex.clear()
    this.known.clear()
    this.makers.clear()
    return this.records.clear()
  }
}

function listOf({ lookups, outputs }: Remembered): Json {
  // Both are made anew for each source entity and never changed, so the list need not copy them.
  return outputs === null ? [lookups] : [lookups, outputs]
}

function isPart(part: Json): part is number | string {
  return typeof part === 'number' || typeof part === 'string'
}

function slotKey(dataset: string, index: string | null): string {
  return index === null ? `*\u0000${dataset}` : `=\u0000${dataset}\u0000${index}`
}

function sameParts(a: readonly (number | string)[] | null, b: readonly (number | string)[] | null): boolean {
  if (a === null || b === null) return a === b
  return a.length === b.length && a.every((part, at) => part === b[at])
}

function addTo(map: Map<string, string | Set<string>>, key: string, source: string): void {
  const found = map.get(key)
  if (found === undefined) map.set(key, source)
  else if (typeof found !== 'string') found.add(source)
  else if (found !== source) map.set(key, new Set([found, source]))
}

function removeFrom(map: Map<string, string | Set<string>>, key: string, source: string): void {
  const found = map.get(key)
  if (found === source) map.delete(key)
  else if (found instanceof Set) {
    found.delete(source)
    if (found.size === 1) for (const last of found) map.set(key, last)
  }
}

function addAll(found: string | Set<string> | undefined, into: Set<string>): void {
  if (typeof found === 'string') into.add(found)
  else if (found) for (const source of found) into.add(source)
}
