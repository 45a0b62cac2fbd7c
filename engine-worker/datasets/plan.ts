/** What a write to a dataset on disk appends. */
import { type Content, contentOf } from '../entity/hash.ts'
import { printJson, readJson } from '../entity/json.ts'
import { printEntity } from '../entity/transit.ts'
import type { Entity, Json } from '../entity/value.ts'
import type { DatasetRecord } from './database.ts'
import { allDistinct, hashId, type IdHash, type Known } from './identities.ts'
import type { Log } from './log.ts'
import type { Found, Reader } from './reader.ts'
import { type Packed, Packer, type Row, type SegmentLimits } from './segment.ts'
import type { Change, Committed, DatasetWrite } from './store.ts'
import { identity, lastOfEach, limitSize, type Stamp, stamped } from './write.ts'

/** A write as it will be stored, made before the transaction begins. */
export interface Plan {
  readonly log: Log
  /** The dataset's record after the write. */
  readonly record: DatasetRecord
  readonly packed: readonly Packed[]
  readonly committed: Committed
}

/** An entity to write, with what can be known of it without the log. */
interface Arrived {
  readonly entity: Entity
  readonly id: string
  readonly hash: IdHash
  readonly content: Content
}

/** A write, its entities hashed: work that goes on while the commit before is still being stored. */
export interface Hashed {
  readonly write: DatasetWrite
  readonly arrived: readonly Arrived[]
}

/** An entity to write, with the latest version of its `_id`. */
interface Incoming {
  readonly one: Arrived
  readonly known: Known | null
}

/** A write with what has to be known of the log before it can be planned. */
export interface Prepared {
  readonly log: Log
  /** The dataset's record before the write. */
  readonly before: DatasetRecord
  readonly write: DatasetWrite
  readonly incoming: readonly Incoming[]
  readonly unchanged: number
  /** The versions that are replaced, by `_updated`. */
  readonly found: ReadonlyMap<number, Found>
}

/** What planning a write needs besides the write. */
export interface Planning {
  readonly reader: Reader
  readonly limits: SegmentLimits
  /** Microseconds since 1970. */
  readonly ts: number
  /** Receives segments as soon as they are full. */
  readonly emit: (packed: Packed) => void
}

/** Hashes the entities of a write, the last of each `_id`. Throws a Fault for one that has none. */
export function hashWrite(write: DatasetWrite, seed: number): Hashed {
  const arrive = (entity: Entity): Arrived => {
    const id = identity(write.dataset, entity)
    return { entity, id, hash: hashId(id, seed), content: contentOf(entity) }
  }
  const arrived = write.entities.map(arrive)
  const distinct = allDistinct(arrived.map(({ hash }) => hash))
  return { write, arrived: distinct ? arrived : lastOfEach(write.dataset, write.entities).map(arrive) }
}

/** Compares a write with the latest versions and reads those it replaces. */
export async function prepareWrite(
  log: Log,
  before: DatasetRecord,
  { write, arrived }: Hashed,
  reader: Reader,
): Promise<Prepared> {
  await reader.load(log)
  const incoming: Incoming[] = []
  let unchanged = 0
  for (const one of arrived) {
    const known = log.index.get(one.hash)
    // With `accept` everything is asked for first.
    if (write.accept || isChanged(one, known)) incoming.push({ one, known })
    else unchanged++
  }
  const replaced = incoming.flatMap(({ known }) => (known ? [known.updated] : []))
  return { log, before, write, incoming, unchanged, found: await reader.find(log, replaced, true) }
}

/** Whether a write leaves everything as it is. */
export function changesNothing({ before, write, incoming }: Prepared): boolean {
  const { populated, meta, pending } = write
  return incoming.length === 0 && !meta && !pending && (populated === undefined || populated === before.populated)
}

