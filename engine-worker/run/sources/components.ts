/** Which entities made up each merged one, so that a change touches only the components that the changed ones were in. */
import type { Json } from '../../entity/value.ts'
import { type IndexTerms, InvertedIndex } from '../../storage/index/inverted-index.ts'
import type { DatasetStore, StateWrite } from '../../storage/store.ts'
import { Records, type RecordsHolder } from '../records.ts'

/** The group of the members in the inverted index. */
const MEMBER = 1

/** The members of components by key, and the component of each member; durable with the commits of their pipe. */
export class Components implements RecordsHolder {
  private readonly memberIndex: InvertedIndex
  private records: Records | null = null
  /** How many members all components have, and how many are in one with others. */
  members = 0
  matchedMembers = 0

  private constructor(seed: number) {
    this.memberIndex = new InvertedIndex(seed)
  }

  /** What is kept below the prefix (which ends in a slash). `seed`: see {@link InvertedIndex}. */
  static async load(store: DatasetStore, prefix: string, seed: number): Promise<Components> {
    const components = new Components(seed)
    components.records = await Records.load(store, prefix, components)
    return components
  }

  /** Knows nothing yet and keeps nothing until {@link keepInPlaceOf}. */
  static empty(seed: number): Components {
    return new Components(seed)
  }

  /** Is kept in the place of another one from then on; what that takes is committed part by part. */
  *keepInPlaceOf(other: Components, prefix: string): Generator<StateWrite[]> {
    yield other.clear()
    this.records = yield* Records.keep(prefix, this)
  }

  /** About what it takes in memory. */
  get bytes(): number {
    return this.memberIndex.bytes
  }

  /** How many there are, and what: see RecordsHolder. */
  get size(): number {
    return this.memberIndex.size
  }
  *entries(): Generator<readonly [string, Json]> {
    for (const [key, terms] of this.memberIndex.entries()) yield [key, membersIn(terms)]
  }
  take(key: string, value: Json): void {
    this.replace(key, Array.isArray(value) ? value.map(String) : [])
  }

  /** The keys of all components. */
  *keys(): Generator<string> {
    for (const [key] of this.memberIndex.entries()) yield key
  }

  /** The members of a component, or null where there is none. */
  get(key: string): readonly string[] | null {
    const terms = this.memberIndex.get(key)
    return terms && membersIn(terms)
  }

  /** The keys of the components that an entity is a member of. */
  keysOf(member: string): readonly string[] {
    return this.memberIndex.ownersOf(MEMBER, member)
  }

  /** Sets or (null) removes a component. */
  set(key: string, members: readonly string[] | null): void {
    if (this.replace(key, members ?? [])) this.records?.set(key, members && [...members])
  }

  private replace(key: string, members: readonly string[]): boolean {
    this.adjustMemberCount((this.memberIndex.get(key)?.length ?? 0) / 2, -1)
    this.adjustMemberCount(members.length, 1)
    return this.memberIndex.set(key, termsOf(members))
  }

  private adjustMemberCount(members: number, sign: 1 | -1): void {
    this.members += sign * members
    if (members > 1) this.matchedMembers += sign * members
  }

  /** The states to commit together with the batch that was recorded. */
  flush(): StateWrite[] {
    return this.records?.flush() ?? []
  }

  /** Forgets everything, before a run from the beginning. */
  clear(): StateWrite[] {
    this.memberIndex.clear()
    this.members = 0
    this.matchedMembers = 0
    return this.records?.clear() ?? []
  }
}

function termsOf(members: readonly string[]): IndexTerms {
  return members.flatMap((member) => [MEMBER, member])
}

function membersIn(terms: IndexTerms): string[] {
  return terms.filter((term) => typeof term === 'string')
}
