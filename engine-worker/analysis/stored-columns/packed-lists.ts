/** Lists of numbers behind a head of JSON, as bytes that are kept. */
import { bytesWithHead, headOfBytes } from '../../entity/joined-bytes.ts'
import { type NumberWidth, packNumbers, unpackNumbers } from './number-lists.ts'

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
  const widths = packed.map(({ width }) => width)
  return bytesWithHead(
    { head, widths },
    packed.map((each) => each.bytes),
  )
}

/** The head and the lists again; null where the bytes are not as they were made. */
export function unpackLists<Head extends object>(
  bytes: Uint8Array,
  formsOf: (head: Head) => readonly ListForm[],
): { readonly head: Head; readonly lists: readonly ArrayLike<number>[] } | null {
  try {
    const {
      head: { head, widths },
      rest,
    } = headOfBytes<PackedHead<Head>>(bytes)
    let at = 0
    const lists = formsOf(head).map((form, place) => {
      const width = widths[place] ?? 0
      const part = rest.subarray(at, at + width * form.length)
      at += width * form.length
      return unpackNumbers({ width, bytes: part }, form.length, form.expected)
    })
    return at === rest.length ? { head, lists } : null
  } catch {
    return null
  }
}
