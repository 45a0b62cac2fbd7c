/** Segments of a search index as bytes, to be kept with the datasets. */
import { bytesWithHead, headOfBytes } from '../../entity/joined-bytes.ts'
import { type DocumentShape, SearchSegment } from './segment.ts'
import { WordTable } from './word-table.ts'

/** Which form this is; segments in another are made anew. */
const FORMAT_VERSION = 1
const encoder = new TextEncoder()
const decoder = new TextDecoder()

interface SegmentHeader {
  readonly form: number
  readonly shapes: readonly DocumentShape[]
  readonly words: number
  /** The lengths in bytes of the lists, in the order of {@link listsOf}. */
  readonly lists: readonly number[]
}

/** A segment as bytes, without what was replaced in it. */
export function segmentBytes({ parts }: SearchSegment): Uint8Array<ArrayBuffer> {
  const { updated, ids, lengths, shapeOf, postingStarts, valueStarts, postings, values, deleted, words } = parts
  const lists = [updated, ids, lengths, shapeOf, postingStarts, valueStarts, postings, values, deleted].map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  )
  lists.push(encoder.encode(words.text))
  const header: SegmentHeader = {
    form: FORMAT_VERSION,
    shapes: parts.shapes,
    words: words.length,
    lists: lists.map(({ length }) => length),
  }
  return bytesWithHead(header, lists)
}

/** The segment again, with what was replaced in it; null where the bytes are not one of this form. */
export function segmentOfBytes(bytes: Uint8Array, replaced: Uint8Array): SearchSegment | null {
  try {
    const { head: header, rest } = headOfBytes<SegmentHeader>(bytes)
    if (header.form !== FORMAT_VERSION) return null
    let at = 0
    const lists = header.lists.map((size) => {
      const list = rest.slice(at, at + size)
      at += size
      return list
    })
    if (at !== rest.length || 8 * replaced.length !== header.lists[0]) return null
    const listAt = (place: number) => lists[place] ?? new Uint8Array()
    return new SearchSegment(
      {
        updated: new Float64Array(listAt(0).buffer),
        ids: new Uint32Array(listAt(1).buffer),
        lengths: new Uint32Array(listAt(2).buffer),
        shapeOf: new Uint32Array(listAt(3).buffer),
        postingStarts: new Uint32Array(listAt(4).buffer),
        valueStarts: new Uint32Array(listAt(5).buffer),
        postings: listAt(6),
        values: listAt(7),
        deleted: listAt(8),
        shapes: header.shapes,
        words: new WordTable(decoder.decode(listAt(9)), header.words),
      },
      replaced,
    )
  } catch {
    return null
  }
}
