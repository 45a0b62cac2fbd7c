/** Records of mappings and what they are one of, numbered, so that columns can be kept beside them. */
import type { Entity } from '../../entity/value.ts'
import { byText } from '../../storage/index/key-index.ts'
import type { PlannedMapping } from '../generate/plan.ts'
import { ColumnTable } from './live-columns.ts'
import type { MatchedRecords } from './matching.ts'
import type { StoredRecords } from './records.ts'

/** The records of a mapping. */
export class LiveRecords {
  readonly table: ColumnTable
  /** The unit of each record, -1 where it is in none. */
  unitOf: Int32Array
  private readonly places: ReadonlyMap<string, number>

  constructor(
    readonly slug: string,
    readonly state: string,
    readonly entities: readonly Entity[],
  ) {
    this.table = new ColumnTable(entities.length)
    this.unitOf = new Int32Array(entities.length).fill(-1)
    this.places = new Map(entities.map(({ _id }, at) => [String(_id), at]))
  }

  placeOf(id: string): number {
    return this.places.get(id) ?? -1
  }

  idOf(at: number): string {
    return String(this.entities[at]?._id ?? '')
  }
}

/** What records of a concept are one of; the members of a unit are in the order in which a merge takes them. */
export class LiveUnits {
  readonly table = new ColumnTable(0)
  mappings: readonly LiveRecords[] = []
  size = 0
  /** Where the members of each unit begin; one more at the end. */
  starts = new Int32Array(1)
  places = new Int32Array(0)
  records = new Int32Array(0)
  /** When each unit got the members that it has. */
  since = new Int32Array(0)
  /** Whether the records were the same when they were arranged the last time. */
  isKept = false
  private clusters: MatchedRecords['clusters'] | null = null

  /** Takes the units of matched records; those that were there before keep their columns. */
  arrange({ concept, mappings, ids, clusters }: MatchedRecords, stored: readonly StoredRecords[], time: number): void {
    const before = this.mappings
    const kept = concept.mappings.map((planned, at) => recordsOf(planned, stored[at], before[at]))
    const isSame = kept.length === before.length && kept.every((each, at) => each === before[at])
    this.isKept = isSame
    if (isSame && clusters === this.clusters) return
    this.mappings = kept
    this.clusters = clusters
    const size = clusters.length
    const starts = new Int32Array(size + 1)
    const places = new Int32Array(ids.length)
    const records = new Int32Array(ids.length)
    const from = new Int32Array(size).fill(-1)
    let next = 0
    for (const [unit, members] of clusters.entries()) {
      starts[unit] = next
      for (const member of inMergeOrder(members, mappings, ids)) {
        places[next] = mappings[member] ?? 0
        records[next] = kept[places[next] ?? 0]?.placeOf(ids[member] ?? '') ?? -1
        next++
      }
      if (isSame) from[unit] = this.sameUnit(starts[unit] ?? 0, next, places, records)
    }
    starts[size] = next
    for (const { unitOf } of kept) unitOf.fill(-1)
    for (let unit = 0; unit < size; unit++)
      for (let at = starts[unit] ?? 0; at < (starts[unit + 1] ?? 0); at++) {
        const unitOf = kept[places[at] ?? 0]?.unitOf
        if (unitOf) unitOf[records[at] ?? 0] = unit
      }
    const since = this.since
    this.since = from.map((unit) => (unit < 0 ? time : (since[unit] ?? time)))
    this.table.arrange(from, time)
    this.size = size
    this.starts = starts
    this.places = places
    this.records = records
  }

  /** The `_id` of a unit: that of its first member. */
  idOf(unit: number): string {
    const at = this.starts[unit] ?? 0
    const mapping = this.mappings[this.places[at] ?? 0]
    return `${mapping?.slug ?? ''}:${mapping?.idOf(this.records[at] ?? 0) ?? ''}`
  }

  /** The unit that had these members, and no others, before; -1 where there is none. */
  private sameUnit(begin: number, end: number, places: Int32Array, records: Int32Array): number {
    const unit = this.mappings[places[begin] ?? 0]?.unitOf[records[begin] ?? 0] ?? -1
    if (unit < 0) return -1
    const start = this.starts[unit] ?? 0
    if ((this.starts[unit + 1] ?? 0) - start !== end - begin) return -1
    for (let at = begin; at < end; at++) {
      const other = start + at - begin
      if (places[at] !== this.places[other] || records[at] !== this.records[other]) return -1
    }
    return unit
  }
}

function recordsOf(
  { slug }: PlannedMapping,
  { state, entities }: StoredRecords = { dataset: null, state: '', entities: [] },
  before: LiveRecords | undefined,
): LiveRecords {
  return before?.slug === slug && before.state === state ? before : new LiveRecords(slug, state, entities)
}

function inMergeOrder(
  members: readonly number[],
  mappings: readonly number[],
  ids: readonly string[],
): readonly number[] {
  if (members.length === 1) return members
  return members.toSorted((a, b) => (mappings[a] ?? 0) - (mappings[b] ?? 0) || byText(ids[a] ?? '', ids[b] ?? ''))
}
