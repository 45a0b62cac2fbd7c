/** Zip files in and out, on top of fflate, with what it leaves out: checksums, and members that lie about their size. */
// fflate: small, fast, without dependencies, and synchronous, so that it needs no worker made from a blob (CSP).
import { unzipSync, zipSync } from 'fflate'
import type { FileEntry } from './project-files.ts'

/** A member of a zip file; `index` tells members of the same name apart. */
export interface Member {
  readonly index: number
  readonly path: string
  /** Unpacked. */
  readonly size: number
  readonly packed: number
  readonly checksum: number
}

/** The members of a zip file, without folders. Throws where the bytes are no zip file. */
export function membersOf(zip: Uint8Array): Member[] {
  const members: Member[] = []
  const checksums = checksumsOf(zip)
  let index = -1
  unzipSync(zip, {
    filter: ({ name, originalSize, size }) => {
      index++
      const checksum = checksums[index] ?? -1
      if (!name.endsWith('/')) members.push({ index, path: name, size: originalSize, packed: size, checksum })
      return false
    },
  })
  return members
}

/** The bytes of one member, or null when they are damaged (never more than the size the archive states). */
export function unpack(zip: Uint8Array, member: Member): Uint8Array | null {
  if (member.packed > member.size * 1.1 + 1024) return null
  let index = -1
  const unpacked = unzipSync(zip, { filter: () => ++index === member.index })
  const bytes = Object.hasOwn(unpacked, member.path) ? unpacked[member.path] : undefined
  return bytes && bytes.length === member.size && crc32(bytes) === member.checksum ? bytes : null
}

/** A zip with these files; dates are fixed, so that the same files give the same bytes. */
export function zipOf(entries: readonly FileEntry[]): Uint8Array {
  const encoder = new TextEncoder()
  const members = entries.map(({ path, content }) => {
    return [path, typeof content === 'string' ? encoder.encode(content) : content] as const
  })
  return zipSync(Object.fromEntries(members), { mtime: new Date(1980, 0, 1), level: 6 })
}

/** Whether bytes look like a zip file, whatever it is called. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)
}

/** The checksums in the central directory, in its order. */
function checksumsOf(zip: Uint8Array): number[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  let end = zip.length - 22
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--
  const checksums: number[] = []
  let at = end < 0 ? zip.length : view.getUint32(end + 16, true)
  while (at + 46 <= zip.length && view.getUint32(at, true) === 0x02014b50) {
    checksums.push(view.getUint32(at + 16, true))
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return checksums
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) value = (table[(value ^ byte) & 255] ?? 0) ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}
