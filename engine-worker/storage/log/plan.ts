/** What a write to a dataset on disk appends. */
import { BARE_CONTENT, hashContent, hashDigits, PLAIN_CONTENT } from '../../entity/hash.ts'
import { printJson, readJson } from '../../entity/json.ts'
import { printEntity } from '../../entity/transit.ts'
import type { Entity, Json } from '../../entity/value.ts'
import { allDistinct, DELETED, type LatestVersion, putIdHash } from '../index/id-index.ts'
import type { AppendedVersion, CommitResult, DatasetInfo, DatasetWrite } from '../store.ts'
import { givenOffset, identity, lastOfEach, limitSize, stamped } from '../write.ts'
import type { Log } from './log.ts'
import type { FoundVersion, Reader } from './reader.ts'
import { FIELDS_IN_COLUMNS, type PackedSegment, Packer, PLAIN, RETRACTS, type SegmentLimits } from './segment.ts'
import type { DatasetRecord } from './segment-storage.ts'

/** A write as it will be stored, made before the transaction begins. */
export interface WritePlan {
  readonly log: Log
  /** The dataset's record after the write. */
  readonly record: DatasetRecord
  readonly packed: readonly PackedSegment[]
  readonly committed: CommitResult
}

/** A write, its entities hashed: work that goes on while the commit before is still being stored. */
export interface HashedWrite {
  readonly write: DatasetWrite
  /** The last entity of each `_id`. What follows is about them, in the same order. */
  readonly entities: readonly Entity[]
  /** Hashes of the ids and of the contents: two and four numbers each. */
  readonly ids: Uint32Array
  readonly hashes: Uint32Array
  /** What `hashContent` says of each. */
  readonly content: Uint8Array
}

/** A write with what has to be known of the log before it can be planned. */
export interface PreparedWrite {
  readonly log: Log
  /** The dataset's record before the write. */
  readonly before: DatasetRecord
  readonly hashed: HashedWrite
  /** The entities to write, by their places. */
  readonly incoming: readonly number[]
  /** The latest version of each of those, as far as there is one. */
  readonly known: ReadonlyMap<number, LatestVersion>
  readonly unchanged: number
  /** The versions that are replaced, by `_updated`. */
  readonly found: ReadonlyMap<number, FoundVersion>
}

/** What planning a write needs besides the write. */
interface PlanContext {
  readonly reader: Reader
  readonly limits: SegmentLimits
  /** Microseconds since 1970. */
  readonly ts: number
  /** Receives segments as soon as they are full. */
  readonly emit: (packed: PackedSegment) => void
}

/** More characters than what the store sets takes. */
const STAMP_CHARACTERS = 200

/** Hashes the entities of a write, the last of each `_id`. Throws a Fault for one that has none. */
export function hashWrite(write: DatasetWrite, seed: number): HashedWrite {
  const hashed = hashAll(write, write.entities, seed)
  return allDistinct(hashed.ids) ? hashed : hashAll(write, lastOfEach(write.dataset, write.entities), seed)
}

function hashAll(write: DatasetWrite, entities: readonly Entity[], seed: number): HashedWrite {
  const ids = new Uint32Array(2 * entities.length)
  const hashes = new Uint32Array(4 * entities.length)
  const content = new Uint8Array(entities.length)
  for (const [at, entity] of entities.entries()) {
    putIdHash(identity(write.dataset, entity), seed, ids, at)
    content[at] = hashContent(entity, hashes, at)
  }
  return { write, entities, ids, hashes, content }
}

/** Compares a write with the latest versions and reads those it replaces. */
export async function prepareWrite(
  log: Log,
  before: DatasetRecord,
  hashed: HashedWrite,
  reader: Reader,
): Promise<PreparedWrite> {
  await reader.load(log)
  const { write, entities, ids } = hashed
  const incoming: number[] = []
  const known = new Map<number, LatestVersion>()
  let unchanged = 0
  for (let at = 0; at < entities.length; at++) {
    const latest = log.index.at(ids[2 * at] ?? 0, ids[2 * at + 1] ?? 0)
    // With `accept` everything is asked for first.
    if (write.accept || latest === null || isChanged(hashed, at, latest)) {
      incoming.push(at)
      if (latest) known.set(at, latest)
    } else unchanged++
  }
  const replaced = Array.from(known.values(), ({ updated }) => updated)
  return { log, before, hashed, incoming, known, unchanged, found: await reader.find(log, replaced, true) }
}

/** Whether a write leaves everything as it is. */
export function changesNothing({ before, hashed, incoming }: PreparedWrite): boolean {
  const { populated, meta, pending } = hashed.write
  return incoming.length === 0 && !meta && !pending && (populated === undefined || populated === before.populated)
}

