/** The words of a segment in order, as one text: millions of words take little more than their characters. */

import { areWithinEdits, isWithinEdits, lettersIn } from '../edits.ts'

/** Words in the order of their UTF-16 code units, none twice. None has a line break. */
export class WordTable {
  private readonly starts: Uint32Array

  constructor(
    readonly text: string,
    readonly length: number,
  ) {
    this.starts = new Uint32Array(length + 1)
    for (let place = 1; place <= length; place++) {
      const end = text.indexOf('\n', this.starts[place - 1])
      this.starts[place] = (end < 0 ? text.length : end) + 1
    }
  }

  at(place: number): string {
    return this.text.slice(this.starts[place], (this.starts[place + 1] ?? 0) - 1)
  }

  /** The place of a word, or -1. */
  find(word: string): number {
    const place = this.firstFrom(word)
    return place < this.length && this.at(place) === word ? place : -1
  }

  /** The words that begin with a text: the place of the first, and that behind the last. */
  withPrefix(prefix: string): readonly [number, number] {
    const first = this.firstFrom(prefix)
    let from = first
    let to = this.length
    while (from < to) {
      const middle = (from + to) >>> 1
      if (this.text.startsWith(prefix, this.starts[middle])) from = middle + 1
      else to = middle
    }
    return [first, from]
  }

  /** The places of the words with a part in them, which has no line break. */
  *containing(part: string): Generator<number> {
    let place = 0
    for (let at = this.text.indexOf(part); at >= 0; ) {
      place = this.placeAt(at, place)
      yield place
      at = this.text.indexOf(part, this.starts[place + 1])
    }
  }

  /** The place of the word in which a character is, at or behind another place. */
  private placeAt(at: number, least: number): number {
    let from = least
    let to = this.length
    while (to - from > 1) {
      const middle = (from + to) >>> 1
      if ((this.starts[middle] ?? 0) <= at) from = middle
      else to = middle
    }
    return from
  }

  /** The places of the words that at most so many edits turn into a word. */
  *withinEdits(word: string, edits: number): Generator<number> {
    const letters = lettersIn(word, 0, word.length)
    for (let place = 0; place < this.length; place++) {
      const start = this.starts[place] ?? 0
      const end = (this.starts[place + 1] ?? 0) - 1
      // Letters outside the first plane are two units.
      if (Math.abs(end - start - word.length) > 2 * edits) continue
      if (!areWithinEdits(letters, lettersIn(this.text, start, end), edits)) continue
      if (isWithinEdits(word, this.at(place), edits)) yield place
    }
  }

  /** The place of the first word that is not before a text. */
  private firstFrom(text: string): number {
    let from = 0
    let to = this.length
    while (from < to) {
      const middle = (from + to) >>> 1
      if (this.at(middle) < text) from = middle + 1
      else to = middle
    }
    return from
  }
}
