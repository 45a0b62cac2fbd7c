/** The words of a segment in order, as one text: millions of words take little more than their characters. */

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

  /** The places of the words that begin with a text. */
  *withPrefix(prefix: string): Generator<number> {
    for (let place = this.firstFrom(prefix); place < this.length; place++) {
      if (!this.text.startsWith(prefix, this.starts[place])) return
      yield place
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