/** Makes the versions and packs them. The log is not changed. */
export function planWrite(
  { log, before, hashed, incoming, known, unchanged, found }: PreparedWrite,
  planning: PlanContext,
): WritePlan {
  const { write, entities, ids, hashes } = hashed
  const { ts, limits, emit } = planning
  const packer = new Packer(log.record.log, limits, emit)
  const changes: AppendedVersion[] = []
  let { sequence, live, deleted, bytes } = before
  let same = unchanged
  // One row for all: the packer copies what it says.
  const row = { updated: 0, previous: 0, ts, flags: 0, ids, hashes, at: 0, text: '' }
  for (const at of incoming) {
    const entity = entities[at] as Entity
    const latest = known.get(at)
    const previous = latest ? planning.reader.entity(log, String(entity._id), found.get(latest.updated)) : null
    if (write.accept && !write.accept(entity, previous)) continue
    if (write.accept && latest && !isChanged(hashed, at, latest)) {
      same++
      continue
    }
    const offset = givenOffset(write, entity)
    if (offset !== null && offset <= sequence) {
      same++
      continue
    }
    sequence = offset ?? sequence + 1
    const change = new AppendedEntity(hashed, at, sequence, latest?.updated ?? 0, ts, previous)
    row.updated = sequence
    row.previous = change.before
    row.at = at
    row.flags = change.flags()
    row.text = change.text(row.flags)
    if (write.maxEntityBytes !== undefined && 3 * (row.text.length + STAMP_CHARACTERS) > write.maxEntityBytes)
      limitSize(write, String(entity._id), printEntity(change.entity))
    packer.add(row)
    changes.push(change)
    bytes += row.text.length + 1
    if (latest?.deleted) deleted--
    else if (latest) live--
    if (change.deleted) deleted++
    else live++
  }
  const versions = before.versions + changes.length
  const last = changes.length > 0 ? sequence : before.last
  const record = withDatasetState(before, { ...before, sequence, live, deleted, bytes, versions, last }, write)
  const committed = { dataset: write.dataset, changes, unchanged: same }
  return { log, record, packed: packer.end(), committed }
}

function isChanged({ write, entities, hashes }: HashedWrite, at: number, known: LatestVersion): boolean {
  if (write.repeats) return true
  if (known.deleted && entities[at]?._deleted === true) return false
  return hashes[4 * at] !== known.hashHigh || hashes[4 * at + 1] !== known.hashLow
}

/** A version on its way. Most are never looked at again once they are text, so the entity is made when it is asked for. */
class AppendedEntity implements AppendedVersion {
  private builtEntity: Entity | null = null

  constructor(
    private readonly hashed: HashedWrite,
    private readonly at: number,
    private readonly updated: number,
    /** `_previous`, 0 where there is none. */
    readonly before: number,
    private readonly ts: number,
    readonly previous: Entity | null,
  ) {}

  private get givenEntity(): Entity {
    return this.hashed.entities[this.at] as Entity
  }

  get deleted(): boolean {
    return this.givenEntity._deleted === true
  }

  get entity(): Entity {
    const { updated, before, ts, givenEntity: given } = this
    const stamp = { updated, previous: before === 0 ? null : before, ts }
    this.builtEntity ??= stamped(given, String(given._id), hashDigits(this.hashed.hashes, this.at), stamp)
    return this.builtEntity
  }

  /** The flags of its row. A plain entity that begins with `_id` is stored as it is given, which spares a copy. */
  flags(): number {
    const { givenEntity: given } = this
    const content = this.hashed.content[this.at] ?? 0
    const plain = (content & PLAIN_CONTENT) !== 0
    const apart = plain && (content & BARE_CONTENT) !== 0 && firstKey(given) === '_id'
    return (
      (given._deleted === true ? DELETED : 0) |
      (given.$retract === true ? RETRACTS : 0) |
      (plain ? PLAIN : 0) |
      (apart ? FIELDS_IN_COLUMNS : 0)
    )
  }

  /** The text of a version with these flags. The platform's own printer is as exact as ours for plain entities. */
  text(flags: number): string {
    if ((flags & FIELDS_IN_COLUMNS) !== 0) return JSON.stringify(this.givenEntity)
    return (flags & PLAIN) !== 0 ? JSON.stringify(this.entity) : printEntity(this.entity)
  }
}

function firstKey(entity: Entity): string | null {
  for (const key in entity) return key
  return null
}

/** The record with what the write says of the dataset as a whole. */
function withDatasetState(before: DatasetRecord, counted: DatasetRecord, write: DatasetWrite): DatasetRecord {
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
function metaOf(record: DatasetRecord): Readonly<Record<string, Json>> {
  const meta = readJson(record.meta)
  return typeof meta === 'object' && meta !== null && !Array.isArray(meta) ? (meta as Record<string, Json>) : {}
}

/** What is known of a dataset, by its record. */
export function infoOf(record: DatasetRecord): DatasetInfo {
  const { name, visible, live, deleted, versions, populated, generation, bytes, pendingSince } = record
  const counts = { live, deleted, versions, bytes }
  return { name, lastUpdated: visible, ...counts, populated, generation, pendingSince, meta: metaOf(record) }
}
