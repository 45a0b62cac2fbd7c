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
import type { IndexedStore } from '../storage/index/indexed-store.ts'
import { type IndexTerms, InvertedIndex } from '../storage/index/inverted-index.ts'
import type { DatasetStore, StateWrite } from '../storage/store.ts'
import { Records, type RecordsHolder } from './records.ts'

/** Look-ups of one source entity: slot and key alternate. */
type Lookups = readonly (number | string)[]

/** The outputs of one source entity: origin (how it came about, see chain.ts) and `_id` in the sink alternate. */
export type Outputs = string[]

/** A dataset and an index of it; `null` where every change of the dataset counts. */
interface Slot {
  readonly dataset: string
  readonly index: string | null
}

/**
 * Groups of terms in the inverted index: an output is its `_id`, preceded by its origin (which is not looked up) unless
 * that is empty. An empty term records that there are no outputs. The look-ups of slot n have the group n + 2.
 */
const ORIGIN = 0
const OUTPUT = 1
const FIRST_SLOT = 2
const NO_OUTPUTS: IndexTerms = [ORIGIN, '']

/** The memory of one pipe. */
export class Tracking implements RecordsHolder {
  private readonly slots: Slot[] = []
  private readonly slotNumbers = new Map<string, number>()
  private readonly byIndex = new Map<string, WeakMap<JoinIndex, number>>()
  private readonly definitions = new Map<string, JoinIndex>()
  /** Source entities with what they looked up and the `_id`s in the sink that they make. */
  private readonly inverted: InvertedIndex
  private records: Records | null = null

  private constructor(seed: number) {
    this.inverted = new InvertedIndex(seed)
  }

  /** What is kept of a pipe. `seed`: see {@link InvertedIndex}. */
  static async load(store: DatasetStore, pipe: string, seed: number): Promise<Tracking> {
    const tracking = new Tracking(seed)
    tracking.records = await Records.load(store, `track/${pipe}/`, tracking)
    return tracking
  }

  /** Knows nothing yet and keeps nothing until {@link keepInPlaceOf}. */
  static empty(seed: number): Tracking {
    return new Tracking(seed)
  }

  /** Is kept in the place of another one from then on; what that takes is committed part by part. */
  *keepInPlaceOf(other: Tracking, pipe: string): Generator<StateWrite[]> {
    yield other.clear()
    this.records = yield* Records.keep(`track/${pipe}/`, this)
  }

  /** About what it takes in memory. */
  get bytes(): number {
    return this.inverted.bytes
  }

  /** How much is kept, and what: see {@link RecordsHolder}. */
  get size(): number {
    return this.inverted.size + 1
  }
  *entries(): Iterable<readonly [string, Json]> {
    yield ['slots', this.slotList()]
    for (const [source, terms] of this.inverted.entries())
      yield [`=${source}`, listOf(lookupsOf(terms), outputsOf(terms))]
  }
  take(key: string, value: Json): void {
    if (key === 'slots' && Array.isArray(value)) {
      for (const slot of value.slice(this.slots.length)) {
        if (!Array.isArray(slot) || typeof slot[0] !== 'string') continue
        this.open(slot[0], typeof slot[1] === 'string' ? slot[1] : null)
      }
    } else if (key.startsWith('=')) {
      const [lookups = [], outputs = null] = Array.isArray(value) ? value : []
      const kept = Array.isArray(outputs) ? outputs.filter((part) => typeof part === 'string') : null
      this.inverted.set(key.slice(1), termsOf(Array.isArray(lookups) ? lookups.filter(isPart) : [], kept))
    }
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
    this.slots.push({ dataset, index })
    this.slotNumbers.set(slotKey(dataset, index), number)
    return number
  }

  private openNew(dataset: string, index: string | null): number {
    const number = this.open(dataset, index)
    this.records?.set('slots', this.slotList())
    return number
  }

  /** The outputs recorded for a source entity. */
  outputs(source: string): Outputs | null {
    const terms = this.inverted.get(source)
    return terms === null ? null : outputsOf(terms)
  }

  /** Whether anything is recorded for a source entity. */
  has(source: string): boolean {
    return this.inverted.has(source)
  }

  /** The source entities that make an output. */
  makersOf(output: string): readonly string[] {
    const makers = this.inverted.ownersOf(OUTPUT, output)
    return makers.length > 1 ? [...new Set(makers)] : makers
  }

  /** Replaces what is known of a source entity. Outputs are null in pipes where they follow from the source's `_id`. */
  set(source: string, lookups: Lookups, outputs: Outputs | null): void {
    const isNothing = lookups.length === 0 && (outputs === null || outputs.length === 0)
    if (!this.inverted.set(source, isNothing ? [] : termsOf(lookups, outputs))) return
    this.records?.set(`=${source}`, isNothing ? null : listOf(lookups, outputs))
  }

  remove(source: string): void {
    this.set(source, [], null)
  }

  /** Datasets with recorded look-ups. */
  datasets(): ReadonlySet<string> {
    return new Set(this.slots.map(({ dataset }) => dataset))
  }

  /** All source entities that looked anything up in a dataset. */
  dependentsOf(dataset: string, into: Set<string>): void {
    this.dependentsIn((slot) => slot.dataset === dataset, into)
  }

