/**
 * Zip files in and out. The directory of an archive is read once and each member is unpacked from its own place, so that
 * work grows with the size of the archive; no member gets more bytes than the archive states, and checksums are checked.
 */
// fflate: small, fast, without dependencies, and without a worker made from a blob (CSP).
import { deflateSync, Inflate, inflateSync } from 'fflate'
import { joinedBytes } from '../entity/joined-bytes.ts'
import type { FileEntry } from './project-files.ts'

/** A member of a zip file. */
export interface ZipMember {
  readonly path: string
  /** Unpacked, as the archive states it. */
  readonly size: number
  readonly packed: number
  readonly checksum: number
  /** 0: stored as it is; 8: deflated; others cannot be unpacked here. */
  readonly method: number
  readonly encrypted: boolean
  /** Where its own header begins. */
  readonly offset: number
}

/** What keeps a member from being unpacked. */
type Damage = 'the archive is damaged here' | 'it is encrypted' | 'it is packed by a method that is not known here'

const CENTRAL_ENTRY = 0x02014b50
const LOCAL_HEADER = 0x04034b50
const END_RECORD = 0x06054b50
const ZIP64_END_RECORD = 0x06064b50
const ZIP64_LOCATOR = 0x07064b50
/** A field of 32 bits that says: look into the extra fields of 64 bits. */
const ZIP64_MARKER = 0xffffffff

/** The members of a zip file, in its order, without folders. Throws where the bytes are no zip file, or cut short. */
export function zipMembers(zip: Uint8Array): ZipMember[] {
  const view = viewOf(zip)
  const end = endOf(view)
  if (end === null) throw new Error('its directory is not there')
  const members: ZipMember[] = []
  let { at } = end
  for (let n = 0; n < end.count; n++) {
    if (at + 46 > zip.length || view.getUint32(at, true) !== CENTRAL_ENTRY) throw new Error('its directory is cut off')
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true)
    if (next > zip.length) throw new Error('its directory is cut off')
    const flags = view.getUint16(at + 8, true)
    const path = nameOf(zip.subarray(at + 46, at + 46 + nameLength))
    const long = zip64Sizes(view, at, at + 46 + nameLength, extraLength)
    if (!path.endsWith('/')) {
      members.push({
        path,
        ...long,
        offset: long.offset + end.before,
        checksum: view.getUint32(at + 16, true),
        method: view.getUint16(at + 10, true),
        encrypted: (flags & 1) === 1,
      })
    }
    at = next
  }
  return members
}

/** The bytes of one member, or why it has none: never more than the size that the archive states. */
export function unpackMember(zip: Uint8Array, member: ZipMember): Uint8Array | Damage {
  const damaged = 'the archive is damaged here'
  const { offset, size, packed, method } = member
  if (member.encrypted) return 'it is encrypted'
  if (method !== 0 && method !== 8) return 'it is packed by a method that is not known here'
  const view = viewOf(zip)
  if (offset + 30 > zip.length || view.getUint32(offset, true) !== LOCAL_HEADER) return damaged
  const from = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  if (from + packed > zip.length) return damaged
  const data = zip.subarray(from, from + packed)
  const bytes = method === 0 ? data.slice() : inflate(data, size)
  return bytes && bytes.length === size && crc32(bytes) === member.checksum ? bytes : damaged
}

/** Packed bytes that are unpacked at once: what they can hold at most is 16 MB, whatever they state. */
const PIECE_BYTES = 16 * 1024

/** Deflated data as the bytes that it states to be; null when it is damaged or holds more. */
function inflate(data: Uint8Array, size: number): Uint8Array | null {
  try {
    return data.length <= PIECE_BYTES ? inflateSync(data, { out: new Uint8Array(size) }) : inflateInPieces(data, size)
  } catch {
    return null
  }
}

function inflateInPieces(data: Uint8Array, size: number): Uint8Array | null {
  const whole = new Uint8Array(size)
  let length = 0
  let tooLong = false
  const inflate = new Inflate((chunk) => {
    tooLong ||= length + chunk.length > size
    if (!tooLong) whole.set(chunk, length)
    length += chunk.length
  })
  for (let at = 0; at < data.length && !tooLong; at += PIECE_BYTES)
    inflate.push(data.subarray(at, at + PIECE_BYTES), at + PIECE_BYTES >= data.length)
  return tooLong ? null : whole.subarray(0, length)
}

