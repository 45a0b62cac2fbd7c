/** Lists of numbers behind a head of JSON, as bytes that are kept. */
import { type NumberWidth, packNumbers, unpackNumbers } from './number-lists.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** A list on its way into bytes or out of them. */
interface ListForm {
  readonly length: number
  /** A number that need not be kept, by its place. */
  readonly expected: (place: number) => number
}

interface PackedHead<Head> {
  readonly head: Head
  readonly widths: readonly NumberWidth[]
}

/** The lists with a head that tells how long each is. */
export function packLists(
  head: object,
  lists: readonly (ListForm & { readonly numbers: ArrayLike<number> })[],
): Uint8Array<ArrayBuffer> {
  const packed = lists.map(({ numbers, length, expected }) => packNumbers(numbers, length, expected))
  const text = encoder.encode(JSON.stringify({ head, widths: packed.map(({ width }) => width) }))
  const bytes = new Uint8Array(4 + text.length + packed.reduce((sum, each) => sum + each.bytes.length, 0))
  new DataView(bytes.buffer).setUint32(0, text.length, true)
  bytes.set(text, 4)
  let at = 4 + text.length
  for (const each of packed) {
    bytes.set(each.bytes, at)
    at += each.bytes.length
  }
  return bytes
}

/** The head and the lists again; null where the bytes are not as they were made. */
export function unpackLists<Head extends object>(
  bytes: Uint8Array,
  formsOf: (head: Head) => readonly ListForm[],
): { readonly head: Head; readonly lists: readonly ArrayLike<number>[] } | null {
  try {
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true)
    const { head, widths }: PackedHead<Head> = JSON.parse(decoder.decode(bytes.subarray(4, 4 + length)))
    let at = 4 + length
    const lists = formsOf(head).map((form, place) => {
      const width = widths[place] ?? 0
      const part = bytes.subarray(at, at + width * form.length)
      at += width * form.length
      return unpackNumbers({ width, bytes: part }, form.length, form.expected)
    })
    return at === bytes.length ? { head, lists } : null
  } catch {
    return null
  }
}
