/** What a write to a dataset on disk appends. */
import { contentHash } from '../entity/hash.ts'
import { printJson, readJson } from '../entity/json.ts'
import { printEntity } from '../entity/transit.ts'
import type { Entity, Json } from '../entity/value.ts'
import type { DatasetRecord } from './database.ts'
import { hashId, type IdHash, type Known } from './identities.ts'
import type { Log } from './log.ts'
import type { Found, Reader } from './reader.ts'
import { isPlain, type Packed, Packer, type Row, type SegmentLimits } from './segment.ts'
import type { Committed, DatasetWrite } from './store.ts'
import { identity, lastOfEach, limitSize, stamped } from './write.ts'

/** A write as it will be stored, made before the transaction begins. */
export interface Plan {
  readonly log: Log
  /** The dataset's record after the write. */
  readonly record: DatasetRecord
  readonly packed: readonly Packed[]
  readonly committed: Committed
}

interface Incoming {
  readonly entity: Entity
  readonly id: string
  readonly hash: IdHash
  readonly known: Known | null
  readonly content: string
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

/** Compares a write with the latest versions and reads those it replaces. */
export async function prepareWrite(
  log: Log,
  before: DatasetRecord,
  write: DatasetWrite,
  { reader, seed }: { readonly reader: Reader; readonly seed: number },
): Promise<Prepared> {
  await reader.load(log)
  const { incoming, unchanged } = compare(log, write, seed)
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
  const changes: { entity: Entity; previous: Entity | null }[] = []
  let { sequence, live, deleted, bytes } = before
  let same = unchanged
  for (const one of incoming) {
    const { entity, id, known } = one
    const previous = known ? planning.reader.entity(log, id, found.get(known.updated)) : null
    if (write.accept && !write.accept(entity, previous)) continue
    if (write.accept && !isChanged(one)) {
      same++
      continue
    }
    sequence++
    const stamp = { updated: sequence, previous: known?.updated ?? null, ts: planning.ts }
    const stored = stamped(entity, id, one.content, stamp)
    limitSize(write.dataset, id, stored, write.maxEntityBytes)
    const row = rowOf(one, stored, stamp)
    packer.add(row)
    changes.push({ entity: stored, previous })
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

/** Leaves out what is known to be unchanged; with `accept` everything is asked for first. */
function compare(log: Log, write: DatasetWrite, seed: number): { incoming: Incoming[]; unchanged: number } {
  const incoming: Incoming[] = []
  let unchanged = 0
  for (const entity of lastOfEach(write.dataset, write.entities)) {
    const id = identity(write.dataset, entity)
    const hash = hashId(id, seed)
    const one = { entity, id, hash, known: log.index.get(hash), content: contentHash(entity) }
    if (write.accept || isChanged(one)) incoming.push(one)
    else unchanged++
  }
  return { incoming, unchanged }
}

function isChanged({ entity, known, content }: Incoming): boolean {
  if (!known) return true
  if (known.deleted && entity._deleted === true) return false
  return half(content, 0) !== known.hashHigh || half(content, 8) !== known.hashLow
}

function rowOf({ entity, hash, content }: Incoming, stored: Entity, stamp: { updated: number; ts: number }): Row {
  const plain = isPlain(stored)
  return {
    updated: stamp.updated,
    id: hash,
    hashHigh: half(content, 0),
    hashLow: half(content, 8),
    ts: stamp.ts,
    deleted: entity._deleted === true,
    retract: entity.$retract === true,
    plain,
    // The same text either way; the platform's own printer leaves less garbage.
    text: plain ? JSON.stringify(stored) : printEntity(stored),
  }
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

/** Eight of the hexadecimal digits of a content hash as a number. */
function half(content: string, from: number): number {
  let value = 0
  for (let at = from; at < from + 8; at++) {
    const code = content.charCodeAt(at)
    value = (value << 4) | (code < 58 ? code - 48 : code - 87)
  }
  return value >>> 0
}