/** A zip with these files; dates are fixed, so that the same files give the same bytes. */
export function zipOf(entries: readonly FileEntry[]): Uint8Array {
  const encoder = new TextEncoder()
  const members: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let at = 0
  for (const { path, content } of entries) {
    const name = encoder.encode(path)
    const bytes = typeof content === 'string' ? encoder.encode(content) : content
    const packed = deflateSync(bytes, { level: 6 })
    const fields = memberFields(name.length > path.length, bytes, packed.length, name.length)
    members.push(recordBytes(LOCAL_HEADER, fields), name, packed)
    directory.push(
      recordBytes(CENTRAL_ENTRY, [[2, ZIP_VERSION], ...fields, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]]),
      name,
    )
    at += 30 + name.length + packed.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const end = recordBytes(END_RECORD, [
    [2, 0],
    [2, 0],
    [2, entries.length],
    [2, entries.length],
    [4, size],
    [4, at],
    [2, 0],
  ])
  return joinedBytes([...members, ...directory, end])
}

/** Numbers as they stand in a zip: how many bytes, and the value. */
type Fields = readonly (readonly [2 | 4, number])[]

const ZIP_VERSION = 20
/** The first of January 1980, the earliest that a zip can say. */
const DOS_DATE = (1 << 5) | 1

/** What the header of a member and its entry in the directory have in common. */
function memberFields(unicode: boolean, bytes: Uint8Array, packed: number, nameLength: number): Fields {
  const flags = unicode ? 1 << 11 : 0
  const sizes: Fields = [
    [4, crc32(bytes)],
    [4, packed],
    [4, bytes.length],
    [2, nameLength],
    [2, 0],
  ]
  return [[2, ZIP_VERSION], [2, flags], [2, 8], [2, 0], [2, DOS_DATE], ...sizes]
}

function recordBytes(signature: number, fields: Fields): Uint8Array {
  const all: Fields = [[4, signature], ...fields]
  const bytes = new Uint8Array(all.reduce((sum, [size]) => sum + size, 0))
  const view = viewOf(bytes)
  let at = 0
  for (const [size, value] of all) {
    if (size === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += size
  }
  return bytes
}

/** Whether bytes look like a zip file, whatever it is called. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)
}

function viewOf(zip: Uint8Array): DataView {
  return new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
}

/** Where the directory begins, how many members it has, and how many bytes stand before the archive. */
interface ZipEnd {
  readonly at: number
  readonly count: number
  readonly before: number
}

/** The end of the directory; null where there is none. A comment may follow it. */
function endOf(view: DataView): ZipEnd | null {
  const last = view.byteLength - 22
  for (let end = last; end >= Math.max(0, last - 0xffff); end--) {
    if (view.getUint32(end, true) !== END_RECORD) continue
    const long = zip64End(view, end - 20)
    if (long) return long
    const stated = view.getUint32(end + 16, true)
    // What a program that unpacks itself has before the archive is not counted in its places.
    const before = end - view.getUint32(end + 12, true) - stated
    const at = before > 0 && isMember(view, stated + before) ? stated + before : stated
    return { at, count: countOf(view, at, end), before: at - stated }
  }
  return null
}

/** Archives of more than 65,535 members that were written without the 64-bit part count on from zero. */
function countOf(view: DataView, begin: number, end: number): number {
  const stated = view.getUint16(end + 10, true)
  let at = begin
  let found = 0
  while (at + 46 <= end && isMember(view, at)) {
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    found++
  }
  return found % 0x10000 === stated ? found : stated
}

function isMember(view: DataView, at: number): boolean {
  return at + 46 <= view.byteLength && view.getUint32(at, true) === CENTRAL_ENTRY
}

function zip64End(view: DataView, locator: number): ZipEnd | null {
  if (locator < 0 || view.getUint32(locator, true) !== ZIP64_LOCATOR) return null
  const end = Number(view.getBigUint64(locator + 8, true))
  if (end + 56 > view.byteLength || view.getUint32(end, true) !== ZIP64_END_RECORD) return null
  return { at: Number(view.getBigUint64(end + 48, true)), count: Number(view.getBigUint64(end + 32, true)), before: 0 }
}

/** Sizes and place of a member, from its extra fields where 32 bits were too few. */
function zip64Sizes(view: DataView, at: number, extra: number, extraLength: number) {
  const short = {
    size: view.getUint32(at + 24, true),
    packed: view.getUint32(at + 20, true),
    offset: view.getUint32(at + 42, true),
  }
  if (short.size !== ZIP64_MARKER && short.packed !== ZIP64_MARKER && short.offset !== ZIP64_MARKER) return short
  for (let field = extra; field + 4 <= extra + extraLength; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue
    let value = field + 4
    const zip64Value = (stated: number): number => {
      if (stated !== ZIP64_MARKER || value + 8 > extra + extraLength) return stated
      value += 8
      return Number(view.getBigUint64(value - 8, true))
    }
    return { size: zip64Value(short.size), packed: zip64Value(short.packed), offset: zip64Value(short.offset) }
  }
  return short
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Names are UTF-8, also where the archive does not say so; older archives use the characters of one byte. */
function nameOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) value = (crcTable[(value ^ byte) & 255] ?? 0) ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}
