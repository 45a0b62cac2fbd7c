/**
 * Numbers for the words of many texts. Words of ASCII texts are never made into strings while they are read: they are
 * compared by their character codes in one list, which takes a quarter of the time.
 */
import { searchWords } from '../search-words.ts'

const NONE = 0
const LETTER = 1
const DIGIT = 2
/** What each character of ASCII is in a word. */
const CHARACTER_KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const sign = String.fromCharCode(code)
  return /[a-z]/i.test(sign) ? LETTER : /\d/.test(sign) ? DIGIT : NONE
})
const POINT = 46
const BEYOND_ASCII = /[^\0-\x7f]/
/** Words longer than this are made into a string in parts. */
const CHUNK_CODES = 4096

/** Gives each different word a number, in the order in which they come. */
export class WordNumbers {
  /** Different words so far. */
  length = 0
  private codes = new Uint16Array(1 << 12)
  private starts = new Uint32Array(1 << 8)
  private hashes = new Uint32Array(1 << 8)
  /** The number of a word and one more. */
  private slots = new Uint32Array(1 << 9)

  /** Calls `each` with the number of each word of a text, in order; gives how many there are. */
  read(text: string, each: (number: number) => void): number {
    return BEYOND_ASCII.test(text) ? this.readWords(searchWords(text), each) : this.readAscii(text, each)
  }

  /** All words, by their numbers. */
  words(): string[] {
    return Array.from({ length: this.length }, (_, number) => {
      const codes = this.codes.subarray(this.starts[number], this.starts[number + 1])
      if (codes.length <= CHUNK_CODES) return String.fromCharCode(...codes)
      let word = ''
      for (let at = 0; at < codes.length; at += CHUNK_CODES) {
        word += String.fromCharCode(...codes.subarray(at, at + CHUNK_CODES))
      }
      return word
    })
  }

  private readAscii(text: string, each: (number: number) => void): number {
    const { length } = text
    let count = 0
    let at = 0
    this.reserveCodes(length)
    while (at < length) {
      let kind = CHARACTER_KINDS[text.charCodeAt(at)] ?? NONE
      if (kind === NONE) {
        at++
        continue
      }
      const start = this.starts[this.length] ?? 0
      let end = start
      let hash = 0x811c9dc5
      for (;;) {
        const code = text.charCodeAt(at++)
        const lower = kind === LETTER ? code | 32 : code
        this.codes[end++] = lower
        hash = Math.imul(hash ^ lower, 0x01000193)
        if (at >= length) break
        const next = text.charCodeAt(at)
        const nextKind = CHARACTER_KINDS[next] ?? NONE
        if (nextKind !== NONE) kind = nextKind
        else if (
          next === POINT &&
          kind !== NONE &&
          at + 1 < length &&
          CHARACTER_KINDS[text.charCodeAt(at + 1)] === kind
        ) {
          this.codes[end++] = POINT
          hash = Math.imul(hash ^ POINT, 0x01000193)
          at++
        } else break
      }
      each(this.wordNumber(start, end, hash))
      count++
    }
    return count
  }

  private readWords(words: readonly string[], each: (number: number) => void): number {
    for (const word of words) {
      this.reserveCodes(word.length)
      const start = this.starts[this.length] ?? 0
      let hash = 0x811c9dc5
      for (let at = 0; at < word.length; at++) {
        const code = word.charCodeAt(at)
        this.codes[start + at] = code
        hash = Math.imul(hash ^ code, 0x01000193)
      }
      each(this.wordNumber(start, start + word.length, hash))
    }
    return words.length
  }

  /** The number of the word whose codes stand behind those of all others; a new one stays there. */
  private wordNumber(start: number, end: number, hashed: number): number {
    const hash = (hashed ^ (hashed >>> 15)) >>> 0
    const mask = this.slots.length - 1
    let slot = hash & mask
    for (let taken = this.slots[slot] ?? 0; taken > 0; taken = this.slots[slot] ?? 0) {
      if (this.hashes[taken - 1] === hash && this.isWord(taken - 1, start, end)) return taken - 1
      slot = (slot + 1) & mask
    }
    const number = this.length++
    this.slots[slot] = number + 1
    this.hashes[number] = hash
    if (this.length + 1 >= this.starts.length) this.growWords()
    this.starts[this.length] = end
    return number
  }

  private isWord(number: number, start: number, end: number): boolean {
    const from = this.starts[number] ?? 0
    if ((this.starts[number + 1] ?? 0) - from !== end - start) return false
    for (let at = 0; at < end - start; at++) if (this.codes[from + at] !== this.codes[start + at]) return false
    return true
  }

  private reserveCodes(codes: number): void {
    const needed = (this.starts[this.length] ?? 0) + codes
    if (needed <= this.codes.length) return
    const larger = new Uint16Array(Math.max(needed, 2 * this.codes.length))
    larger.set(this.codes)
    this.codes = larger
  }

  private growWords(): void {
    const { starts, hashes } = this
    this.starts = new Uint32Array(2 * starts.length)
    this.starts.set(starts)
    this.hashes = new Uint32Array(2 * starts.length)
    this.hashes.set(hashes)
    this.slots = new Uint32Array(4 * starts.length)
    const mask = this.slots.length - 1
    for (let number = 0; number < this.length; number++) {
      let slot = (this.hashes[number] ?? 0) & mask
      while (this.slots[slot] !== 0) slot = (slot + 1) & mask
      this.slots[slot] = number + 1
    }
  }
}