  /** All source entities that looked anything up in some slots. */
  private dependentsIn(isWanted: (slot: Slot) => boolean, into: Set<string>): void {
    const wanted = new Set(this.slots.flatMap((slot, number) => (isWanted(slot) ? [FIRST_SLOT + number] : [])))
    for (const [source, terms] of this.inverted.entries()) {
      for (let at = 0; at < terms.length; at += 2) if (wanted.has(Number(terms[at]))) into.add(source)
    }
  }

  /** The source entities that looked an entity up, as it is. */
  dependentsOn(dataset: string, entity: Entity, into: Set<string>): void {
    for (const [number, slot] of this.slots.entries()) {
      if (slot.dataset !== dataset || slot.index === null) continue
      this.addDependents(number, this.definitions.get(slotKey(dataset, slot.index)), entity, into)
    }
  }

  private addDependents(
    slot: number,
    index: JoinIndex | undefined,
    entity: Entity,
    into: Set<string>,
    lookedUp?: Set<string>,
  ): void {
    for (const key of index?.keysOf(entity) ?? []) {
      if (lookedUp?.has(key)) continue
      lookedUp?.add(key)
      for (const source of this.inverted.ownersOf(FIRST_SLOT + slot, key)) into.add(source)
    }
  }

  /**
   * The source entities that a dataset's changes after `position` concern. All versions since then count, and the one
   * before them: an entity that was looked up in between may have been found under a key it has lost again.
   */
  async affected(store: IndexedStore, dataset: string, position: number, into: Set<string>): Promise<void> {
    const slots = this.slots.flatMap((slot, number) => {
      if (slot.dataset !== dataset || this.inverted.count(FIRST_SLOT + number) === 0) return []
      return { number, index: slot.index === null ? undefined : this.definitions.get(slotKey(dataset, slot.index)) }
    })
    if (slots.length === 0) return
    const whole = new Set(slots.flatMap(({ number, index }) => (index ? [] : [this.slots[number]])))
    // Versions of an entity mostly have the same key: each key is looked up once.
    const indexed = slots.flatMap(({ number, index }) =>
      index ? [{ number, index, lookedUp: new Set<string>() }] : [],
    )
    const seenKeys = new Set<string>()
    let first = true
    for await (const batch of store.store.scan(dataset, { since: position, history: true })) {
      if (first && whole.size > 0) this.dependentsIn((slot) => whole.has(slot), into)
      first = false
      if (indexed.length === 0) return
      const fresh = new Set<string>()
      if (position > 0) for (const { _id } of batch) if (typeof _id === 'string' && !seenKeys.has(_id)) fresh.add(_id)
      for (const id of fresh) seenKeys.add(id)
      const before = await Promise.all([...fresh].map((id) => store.store.versionAt(dataset, id, position)))
      const versions = [...batch, ...before].filter((version) => version !== null && version._deleted !== true)
      for (const version of versions) {
        if (version)
          for (const { number, index, lookedUp } of indexed) this.addDependents(number, index, version, into, lookedUp)
      }
    }
  }

  /** The states to commit together with the batch that was recorded. */
  flush(): StateWrite[] {
    return this.records?.flush() ?? []
  }

  /** Forgets everything, before a run from the beginning. */
  clear(): StateWrite[] {
    this.slots.length = 0
    this.slotNumbers.clear()
    this.byIndex.clear()
    this.inverted.clear()
    return this.records?.clear() ?? []
  }
}

function listOf(lookups: Lookups, outputs: Outputs | null): Json {
  return outputs === null ? [[...lookups]] : [[...lookups], [...outputs]]
}

function termsOf(lookups: Lookups, outputs: Outputs | null): IndexTerms {
  const terms: (number | string)[] = outputs?.length === 0 ? [...NO_OUTPUTS] : []
  for (let at = 0; at < lookups.length; at += 2) terms.push(FIRST_SLOT + Number(lookups[at]), String(lookups[at + 1]))
  for (let at = 0; outputs && at < outputs.length; at += 2) {
    if (outputs[at]) terms.push(ORIGIN, outputs[at] ?? '')
    terms.push(OUTPUT, outputs[at + 1] ?? '')
  }
  return terms
}

function lookupsOf(terms: IndexTerms): Lookups {
  const lookups: (number | string)[] = []
  for (let at = 0; at < terms.length; at += 2) {
    const group = Number(terms[at])
    if (group >= FIRST_SLOT) lookups.push(group - FIRST_SLOT, String(terms[at + 1]))
  }
  return lookups
}

function outputsOf(terms: IndexTerms): Outputs | null {
  const outputs: string[] = []
  for (let at = 0; at < terms.length; at += 2) {
    if (terms[at] !== OUTPUT) continue
    outputs.push(at > 0 && terms[at - 2] === ORIGIN ? String(terms[at - 1]) : '', String(terms[at + 1]))
  }
  return outputs.length > 0 || terms[0] === ORIGIN ? outputs : null
}

function isPart(part: Json): part is number | string {
  return typeof part === 'number' || typeof part === 'string'
}

function slotKey(dataset: string, index: string | null): string {
  return index === null ? `*\u0000${dataset}` : `=\u0000${dataset}\u0000${index}`
}
