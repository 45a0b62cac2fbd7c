/**
 * Segments: how the log of a dataset is stored. A segment is up to a few hundred versions as one text, a line each, with the
 * place of every line; what the store sets (`_updated`, `_hash`, …) stands in columns beside it, so that it is neither
 * printed nor stored as text. Its head holds, apart from the text, what the id index and compaction need, so that a dataset is
 * opened without reading its entities.
 *
 * Measured in Chromium with 100,000 entities of 456 characters: segments of 250 (about 110 KB) write in 114 ms and read in
 * 52 ms as raw text, no slower than segments of 5,000, while 100 random reads take 11 ms instead of 560 ms.
 */
import { hashDigits } from '../../entity/hash.ts'
import { readEntity } from '../../entity/transit.ts'
import type { Entity } from '../../entity/value.ts'

/** Most versions of a segment, and most characters unless one version alone has more. */
export const SEGMENT_VERSIONS = 256
export const SEGMENT_CHARACTERS = 120_000

/** One version on its way into a segment. */
export interface SegmentRow {
  readonly updated: number
  /** `_previous`, 0 where there is none. */
  readonly previous: number
  /** `_ts`. */
  readonly ts: number
  /** `DELETED` (id-index.ts), {@link RETRACTS}, {@link PLAIN}, {@link FIELDS_IN_COLUMNS}. */
  readonly flags: number
  /** Where the hashes of its id and of its content stand: place `at` in lists of two and of four numbers a version. */
  readonly ids: Uint32Array
  readonly hashes: Uint32Array
  readonly at: number
  readonly text: string
}

/** Columns that both records of a segment carry, one element a version (two for `ids`: high, low). */
interface Columns {
  /** Number of the dataset's log; a reset begins another. */
  readonly log: number
  /** `_updated` of the first version; with `log` the primary key. */
  readonly first: number
  readonly updated: Float64Array
  readonly ids: Uint32Array
  readonly flags: Uint8Array
}

/** `_ts` of each version; one number where it is the same for all. */
type VersionTimes = number | Float64Array

/** The record with the entities. Line `i` is `text` from `offsets[i]` to before `offsets[i + 1]` less the line break. */
export interface Segment extends Columns {
  readonly text: string
  readonly offsets: Uint32Array
  /** What the store sets, for the versions that are {@link FIELDS_IN_COLUMNS}; segments that were written before there were such lack it. */
  readonly stamps?: {
    /** Content hashes, four numbers each. */
    readonly hashes: Uint32Array
    /** `_previous` of each, 0 for none; absent where all are new. */
    readonly previous?: Float64Array
    readonly times: VersionTimes
  }
}

/**
 * A segment as the cache keeps it: the text as UTF-8, outside of the heap, which may grow to several times what stays in it.
 * Line `i` is from `starts[i]` to before `starts[i + 1]` less the line break.
 */
export interface CompactSegment extends Omit<Segment, 'text'> {
  readonly bytes: Uint8Array
  readonly starts: Uint32Array
}

/** The record for the index. */
export interface SegmentHead extends Columns {
  readonly last: number
  readonly characters: number
  /** 64 bits of each content hash: high, low. */
  readonly hashes: Uint32Array
  readonly times: VersionTimes
}

export const RETRACTS = 2
/** Whether `JSON.parse` reads the text without loss (entity/hash.ts). */
export const PLAIN = 4
/** Whether the text lacks the fields that the store sets (`_updated`, `_hash`, …), which stand in columns. */
export const FIELDS_IN_COLUMNS = 8

/** When a segment is full. */
export interface SegmentLimits {
  readonly versions: number
  readonly characters: number
}

/** Both records of one segment. */
export interface PackedSegment {
  readonly segment: Segment
  readonly head: SegmentHead
}

/** Packs versions, in `_updated` order, into segments. */
export function packSegments(
  log: number,
  rows: readonly SegmentRow[],
  limits: SegmentLimits,
): readonly PackedSegment[] {
  const packer = new Packer(log, limits)
  for (const row of rows) packer.add(row)
  return packer.end()
}

/** A segment that is being filled. */
class SegmentBuilder {
  readonly updated: Float64Array
  readonly previous: Float64Array
  readonly times: Float64Array
  readonly ids: Uint32Array
  readonly hashes: Uint32Array
  readonly flags: Uint8Array
  readonly offsets: Uint32Array
  readonly texts: string[] = []

