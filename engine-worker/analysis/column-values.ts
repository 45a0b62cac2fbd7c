/**
 * The values of one property, row by row, without the values: each row has the number of its value, and of each different
 * value a table has its hash, its type and what a profile measures. About 4 bytes a row and 30 bytes a different value.
 * Values are told apart by 64 bits of their hash, so that two may, very rarely, count as one.
 */
import { decimalValue } from '../entity/bigdecimal.ts'
import { secondsOf } from '../entity/datetime.ts'
import { printValue } from '../entity/transit.ts'
import { DateTime, Day, Decimal, Float, type Kind, kindOf, type Value } from '../entity/value.ts'
import { putIdHash } from '../storage/index/id-index.ts'
import { characterShape } from './value-shape.ts'

/** Numbers of rows that do not have the property, and where it is null. Values have greater ones, in the order they came. */
export const ABSENT = 0
export const NULL = 1
/** Shapes that are told apart; texts of further ones have none. */
const KNOWN_SHAPES = 2000
const FEWEST = 64

/** The values of one property. */
export class ColumnValues {
  rows = 0
  /** The number of each row's value. */
  numbers = new Uint32Array(FEWEST)
  /** How many numbers there are. */
  used = NULL + 1
  /** By number: the place of the type in {@link kindNames}, and of the shape in {@link shapeNames} and one more; 0 for none. */
  kinds = new Uint8Array(FEWEST)
  shapes = new Uint16Array(FEWEST)
  /** By number: a number, a moment in milliseconds since 1970, or the length of a text; NaN for anything else. */
  measures = new Float64Array(FEWEST)
  readonly kindNames: Kind[] = []
  readonly shapeNames: string[] = []
  private readonly shapePlaces = new Map<string, number>()
  private hashes = new Uint32Array(2 * FEWEST)
  /** Numbers by hash. */
  private slots = new Uint32Array(2 * FEWEST)
  private readonly hash = new Uint32Array(2)

  /** About what it takes in memory. */
  get bytes(): number {
    const { numbers, kinds, shapes, measures, hashes, slots } = this
    return [numbers, kinds, shapes, measures, hashes, slots].reduce((sum, { byteLength }) => sum + byteLength, 0)
  }

  /** Adds the value of the next row; undefined where it does not have the property. */
  add(value: Value | undefined): void {
    if (this.rows === this.numbers.length) this.numbers = longer(this.numbers, 2 * this.rows)
    this.numbers[this.rows++] = value === undefined ? ABSENT : value === null ? NULL : this.numberOf(value)
  }

  private numberOf(value: Exclude<Value, null>): number {
    const isText = typeof value === 'string'
    // Texts and values of other types that are printed alike differ.
    putIdHash(isText ? value : printValue(value), isText ? 0 : 1, this.hash, 0)
    const [high = 0, low = 0] = this.hash
    const mask = this.slots.length - 1
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & mask
    for (let number = this.slots[slot] ?? 0; number !== 0; number = this.slots[slot] ?? 0) {
      if (this.hashes[2 * number] === high && this.hashes[2 * number + 1] === low) return number
      slot = (slot + 1) & mask
    }
    if (this.used === this.kinds.length) this.growValues()
    const number = this.used++
    this.slots[slot] = number
    this.hashes[2 * number] = high
    this.hashes[2 * number + 1] = low
    this.kinds[number] = this.kindPlace(kindOf(value))
    this.measures[number] = isText ? value.length : measureOf(value)
    if (isText) this.shapes[number] = this.shapePlace(characterShape(value))
    if (4 * this.used > 3 * this.slots.length) this.growSlots()
    return number
  }

  private kindPlace(kind: Kind): number {
    const place = this.kindNames.indexOf(kind)
    return place < 0 ? this.kindNames.push(kind) - 1 : place
  }

  private shapePlace(shape: string): number {
    const known = this.shapePlaces.get(shape)
    if (known !== undefined) return known
    if (this.shapeNames.length === KNOWN_SHAPES) return 0
    const place = this.shapeNames.push(shape)
    this.shapePlaces.set(shape, place)
    return place
  }

  private growValues(): void {
    const size = 2 * this.used
    this.kinds = longer(this.kinds, size)
    this.shapes = longer(this.shapes, size)
    this.measures = longer(this.measures, size)
    this.hashes = longer(this.hashes, 2 * size)
  }

  private growSlots(): void {
    const slots = new Uint32Array(2 * this.slots.length)
    const mask = slots.length - 1
    for (let number = NULL + 1; number < this.used; number++) {
      const [high, low] = [this.hashes[2 * number] ?? 0, this.hashes[2 * number + 1] ?? 0]
      let slot = (low ^ Math.imul(high, 0x9e3779b1)) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = number
    }
    this.slots = slots
  }
}

/** A list of numbers with room for more. */
export function longer<List extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(
  list: List,
  length: number,
): List
export function longer(
  list: Uint8Array | Uint16Array | Uint32Array | Float64Array,
  length: number,
): Uint8Array | Uint16Array | Uint32Array | Float64Array {
  const more =
    list instanceof Uint8Array
      ? new Uint8Array(length)
      : list instanceof Uint16Array
        ? new Uint16Array(length)
        : list instanceof Uint32Array
          ? new Uint32Array(length)
          : new Float64Array(length)
  more.set(list)
  return more
}

/** A number, or a moment in milliseconds, on a scale; NaN for anything else. */
function measureOf(value: Value): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Float) return value.value
  if (value instanceof Decimal) return Number(value.text ?? decimalValue(value))
  return value instanceof DateTime || value instanceof Day ? secondsOf(value) * 1000 : Number.NaN
}
