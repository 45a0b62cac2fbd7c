/**
 * Limits what a WebAssembly module can hold: its memory and its tables get a maximum, whatever the module says, and it may
 * have no types of objects, which would lie outside of both (WebAssembly core specification, binary format).
 */
import { joinedBytes } from '../../entity/joined-bytes.ts'

/** Bytes of one page of memory. */
export const PAGE = 65_536

/** References in all tables of a module, about 8 bytes each: more than programs have functions. */
const MAX_TABLE_ENTRIES = 1_000_000
const MAX_TABLES = 100

const TYPE_SECTION = 1
const TABLE_SECTION = 4
const MEMORY_SECTION = 5
const FUNCTION_TYPE = 0x60
/** The types of numbers, vectors and plain references. */
const VALUE_TYPES: ReadonlySet<number> = new Set([0x7f, 0x7e, 0x7d, 0x7c, 0x7b, 0x70, 0x6f])
const REFERENCE_TYPES: ReadonlySet<number> = new Set([0x70, 0x6f])

const notModuleReason = 'it is no WebAssembly module'

/**
 * The module with a maximum of `pages` for its own memory, and with limited tables.
 * @throws RangeError where the bytes are no module, or where it needs more from the start
 */
export function withWasmLimits(module: Uint8Array, pages: number): Uint8Array {
  const magic = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]
  if (magic.some((byte, at) => module[at] !== byte)) throw new RangeError(notModuleReason)
  const parts: Uint8Array[] = [module.subarray(0, magic.length)]
  const reader = new Reader(module, magic.length)
  while (!reader.isAtEnd) {
    const start = reader.at
    const id = reader.byte()
    const content = reader.taken(reader.number())
    const limited = limitedSection(id, new Reader(content, 0), pages)
    if (limited === null) parts.push(module.subarray(start, reader.at))
    else parts.push(Uint8Array.from([id, ...leb128(limited.length), ...limited]))
  }
  return joinedBytes(parts)
}

/** The content of a section with limits; null where it stays as it is. */
function limitedSection(id: number, content: Reader, pages: number): readonly number[] | null {
  switch (id) {
    case TYPE_SECTION:
      checkTypes(content)
      return null
    case TABLE_SECTION:
      return limitedTables(content)
    case MEMORY_SECTION:
      return limitedMemory(content, pages)
    default:
      return null
  }
}

function checkTypes(content: Reader): void {
  for (let left = content.number(); left > 0; left--) {
    if (content.byte() !== FUNCTION_TYPE) throw new RangeError('it has types of objects, which are not bounded')
    for (const _ of ['parameters', 'results'])
      for (let values = content.number(); values > 0; values--)
        if (!VALUE_TYPES.has(content.byte())) throw new RangeError('it has types of values that are not known here')
  }
}

function limitedTables(content: Reader): readonly number[] {
  const count = content.number()
  if (count > MAX_TABLES) throw new RangeError(`it has more than ${MAX_TABLES} tables`)
  const tables: number[] = []
  for (let left = count; left > 0; left--) {
    const type = content.byte()
    if (!REFERENCE_TYPES.has(type)) throw new RangeError('it has tables of types that are not known here')
    tables.push(
      type,
      ...limitedRange(content, Math.floor(MAX_TABLE_ENTRIES / count), 'its table is shared or has 64 bits'),
    )
  }
  return [...leb128(count), ...tables]
}

function limitedMemory(content: Reader, pages: number): readonly number[] {
  if (content.number() !== 1) throw new RangeError('it has more than one memory')
  return [1, ...limitedRange(content, pages, 'its memory is shared or has 64 bits')]
}

/** Limits with a maximum of at most `most`. */
function limitedRange(content: Reader, most: number, otherKind: string): readonly number[] {
  const flags = content.byte()
  if (flags > 1) throw new RangeError(otherKind)
  const least = content.number()
  const own = flags === 1 ? content.number() : most
  if (least > most) throw new RangeError('memory')
  return [1, ...leb128(least), ...leb128(Math.min(own, most))]
}

/** Reads the bytes of a module one after the other. */
class Reader {
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {}

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length
  }

  byte(): number {
    const byte = this.bytes[this.at++]
    if (byte === undefined) throw new RangeError(notModuleReason)
    return byte
  }

  /** An unsigned LEB128 number of at most 32 bits. */
  number(): number {
    let value = 0
    for (let index = 0; index < 5; index++) {
      const byte = this.byte()
      value += (byte & 0x7f) * 2 ** (7 * index)
      if (byte < 0x80) return value
    }
    throw new RangeError(notModuleReason)
  }

  taken(length: number): Uint8Array {
    if (this.at + length > this.bytes.length) throw new RangeError(notModuleReason)
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }
}

function leb128(value: number): number[] {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest]
    bytes.push((rest % 128) + 128)
  }
}
