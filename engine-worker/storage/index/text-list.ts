/**
 * A list of texts that only grows. They stand one after the other in chunks of 1024, each one string, so that a million
 * short texts take little more than their characters, and the garbage collector has nothing to follow.
 */

const CHUNK_SHIFT = 10
const CHUNK_SIZE = 1 << CHUNK_SHIFT
const CHUNK_MASK = CHUNK_SIZE - 1
const FIRST_CHUNK_SIZE = 16

interface Chunk {
  /** All texts as one, once the chunk is full; the single ones until then. */
  texts: string | string[]
  ends: Uint32Array
}

/** Texts by their place. */
export class TextList {
  length = 0
  private readonly chunks: Chunk[] = []

  push(text: string): void {
    const at = this.length++ & CHUNK_MASK
    let chunk = this.chunks.at(-1)
    if (!chunk || at === 0) {
      chunk = { texts: [], ends: new Uint32Array(this.chunks.length === 0 ? FIRST_CHUNK_SIZE : CHUNK_SIZE) }
      this.chunks.push(chunk)
    }
    if (at === chunk.ends.length) chunk.ends = grown(chunk.ends)
    chunk.ends[at] = (at === 0 ? 0 : (chunk.ends[at - 1] ?? 0)) + text.length
    if (typeof chunk.texts === 'string') return
    chunk.texts.push(text)
    if (at === CHUNK_MASK) chunk.texts = chunk.texts.join('')
  }

  at(place: number): string {
    const chunk = this.chunks[place >> CHUNK_SHIFT]
    if (!chunk) return ''
    const at = place & CHUNK_MASK
    if (typeof chunk.texts !== 'string') return chunk.texts[at] ?? ''
    return chunk.texts.slice(at === 0 ? 0 : chunk.ends[at - 1], chunk.ends[at])
  }

  /** Whether the text at a place is this one. */
  is(place: number, text: string): boolean {
    const chunk = this.chunks[place >> CHUNK_SHIFT]
    if (!chunk) return false
    const at = place & CHUNK_MASK
    if (typeof chunk.texts !== 'string') return chunk.texts[at] === text
    const start = at === 0 ? 0 : (chunk.ends[at - 1] ?? 0)
    return (chunk.ends[at] ?? 0) - start === text.length && chunk.texts.startsWith(text, start)
  }
}

function grown(ends: Uint32Array): Uint32Array {
  const larger = new Uint32Array(Math.min(CHUNK_SIZE, 4 * ends.length))
  larger.set(ends)
  return larger
}
