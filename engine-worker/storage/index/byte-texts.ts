/**
 * A list of texts that only grows, kept as bytes outside of the heap: a heap grows to several times what stays in it. Texts
 * stand one after the other in chunks of 1024, of 8 bits a character where that is enough, otherwise of 16. A TextList
 * gives its texts quicker, which counts where each is asked for often, and is in the heap.
 */

const CHUNK_SHIFT = 10
const CHUNK_SIZE = 1 << CHUNK_SHIFT
const CHUNK_MASK = CHUNK_SIZE - 1
/** Where a text may end whose end is kept in 16 bits. */
const MAX_SHORT_END = 0xffff

interface Chunk {
  readonly codes: Uint8Array | Uint16Array
  /** Behind the last character of each text. */
  readonly ends: Uint16Array | Uint32Array
}

/** Texts by their place. */
export class ByteTexts {
  length = 0
  /** The characters of all texts together. */
  characters = 0
  private readonly chunks: Chunk[] = []
  /** The texts behind the last full chunk. */
  private openTexts: string[] = []

  push(text: string): void {
    this.length++
    this.characters += text.length
    this.openTexts.push(text)
    if (this.openTexts.length < CHUNK_SIZE) return
    this.chunks.push(chunkOf(this.openTexts))
    this.openTexts = []
  }

  at(place: number): string {
    const chunk = this.chunks[place >> CHUNK_SHIFT]
    if (!chunk) return this.openTexts[place & CHUNK_MASK] ?? ''
    const at = place & CHUNK_MASK
    return textIn(chunk.codes, at === 0 ? 0 : (chunk.ends[at - 1] ?? 0), chunk.ends[at] ?? 0)
  }

  /** Whether the text at a place, without its first `cut` characters, is this one. */
  is(place: number, text: string, cut = 0): boolean {
    const chunk = this.chunks[place >> CHUNK_SHIFT]
    const at = place & CHUNK_MASK
    if (!chunk) {
      const own = this.openTexts[at] ?? ''
      return cut === 0 ? own === text : own.length - cut === text.length && own.endsWith(text)
    }
    const start = (at === 0 ? 0 : (chunk.ends[at - 1] ?? 0)) + cut
    if ((chunk.ends[at] ?? 0) - start !== text.length) return false
    const { codes } = chunk
    for (let k = 0; k < text.length; k++) if (codes[start + k] !== text.charCodeAt(k)) return false
    return true
  }
}

function chunkOf(texts: readonly string[]): Chunk {
  const all = texts.join('')
  const codes = /[^\0-\xff]/.test(all) ? new Uint16Array(all.length) : new Uint8Array(all.length)
  for (let at = 0; at < all.length; at++) codes[at] = all.charCodeAt(at)
  const ends = all.length > MAX_SHORT_END ? new Uint32Array(CHUNK_SIZE) : new Uint16Array(CHUNK_SIZE)
  let end = 0
  for (const [at, text] of texts.entries()) {
    end += text.length
    ends[at] = end
  }
  return { codes, ends }
}

/** Most texts are short: to call a decoder would take longer than this. */
function textIn(codes: Uint8Array | Uint16Array, start: number, end: number): string {
  let text = ''
  let at = start
  for (; at + 7 < end; at += 8) {
    text += String.fromCharCode(
      codes[at] ?? 0,
      codes[at + 1] ?? 0,
      codes[at + 2] ?? 0,
      codes[at + 3] ?? 0,
      codes[at + 4] ?? 0,
      codes[at + 5] ?? 0,
      codes[at + 6] ?? 0,
      codes[at + 7] ?? 0,
    )
  }
  // Each piece that is appended costs an allocation.
  if (at + 3 < end) {
    text += String.fromCharCode(codes[at] ?? 0, codes[at + 1] ?? 0, codes[at + 2] ?? 0, codes[at + 3] ?? 0)
    at += 4
  }
  if (at + 1 < end) {
    text += String.fromCharCode(codes[at] ?? 0, codes[at + 1] ?? 0)
    at += 2
  }
  return at < end ? text + String.fromCharCode(codes[at] ?? 0) : text
}
