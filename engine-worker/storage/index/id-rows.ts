/** In which row each of many ids was seen last, in typed arrays: 12 bytes a slot, whatever the length of the ids. */
import { putIdHash } from './id-index.ts'

const MAX_LOAD = 0.75

/** Ids are kept as 64 bits of their hash, so that two may, very rarely, count as one. */
export class IdRows {
  private slots = 1024
  private hashes = new Uint32Array(2 * this.slots)
  /** 0 where the slot is free. */
  private rows = new Uint32Array(this.slots)
  private size = 0
  private readonly hash = new Uint32Array(2)

  /** `seed`: random, so that ids cannot be chosen to collide. */
  constructor(private readonly seed = 0) {}

  /** Whether an id was noted. */
  has(id: string): boolean {
    putIdHash(id, this.seed, this.hash, 0)
    return this.rows[this.find(this.hash[0] as number, this.hash[1] as number)] !== 0
  }

  /** Notes the row (from 1) of an id; gives the row that it had before, or 0. */
  put(id: string, row: number): number {
    putIdHash(id, this.seed, this.hash, 0)
    return this.putHash(this.hash[0] as number, this.hash[1] as number, row)
  }

  /** The same by the halves of the id's hash. */
  putHash(high: number, low: number, row: number): number {
    if (this.size >= this.slots * MAX_LOAD) this.grow()
    const slot = this.find(high, low)
    const before = this.rows[slot] as number
    if (before === 0) {
      this.size++
      this.hashes[2 * slot] = high
      this.hashes[2 * slot + 1] = low
    }
    this.rows[slot] = row
    return before
  }

  private find(high: number, low: number): number {
    const mask = this.slots - 1
    let slot = low & mask
    while (this.rows[slot] !== 0 && (this.hashes[2 * slot] !== high || this.hashes[2 * slot + 1] !== low)) {
      slot = (slot + 1) & mask
    }
    return slot
  }

  private grow(): void {
    const { hashes, rows } = this
    this.slots *= 2
    this.hashes = new Uint32Array(2 * this.slots)
    this.rows = new Uint32Array(this.slots)
    for (const [at, row] of rows.entries()) {
      if (row === 0) continue
      const slot = this.find(hashes[2 * at] as number, hashes[2 * at + 1] as number)
      this.hashes.set(hashes.subarray(2 * at, 2 * at + 2), 2 * slot)
      this.rows[slot] = row
    }
  }
}
