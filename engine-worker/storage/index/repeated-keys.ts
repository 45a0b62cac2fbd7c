/**
 * Which keys of a table come more than once, in bounded memory whatever the number of rows. Hashes of keys are gathered
 * in one list; a full list is put aside in parts by hash, and the parts are counted one after the other at the end.
 */
import { putIdHash } from './id-index.ts'
import { IdRows } from './id-rows.ts'

/** A place outside of memory for bytes that are needed again before something ends. */
export interface Scratch {
  /** Adds bytes at the end. */
  readonly append: (bytes: Uint8Array) => Promise<void>
  /** Reads bytes that were added, counted from 0. */
  readonly read: (at: number, length: number) => Promise<Uint8Array>
  /** Ends its use; nothing is left. */
  readonly close: () => Promise<void>
}

/** What is known of the rows that share their key with a later one. */
interface RepeatedRows {
  readonly count: number
  /** The first of them, counted from 1; 0 where there are none. */
  readonly first: number
}

/** Numbers of a key in the list: both halves of its hash and its row. */
const NUMBERS_PER_ENTRY = 3
const BYTES_PER_ENTRY = NUMBERS_PER_ENTRY * Uint32Array.BYTES_PER_ELEMENT
const MIN_ENTRIES = 1024
/** The number of keys at which a list is full: 3 MB. */
const MAX_ENTRIES = 1 << 18
/** The parts in which a list is put aside: a power of two, so that bits of the hash choose one. */
const PARTS = 256

/** Keys are told apart by 64 bits of their hash, so that two may, very rarely, count as one. */
export class RepeatedKeys {
  private entries = new Uint32Array(NUMBERS_PER_ENTRY * MIN_ENTRIES)
  private entryCount = 0
  private rowCount = 0
  private scratch: Scratch | null = null
  /** Keys that were put aside; for each list that was, where its parts begin, in keys. */
  private spilledKeys = 0
  private readonly partStarts: Uint32Array[] = []
  private readonly hash = new Uint32Array(2)

  /** `open` gives the place for full lists; where it is absent they stay in memory. `full`: keys, for tests. */
  constructor(
    private readonly open: (() => Promise<Scratch>) | undefined,
    private readonly full = MAX_ENTRIES,
  ) {}

  /** Adds the key of the next row. */
  add(key: string): void {
    const at = NUMBERS_PER_ENTRY * this.entryCount++
    if (at === this.entries.length) {
      const longer = new Uint32Array(2 * at)
      longer.set(this.entries)
      this.entries = longer
    }
    putIdHash(key, 0, this.hash, 0)
    this.entries.set(this.hash, at)
    this.entries[at + 2] = ++this.rowCount
  }

  /** Puts the list aside where it is full; to be awaited every few thousand keys. */
  async relieve(): Promise<void> {
    if (this.entryCount >= this.full && this.open) await this.spill(this.open)
  }

  /** The rows that share their key with a later one. Nothing may be added afterwards. */
  async end(): Promise<RepeatedRows> {
    const { scratch, open } = this
    if (!scratch || !open) return repeatedIn([this.entries.subarray(0, NUMBERS_PER_ENTRY * this.entryCount)])
    await this.spill(open)
    let count = 0
    let first = 0
    for (let part = 0; part < PARTS; part++) {
      const found = repeatedIn(await this.readPart(scratch, part))
      count += found.count
      if (found.first > 0 && (first === 0 || found.first < first)) first = found.first
    }
    return { count, first }
  }

  /** Ends the use of what was put aside. */
  async close(): Promise<void> {
    await this.scratch?.close()
  }

  private async spill(open: () => Promise<Scratch>): Promise<void> {
    this.scratch ??= await open()
    const { entries: list, entryCount: listed } = this
    const starts = new Uint32Array(PARTS + 1)
    for (let key = 0; key < listed; key++) {
      const after = partOf(list[NUMBERS_PER_ENTRY * key] ?? 0) + 1
      starts[after] = (starts[after] ?? 0) + 1
    }
    for (let part = 1; part <= PARTS; part++) starts[part] = (starts[part] ?? 0) + (starts[part - 1] ?? 0)
    const next = starts.slice()
    const sorted = new Uint32Array(NUMBERS_PER_ENTRY * listed)
    for (let at = 0; at < NUMBERS_PER_ENTRY * listed; at += NUMBERS_PER_ENTRY) {
      const part = partOf(list[at] ?? 0)
      const to = NUMBERS_PER_ENTRY * (next[part] ?? 0)
      next[part] = (next[part] ?? 0) + 1
      for (let number = 0; number < NUMBERS_PER_ENTRY; number++) sorted[to + number] = list[at + number] ?? 0
    }
    await this.scratch.append(new Uint8Array(sorted.buffer))
    this.partStarts.push(starts.map((start) => this.spilledKeys + start))
    this.spilledKeys += listed
    this.entryCount = 0
  }

  /** A part of all lists, in the order of rows. */
  private async readPart(scratch: Scratch, part: number): Promise<readonly Uint32Array[]> {
    const pieces: Uint32Array[] = []
    for (const starts of this.partStarts) {
      const from = starts[part] ?? 0
      const keys = (starts[part + 1] ?? 0) - from
      if (keys === 0) continue
      const bytes = await scratch.read(from * BYTES_PER_ENTRY, keys * BYTES_PER_ENTRY)
      // A copy, because bytes that were read may begin anywhere.
      pieces.push(new Uint32Array(new Uint8Array(bytes).buffer))
    }
    return pieces
  }
}

function partOf(high: number): number {
  return high % PARTS
}

function repeatedIn(lists: readonly Uint32Array[]): RepeatedRows {
  const rows = new IdRows()
  let count = 0
  let first = 0
  for (const list of lists) {
    for (let at = 0; at < list.length; at += NUMBERS_PER_ENTRY) {
      const before = rows.putHash(list[at] ?? 0, list[at + 1] ?? 0, list[at + 2] ?? 0)
      if (before === 0) continue
      count++
      if (first === 0 || before < first) first = before
    }
  }
  return { count, first }
}
