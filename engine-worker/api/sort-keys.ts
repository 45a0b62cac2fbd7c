/**
 * Values by which millions of rows are sorted, without an object for each: ranks and numbers in typed arrays, texts in a
 * list of texts. What is neither (lists, dicts, bytes, exact numbers) is kept as it is.
 */
import { secondsOf } from '../entity/datetime.ts'
import { compare, compareText, rank } from '../entity/order.ts'
import { DateTime, Day, Float, NI, URI, UUID, type Value } from '../entity/value.ts'
import { TextList } from '../storage/index/text-list.ts'

/** Ranks of the mixed order. */
const NUMBER_RANK = 2
const TIME_RANK = 3
const UUID_RANK = 4
const STRING_RANK = 7
/** The characters of a text that stand in its number, of 16 bits each; twice as many where all are of 8 bits. */
const PREFIX_CHARACTERS = 3
/** How many different texts are remembered, so that rows with the same text share it. */
const MAX_SHARED_TEXTS = 1024

/** The values of rows, in the order in which they were added. */
export class SortKeys {
  private count = 0
  /** The ranks of the mixed order (entity/order.ts); 0 where there is no value. */
  private ranks = new Uint8Array(1024)
  /** The number, the seconds of a moment, the place of a text. */
  private numbers = new Float64Array(1024)
  private readonly texts = new TextList()
  /** The places of the first different texts: where there are few, rows share them, and equal ones need not be compared. */
  private readonly textPlaces = new Map<string, number>()
  private readonly otherValues = new Map<number, Value>()
  /** What all texts begin with; and whether a character of one takes more than 8 bits. */
  private commonPrefix: string | null = null
  private isWide = false

  add(value: Value): void {
    const row = this.count++
    if (row === this.ranks.length) this.grow()
    this.ranks[row] = rank(value)
    if (typeof value === 'number') this.numbers[row] = value
    else if (typeof value === 'boolean') this.numbers[row] = Number(value)
    else if (typeof value === 'string') this.addText(row, value)
    else if (value instanceof NI || value instanceof URI || value instanceof UUID) this.addText(row, value.text)
    else if (value instanceof Float) this.numbers[row] = value.value
    else if (value !== null) {
      this.otherValues.set(row, value)
      if (value instanceof DateTime || value instanceof Day) this.numbers[row] = secondsOf(value)
    }
  }

  private grow(): void {
    const { ranks, numbers } = this
    this.ranks = new Uint8Array(2 * ranks.length)
    this.numbers = new Float64Array(2 * ranks.length)
    this.ranks.set(ranks)
    this.numbers.set(numbers)
  }

  private addText(row: number, text: string): void {
    const known = this.textPlaces.get(text)
    if (known !== undefined) {
      this.numbers[row] = known
      return
    }
    this.numbers[row] = this.texts.length
    if (this.textPlaces.size < MAX_SHARED_TEXTS) this.textPlaces.set(text, this.texts.length)
    this.texts.push(text)
    this.isWide ||= /[^\0-\xff]/.test(text)
    if (this.commonPrefix === null) this.commonPrefix = text
    else if (!text.startsWith(this.commonPrefix)) {
      let same = 0
      while (same < text.length && text.charCodeAt(same) === this.commonPrefix.charCodeAt(same)) same++
      this.commonPrefix = this.commonPrefix.slice(0, same)
    }
  }

  /** How two rows are ordered: equal ones as 0, missing values last in either direction. Nothing may be added afterwards. */
  comparison(descending: boolean): (a: number, b: number) => number {
    const prefixes = this.prefixes()
    return (a, b) => {
      const [left, right] = [this.ranks[a] ?? 0, this.ranks[b] ?? 0]
      if (left === 0 || right === 0) return left === right ? 0 : left === 0 ? 1 : -1
      const found = left === right ? this.compare(left, a, b, prefixes) : left - right
      return descending ? -found : found
    }
  }

  /** Two rows of one rank. */
  private compare(ranked: number, a: number, b: number, prefixes: Float64Array): number {
    const [left, right] = [this.numbers[a] ?? 0, this.numbers[b] ?? 0]
    if (ranked >= UUID_RANK && ranked <= STRING_RANK) {
      if (left === right) return 0
      const found = (prefixes[left] ?? 0) - (prefixes[right] ?? 0)
      return found || compareText(this.texts.at(left), this.texts.at(right))
    }
    if (ranked < NUMBER_RANK || this.otherValues.size === 0 || (ranked === TIME_RANK && left !== right))
      return left - right
    return compare(this.otherValues.get(a) ?? left, this.otherValues.get(b) ?? right)
  }

  /** A number for each text that is in order where the texts are: the characters behind what all begin with. */
  private prefixes(): Float64Array {
    const prefixes = new Float64Array(this.texts.length)
    const from = this.commonPrefix?.length ?? 0
    const [characters, unit] = this.isWide ? [PREFIX_CHARACTERS, 0x1_0000] : [2 * PREFIX_CHARACTERS, 0x100]
    for (let place = 0; place < prefixes.length; place++) {
      const text = this.texts.at(place)
      let number = 0
      for (let at = from; at < from + characters; at++) number = number * unit + unitAt(text, at)
      prefixes[place] = number
    }
    return prefixes
  }
}

/** A character's place in the order of code points, in which those beyond 16 bits come last. */
function unitAt(text: string, at: number): number {
  const unit = at < text.length ? text.charCodeAt(at) : 0
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}
