/** What stands in the journal of file-segments.ts: changes as frames, and what follows from them. */
import { createHash } from 'node:crypto'
import { serialize } from 'node:v8'
import { BatchChanges, type RecordChange } from '../../storage/copy/changes.ts'
import type { PackedSegment } from '../../storage/log/segment.ts'
import type { DatasetRecord, StateRecord } from '../../storage/log/segment-storage.ts'

/** A change; the bytes of a segment and its head stand in the body of the frame, one after the other. */
export type JournalChange =
  | RecordChange
  | { readonly do: 'seed'; readonly seed: number }
  | {
      readonly do: 'put-segment'
      readonly log: number
      readonly first: number
      /** Lengths in bytes. */
      readonly segment: number
      readonly head: number
    }

/** A frame as it was read: its changes, where its body begins and where it ends. */
export interface JournalFrame {
  readonly changes: readonly JournalChange[]
  readonly body: number
  readonly end: number
}

/** A part of the journal, in bytes. */
export interface Piece {
  readonly at: number
  readonly length: number
}

/** Where a segment and its head stand. */
interface SegmentPlace {
  readonly log: number
  readonly first: number
  readonly segment: Piece
  readonly head: Piece
}

/** Four letters, the lengths of header (4 bytes) and body (6 bytes), and a SHA-1 of both. */
export const FRAME_HEAD = 34

/** The bytes of a frame, and where in it the body begins. */
export function frameOf(
  changes: readonly JournalChange[],
  bodies: readonly Uint8Array[],
): { readonly bytes: Buffer; readonly bodyAt: number } {
  const header = serialize(changes)
  const body = bodies.reduce((sum, { length }) => sum + length, 0)
  const head = Buffer.alloc(FRAME_HEAD)
  head.write('PWB1', 'latin1')
  head.writeUInt32LE(header.length, 4)
  head.writeUIntLE(body, 8, 6)
  const digest = createHash('sha1').update(header)
  for (const piece of bodies) digest.update(piece)
  digest.digest().copy(head, 14)
  return { bytes: Buffer.concat([head, header, ...bodies]), bodyAt: FRAME_HEAD + header.length }
}

/** Gathers the changes of a batch. */
export class Batch extends BatchChanges<JournalChange> {
  readonly bodies: Uint8Array[] = []

  async putSegments(packed: readonly PackedSegment[]): Promise<void> {
    for (const { segment, head } of packed) {
      const [body, index] = [serialize(segment), serialize(head)]
      const lengths = { segment: body.length, head: index.length }
      this.changes.push({ do: 'put-segment', log: head.log, first: head.first, ...lengths })
      this.bodies.push(body, index)
    }
  }
}

/** What a journal says so far. */
export class Journal {
  seed: number | null = null
  readonly datasets = new Map<string, DatasetRecord>()
  readonly states = new Map<string, StateRecord>()
  /** Where the next frame begins. */
  end = 0
  /** Bytes of segments that are there no longer. */
  garbage = 0
  private readonly logs = new Map<number, Map<number, SegmentPlace>>()

  /** Takes in the changes of a frame whose body begins and which ends at these places. */
  apply(changes: readonly JournalChange[], body: number, end: number): void {
    let at = body
    for (const change of changes) {
      switch (change.do) {
        case 'seed':
          this.seed = change.seed
          break
        case 'put-segment': {
          const { log, first } = change
          const segment = { at, length: change.segment }
          const head = { at: at + segment.length, length: change.head }
          at += segment.length + head.length
          this.delete(log, first)
          const places = this.logs.get(log) ?? new Map<number, SegmentPlace>()
          this.logs.set(log, places.set(first, { log, first, segment, head }))
          break
        }
        case 'delete-segments':
          for (const first of change.firsts) this.delete(change.log, first)
          break
        case 'delete-after':
          for (const first of [...(this.logs.get(change.log)?.keys() ?? [])]) {
            if (first > change.after) this.delete(change.log, first)
          }
          break
        case 'put-datasets':
          for (const record of change.records) this.datasets.set(record.name, record)
          break
        case 'delete-datasets':
          for (const name of change.names) this.datasets.delete(name)
          break
        case 'put-states':
          for (const state of change.states) this.states.set(state.key, state)
          break
        case 'delete-states':
          for (const key of change.keys) this.states.delete(key)
      }
    }
    this.end = end
  }

  private delete(log: number, first: number): void {
    const place = this.place(log, first)
    if (!place) return
    this.garbage += place.segment.length + place.head.length
    this.logs.get(log)?.delete(first)
  }

  place(log: number, first: number): SegmentPlace | undefined {
    return this.logs.get(log)?.get(first)
  }

  /** The segments of a log whose first version is in a range, both ends included, in order. */
  between(log: number, from: number, to: number): readonly SegmentPlace[] {
    const found = [...(this.logs.get(log)?.values() ?? [])].filter(({ first }) => first >= from && first <= to)
    return found.sort((a, b) => a.first - b.first)
  }

  *places(): Iterable<SegmentPlace> {
    for (const places of this.logs.values()) yield* places.values()
  }
}