  constructor(versions: number) {
    this.updated = new Float64Array(versions)
    this.previous = new Float64Array(versions)
    this.times = new Float64Array(versions)
    this.ids = new Uint32Array(2 * versions)
    this.hashes = new Uint32Array(4 * versions)
    this.flags = new Uint8Array(versions)
    this.offsets = new Uint32Array(versions + 1)
  }

  add(row: SegmentRow): void {
    const to = this.texts.length
    this.updated[to] = row.updated
    this.previous[to] = row.previous
    this.times[to] = row.ts
    this.flags[to] = row.flags
    for (let half = 0; half < 2; half++) this.ids[2 * to + half] = row.ids[2 * row.at + half] as number
    for (let part = 0; part < 4; part++) this.hashes[4 * to + part] = row.hashes[4 * row.at + part] as number
    this.offsets[to + 1] = (this.offsets[to] as number) + row.text.length + 1
    this.texts.push(row.text)
  }

  packed(log: number): PackedSegment {
    const count = this.texts.length
    const updated = this.updated.slice(0, count)
    const previous = this.previous.slice(0, count)
    const hashes = this.hashes.slice(0, 4 * count)
    const offsets = this.offsets.slice(0, count + 1)
    const all = this.times.slice(0, count)
    const [time = 0] = all
    const times = all.every((each) => each === time) ? time : all
    const columns = {
      log,
      first: updated[0] ?? 0,
      updated,
      ids: this.ids.slice(0, 2 * count),
      flags: this.flags.slice(0, count),
    }
    const stamps = { hashes, times, ...(previous.some((each) => each > 0) ? { previous } : {}) }
    return {
      segment: { ...columns, text: this.texts.join('\n'), offsets, stamps },
      head: {
        ...columns,
        last: updated[count - 1] ?? 0,
        characters: offsets[count] ?? 0,
        hashes: Uint32Array.from({ length: 2 * count }, (_, half) => hashes[2 * half - (half & 1)] as number),
        times,
      },
    }
  }
}

/** Packs versions as they come, so that their texts are garbage early: most of the time of a big write is the collector's. */
export class Packer {
  private readonly packedSegments: PackedSegment[] = []
  private builder: SegmentBuilder | null = null
  private characters = 0

  constructor(
    private readonly log: number,
    private readonly limits: SegmentLimits,
    /** Told of each segment as soon as it is full. */
    private readonly emit: (packed: PackedSegment) => void = () => undefined,
  ) {}

  /** Takes what the row says now; the row itself may be used again. */
  add(row: SegmentRow): void {
    const { length } = row.text
    const { versions, characters } = this.limits
    const held = this.builder?.texts.length ?? 0
    if (held > 0 && (held >= versions || this.characters + length > characters)) this.closeSegment()
    this.builder ??= new SegmentBuilder(Math.max(1, versions))
    this.builder.add(row)
    this.characters += length
  }

  end(): readonly PackedSegment[] {
    this.closeSegment()
    return this.packedSegments
  }

  private closeSegment(): void {
    if (!this.builder) return
    const packed = this.builder.packed(this.log)
    this.packedSegments.push(packed)
    this.emit(packed)
    this.builder = null
    this.characters = 0
  }
}

/** The versions of a segment again, for packing them anew. */
export function unpackSegment(segment: Segment, head: SegmentHead): SegmentRow[] {
  const { ids, flags, stamps } = segment
  const hashes = stamps?.hashes ?? widenedHashes(head.hashes)
  return Array.from(segment.updated, (updated, at) => ({
    updated,
    previous: stamps?.previous?.[at] ?? 0,
    ts: timeAt(head, at),
    flags: flags[at] ?? 0,
    ids,
    hashes,
    at,
    text: textOf(segment, at),
  }))
}

/** Two numbers of each hash as four; where a version is not {@link FIELDS_IN_COLUMNS} the others are not used. */
function widenedHashes(hashes: Uint32Array): Uint32Array {
  const wide = new Uint32Array(2 * hashes.length)
  for (let half = 0; half < hashes.length; half++) wide[2 * half - (half & 1)] = hashes[half] as number
  return wide
}

