/**
 * Changes as bytes, the same on every platform: a frame with its length and a hash, so that one that was cut off is known.
 * A file of a copy or a backup is frames, one after the other; the last one of a whole content says that it is the last.
 */
import murmur from 'murmurhash3js-revisited' // the reference algorithm, and synchronous, which Web Crypto is not
import { Fault, problem } from '../../problem.ts'
import type { StorageChange } from './changes.ts'

const copyDamaged = problem<{ file: string }>({
  code: 'copy-damaged',
  severity: 'error',
  says: ({ file }) => `${file} is not a complete backup: it was cut off, changed, or written by another program.`,
  fix: () => 'Take another backup.',
})

/** Some changes of a storage, and where they stand. */
export interface CopyFrame {
  /** Of the storage: seeds the hashes of ids. */
  readonly seed: number
  /** How many batches the storage had seen with these changes. */
  readonly batch: number
  readonly changes: readonly StorageChange[]
  /** The last frame of a whole content. */
  readonly isLast?: boolean
}

/** Reads a part of a file; less where the file ends. */
export type ReadPart = (at: number, length: number) => Promise<Uint8Array>

/** Letters, the length of what follows the head (a number of 8 bytes), and its hash (4 bytes). */
const LETTERS = 'PWCF'
const HASH_AT = 12
const HEAD = 16

/** Arrays of numbers stand behind the text, which names their kind, their place and their length. */
const MARK = '\u0000array'

/** The bytes of a frame. */
export function printFrame(frame: CopyFrame): Uint8Array<ArrayBuffer> {
  const arrays: Uint8Array[] = []
  let length = 0
  const text = JSON.stringify(frame, (_, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    const at = length
    arrays.push(bytes)
    length += bytes.length
    return { [MARK]: value.constructor.name, at, length: bytes.length }
  })
  const encoder = new TextEncoder()
  const header = encoder.encode(text)
  const body = new Uint8Array(4 + header.length + length)
  new DataView(body.buffer).setUint32(0, header.length)
  body.set(header, 4)
  let at = 4 + header.length
  for (const array of arrays) {
    body.set(array, at)
    at += array.length
  }
  const bytes = new Uint8Array(HEAD + body.length)
  const head = new DataView(bytes.buffer)
  bytes.set(encoder.encode(LETTERS))
  head.setFloat64(LETTERS.length, body.length)
  head.setUint32(HASH_AT, murmur.x86.hash32(body))
  bytes.set(body, HEAD)
  return bytes
}

/** The frames of a file in their order. Throws a Fault at an incomplete frame. */
export async function* readFrames(file: string, read: ReadPart): AsyncGenerator<CopyFrame> {
  const decoder = new TextDecoder()
  for (let at = 0; ; ) {
    const head = await read(at, HEAD)
    if (head.length === 0) return
    const isHead = head.length === HEAD && decoder.decode(head.subarray(0, LETTERS.length)) === LETTERS
    const view = new DataView(head.buffer, head.byteOffset)
    const length = isHead ? view.getFloat64(LETTERS.length) : 0
    const body = Number.isSafeInteger(length) && length > 4 ? await read(at + HEAD, length) : new Uint8Array()
    if (length === 0 || body.length !== length || murmur.x86.hash32(body) !== view.getUint32(HASH_AT))
      throw new Fault(copyDamaged({ file }))
    yield frameIn(body, file)
    at += HEAD + length
  }
}

/** Reads the frame of a body whose hash is right: it was printed here. */
function frameIn(body: Uint8Array, file: string): CopyFrame {
  const header = new DataView(body.buffer, body.byteOffset).getUint32(0)
  const from = 4 + header
  const frame: unknown = JSON.parse(new TextDecoder().decode(body.subarray(4, from)), (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !(MARK in value)) return value
    const { at, length } = value as unknown as { readonly at: number; readonly length: number }
    // A copy, since numbers of eight bytes must begin at a multiple of eight.
    const bytes = body.slice(from + at, from + at + length)
    if (value[MARK] === 'Float64Array') return new Float64Array(bytes.buffer)
    if (value[MARK] === 'Uint32Array') return new Uint32Array(bytes.buffer)
    return bytes
  })
  if (!isFrame(frame)) throw new Fault(copyDamaged({ file }))
  return frame
}

function isFrame(found: unknown): found is CopyFrame {
  return typeof found === 'object' && found !== null && 'changes' in found && Array.isArray(found.changes)
}

/** All frames of a file that is a whole content; a Fault where its last frame is not there. */
export async function* readContent(file: string, read: ReadPart): AsyncGenerator<CopyFrame> {
  let isWhole = false
  for await (const frame of readFrames(file, read)) {
    yield frame
    isWhole = frame.isLast === true
  }
  if (!isWhole) throw new Fault(copyDamaged({ file }))
}
