/** Bytes one after the other, also behind a head of JSON: how derived data is kept beside datasets. */

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** All pieces as one, which is a copy. */
export function joinedBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

/** A head that JSON can hold, with pieces behind it. */
export function bytesWithHead(head: object, pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const text = encoder.encode(JSON.stringify(head))
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, text.length, true)
  return joinedBytes([length, text, ...pieces])
}

/** The head again, unchecked, and the bytes behind it. Throws where the bytes are not of this form. */
export function headOfBytes<Head extends object>(
  bytes: Uint8Array,
): { readonly head: Head; readonly rest: Uint8Array } {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true)
  const head: Head = JSON.parse(decoder.decode(bytes.subarray(4, 4 + length)))
  return { head, rest: bytes.subarray(4 + length) }
}
