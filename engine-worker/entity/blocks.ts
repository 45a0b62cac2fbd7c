/**
 * Files that are read in pieces of bytes, as texts that end where a line does, so that a piece can be decoded and read
 * on its own and memory stays bounded by the size of a piece, however large the file is.
 */
import { joinedBytes } from './joined-bytes.ts'

const NEWLINE = 10
/** Where no line ends within this number of bytes, a block ends between two characters instead. */
const MAX_LINE_BYTES = 16_000_000

/**
 * Blocks of bytes that end behind a line break (the last one where the file ends), and never inside a character of UTF-8.
 */
export async function* lineBlocks(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  let rest: Uint8Array[] = []
  let size = 0
  for await (const piece of pieces) {
    let end = piece.lastIndexOf(NEWLINE) + 1
    if (end === 0 && size + piece.length > MAX_LINE_BYTES) end = characterEnd(piece)
    if (end > 0) {
      yield concatenated([...rest, piece.subarray(0, end)])
      rest = []
      size = 0
    }
    if (end < piece.length) {
      // The piece may be overwritten by who reads the file.
      rest.push(piece.slice(end))
      size += piece.length - end
    }
  }
  if (rest.length > 0) yield concatenated(rest)
}

/** The end of the last character of UTF-8 that is complete; the length where the bytes are not UTF-8. */
function characterEnd(bytes: Uint8Array): number {
  let start = bytes.length - 1
  while (start > 0 && start > bytes.length - 4 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--
  const lead = bytes[start] ?? 0
  const wanted = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1
  return start + wanted > bytes.length ? start : bytes.length
}

function concatenated(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces
  return pieces.length === 1 && only ? only : joinedBytes(pieces)
}