/** `_ts` of one version. */
export function timeAt({ times }: { readonly times: VersionTimes }, at: number): number {
  return typeof times === 'number' ? times : (times[at] ?? 0)
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const LINE_BREAK = 10

/** A segment with its text as bytes. */
export function compactSegment({ text, ...rest }: Segment): CompactSegment {
  const bytes = encoder.encode(text)
  if (bytes.length === text.length) return { ...rest, bytes, starts: rest.offsets }
  // JSON on one line has no line break.
  const starts = new Uint32Array(rest.offsets.length)
  for (let line = 1; line < starts.length; line++) {
    const end = bytes.indexOf(LINE_BREAK, starts[line - 1])
    starts[line] = (end < 0 ? bytes.length : end) + 1
  }
  return { ...rest, bytes, starts }
}

/**
 * A segment none of whose columns is a window on a larger buffer: those that were read out of a file hold all that was read,
 * the text too.
 */
export function withOwnColumns(segment: Segment): Segment {
  const { updated, ids, flags, offsets, stamps } = segment
  if (updated.byteLength === updated.buffer.byteLength) return segment
  const own = { updated: updated.slice(), ids: ids.slice(), flags: flags.slice(), offsets: offsets.slice() }
  if (!stamps) return { ...segment, ...own }
  const { hashes, previous, times } = stamps
  const ownStamps = {
    hashes: hashes.slice(),
    ...(previous ? { previous: previous.slice() } : {}),
    times: typeof times === 'number' ? times : times.slice(),
  }
  return { ...segment, ...own, stamps: ownStamps }
}

/** The segment again. */
export function expandSegment({ bytes, starts: _, ...rest }: CompactSegment): Segment {
  return { ...rest, text: decoder.decode(bytes) }
}

/** One version of a segment, read. */
export function entityAt(segment: Segment | CompactSegment, at: number): Entity {
  const text = lineAt(segment, at)
  return ((segment.flags[at] ?? 0) & PLAIN) !== 0 ? JSON.parse(text) : readEntity(text)
}

/** One version, perhaps without what the store sets besides `_id` and a true `_deleted`. */
export function contentAt(segment: Segment | CompactSegment, at: number): Entity {
  const text = textOf(segment, at)
  return ((segment.flags[at] ?? 0) & PLAIN) !== 0 ? JSON.parse(text) : readEntity(text)
}

/** The text of one version, with all that the store sets. */
export function lineAt(segment: Segment | CompactSegment, at: number): string {
  const text = textOf(segment, at)
  const { stamps } = segment
  if (!stamps || ((segment.flags[at] ?? 0) & FIELDS_IN_COLUMNS) === 0) return text
  const end = endOfId(text)
  const previous = stamps.previous?.[at] || null
  const own = `"_updated":${segment.updated[at]},"_deleted":false,"_previous":${previous}`
  return `${text.slice(0, end)},${own},"_hash":"${hashDigits(stamps.hashes, at)}","_ts":${timeAt(stamps, at)}${text.slice(end)}`
}

/** What the store sets of one version, from the columns beside the text; undefined for anything that does not stand there. */
export function stampAt(segment: Segment, at: number, property: string): number | boolean | null | undefined {
  const { stamps } = segment
  if (!stamps || ((segment.flags[at] ?? 0) & FIELDS_IN_COLUMNS) === 0) return undefined
  switch (property) {
    case '_updated':
      return segment.updated[at]
    case '_ts':
      return timeAt(stamps, at)
    case '_previous':
      return stamps.previous?.[at] || null
    case '_deleted':
      return false
    default:
      return undefined
  }
}

/** The text of one version as it is kept. */
function textOf(segment: Segment | CompactSegment, at: number): string {
  if ('bytes' in segment) {
    return decoder.decode(segment.bytes.subarray(segment.starts[at] ?? 0, (segment.starts[at + 1] ?? 1) - 1))
  }
  return segment.text.slice(segment.offsets[at] ?? 0, (segment.offsets[at + 1] ?? 1) - 1)
}

const ID_PREFIX = '{"_id":"'

/** Where the `_id` ends in a text that begins with it. */
function endOfId(text: string): number {
  for (let end = text.indexOf('"', ID_PREFIX.length); ; end = text.indexOf('"', end + 1)) {
    let escapes = 0
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++
    if (escapes % 2 === 0) return end + 1
  }
}

const BACKSLASH = 92

/** The place of a version in a segment, or -1. */
export function indexOfVersion(segment: Columns, updated: number): number {
  let from = 0
  let to = segment.updated.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((segment.updated[middle] ?? 0) < updated) from = middle + 1
    else to = middle
  }
  return segment.updated[from] === updated ? from : -1
}
