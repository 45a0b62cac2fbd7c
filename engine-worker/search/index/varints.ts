/** Whole numbers in as few bytes as they need: seven bits a byte, the lowest first. */

/** Bytes that numbers are appended to. */
export class VarintWriter {
  length = 0
  private bytes = new Uint8Array(1024)

  push(value: number): void {
    if (this.length + 5 > this.bytes.length) this.grow(this.length + 5)
    let rest = value
    while (rest > 127) {
      this.bytes[this.length++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.bytes[this.length++] = rest
  }

  /** All bytes so far. */
  all(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length)
  }

  private grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, 2 * this.bytes.length))
    larger.set(this.bytes)
    this.bytes = larger
  }
}

/** Reads numbers one after the other. */
export class VarintReader {
  at = 0

  constructor(private readonly bytes: Uint8Array) {}

  /** Passes over numbers. */
  skip(count: number): void {
    const { bytes } = this
    let at = this.at
    for (let left = count; left > 0; at++) if ((bytes[at] ?? 0) < 128) left--
    this.at = at
  }

  next(): number {
    const first = this.bytes[this.at] ?? 0
    if (first < 128) {
      this.at++
      return first
    }
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++] ?? 0
      value |= (byte & 127) << shift
      if (byte < 128) return value >>> 0
    }
  }
}