/** Makes the versions and packs them. The log is not changed. */
export function planWrite({ log, before, write, incoming, unchanged, found }: Prepared, planning: Planning): Plan {
  const packer = new Packer(log.record.log, planning.limits, planning.emit)
  const changes: Change[] = []
  let { sequence, live, deleted, bytes } = before
  let same = unchanged
  const time = `"_ts":${planning.ts}`
  for (const { one, known } of incoming) {
    const { entity, id } = one
    const previous = known ? planning.reader.entity(log, id, found.get(known.updated)) : null
    if (write.accept && !write.accept(entity, previous)) continue
    if (write.accept && !isChanged(one, known)) {
      same++
      continue
    }
    sequence++
    const change = new Appended(one, { updated: sequence, previous: known?.updated ?? null, ts: planning.ts }, previous)
    const row = change.row(time)
    limitSize(write, id, row.text)
    packer.add(row)
    changes.push(change)
    bytes += row.text.length + 1
    if (known?.deleted) deleted--
    else if (known) live--
    if (row.deleted) deleted++
    else live++
  }
  const versions = before.versions + changes.length
  const last = changes.length > 0 ? sequence : before.last
  const record = settle(before, { ...before, sequence, live, deleted, bytes, versions, last }, write)
  const committed = { dataset: write.dataset, changes, unchanged: same }
  return { log, record, packed: packer.end(), committed }
}

function isChanged({ entity, content }: Arrived, known: Known | null): boolean {
  if (!known) return true
  if (known.deleted && entity._deleted === true) return false
  return content.high !== known.hashHigh || content.low !== known.hashLow
}

/** A version on its way. Most are never looked at again once they are text, so the entity is made when it is asked for. */
class Appended implements Change {
  readonly deleted: boolean
  private made: Entity | null = null

  constructor(
    private readonly one: Arrived,
    private readonly stamp: Stamp,
    readonly previous: Entity | null,
  ) {
    this.deleted = one.entity._deleted === true
  }

  get entity(): Entity {
    const { entity, id, content } = this.one
    this.made ??= stamped(entity, id, content.hash, this.stamp)
    return this.made
  }

  /** `time` is `_ts` as text. */
  row(time: string): Row {
    const { entity, hash, content } = this.one
    return {
      updated: this.stamp.updated,
      id: hash,
      hashHigh: content.high,
      hashLow: content.low,
      ts: this.stamp.ts,
      deleted: this.deleted,
      retract: entity.$retract === true,
      plain: content.plain,
      text: this.text(time),
    }
  }

  /** The text of the version. That of a plain entity has what the store sets put into it, which spares a copy. */
  private text(time: string): string {
    const { entity, id, content } = this.one
    if (!content.plain) return printEntity(this.entity)
    // The same text as ours; the platform's own printer leaves less garbage.
    if (!content.bare || firstKey(entity) !== '_id') return JSON.stringify(this.entity)
    const { updated, previous } = this.stamp
    const own = `"_updated":${updated},"_deleted":false,"_previous":${previous},"_hash":"${content.hash}",${time}`
    const start = `{"_id":${JSON.stringify(id)}`
    return `${start},${own}${JSON.stringify(entity).slice(start.length)}`
  }
}

function firstKey(entity: Entity): string | null {
  for (const key in entity) return key
  return null
}

/** The record with what the write says of the dataset as a whole. */
function settle(before: DatasetRecord, counted: DatasetRecord, write: DatasetWrite): DatasetRecord {
  const pendingSince = write.pending ? (before.pendingSince ?? before.sequence) : before.pendingSince
  const withheldNow = before.pendingSince === null ? before.last : before.visible
  return {
    ...counted,
    pendingSince,
    visible: pendingSince === null ? counted.last : withheldNow,
    populated: write.populated ?? before.populated,
    meta: write.meta ? printJson({ ...metaOf(before), ...write.meta }) : before.meta,
  }
}

/** The settings and state kept with a dataset. */
export function metaOf(record: DatasetRecord): Readonly<Record<string, Json>> {
  const meta = readJson(record.meta)
  return typeof meta === 'object' && meta !== null && !Array.isArray(meta) ? (meta as Record<string, Json>) : {}
}
