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
const MAX_SHAPES = 2000
const MIN_VALUES = 64

/** A column as lists: what is kept of it, and what another one takes over. */
export interface ColumnParts {
  readonly rows: number
  /** The number of each row's value. */
  readonly numbers: ArrayLike<number>
  /** How many numbers there are; the lists below are by number, {@link ABSENT} and {@link NULL} included. */
  readonly used: number
  readonly kinds: ArrayLike<number>
  readonly shapes: ArrayLike<number>
  readonly measures: ArrayLike<number>
  /** Two halves of each hash: high, low. */
  readonly hashes: ArrayLike<number>
  readonly kindNames: readonly Kind[]
  readonly shapeNames: readonly string[]
  /** By number: what is told of the text of a value; absent where texts are not kept. */
  readonly texts?: readonly string[]
}

/** The values of one property. */
export class ColumnValues implements ColumnParts {
  rows = 0
  /** The number of each row's value. */
  numbers = new Uint32Array(MIN_VALUES)
  /** How many numbers there are. */
  used = NULL + 1
  /** By number: the place of the type in {@link kindNames}, and of the shape in {@link shapeNames} and one more; 0 for none. */
  kinds = new Uint8Array(MIN_VALUES)
  shapes = new Uint16Array(MIN_VALUES)
  /** By number: a number, a moment in milliseconds since 1970, or the length of a text; NaN for anything else. */
  measures = new Float64Array(MIN_VALUES)
  readonly kindNames: Kind[] = []
  readonly shapeNames: string[] = []
  private readonly shapePlaces = new Map<string, number>()
  hashes = new Uint32Array(2 * MIN_VALUES)
  /** Numbers by hash. */
  private slots = new Uint32Array(2 * MIN_VALUES)
  private readonly hash = new Uint32Array(2)
  private textBytes = 0

  readonly texts: string[] = ['', '']

  /**
   * @param knownShapes so many shapes are told apart; texts of further ones have none
   * @param textOf what is kept of the text of each value; without it nothing is
   */
  constructor(
    private readonly knownShapes = MAX_SHAPES,
    private readonly textOf: ((value: Value) => string) | null = null,
  ) {}

  /** About what it takes in memory. */
  get bytes(): number {
    const { numbers, kinds, shapes, measures, hashes, slots } = this
    return [numbers, kinds, shapes, measures, hashes, slots].reduce(
      (sum, list) => sum + list.byteLength,
      this.textBytes,
    )
  }

  /** Adds the value of the next row; undefined where it does not have the property. */
  add(value: Value | undefined): void {
    if (this.rows === this.numbers.length) this.reserveRows(1)
    this.numbers[this.rows++] = value === undefined ? ABSENT : value === null ? NULL : this.numberOf(value)
  }

  /** Adds rows that do not have the property. */
  addAbsent(rows: number): void {
    this.reserveRows(rows)
    this.rows += rows
  }

  /** Adds the rows of another column; without those that are marked, where there are any. */
  addAll(parts: ColumnParts, without: ArrayLike<number> | null = null): void {
    this.reserveRows(parts.rows)
    const local = listOf(Uint32Array, parts.numbers)
    // Values get their numbers in the order of the rows that have them.
    const known = this.copyParts(parts, without && valuesKept(local, parts, without))
    const { numbers } = this
    let { rows } = this
    for (let row = 0; row < parts.rows; row++) {
      if (without === null || without[row] !== 1) numbers[rows++] = known[local[row] ?? ABSENT] ?? ABSENT
    }
    this.rows = rows
  }

  /** Has the column consist of some of its rows; -1 stands for one that does not have the property. */
  chooseRows(rows: readonly number[]): void {
    const { numbers } = this
    this.numbers = Uint32Array.from(rows, (row) => (row < 0 ? ABSENT : (numbers[row] ?? ABSENT)))
    this.rows = rows.length
  }

  /** Makes room for so many different values at once. */
  reserveValues(values: number): void {
    const size = values + NULL + 1
    if (size > this.kinds.length) this.growValues(size)
    if (4 * size > 3 * this.slots.length) this.growSlots(size)
  }

  /** The numbers of the values of another column, by their numbers there; values that are not `kept` have none. */
  private copyParts(parts: ColumnParts, kept: Uint8Array | null): Uint32Array {
    const { used, texts } = parts
    // Lists of one type each are read several times as fast.
    const hashes = listOf(Uint32Array, parts.hashes)
    const measures = listOf(Float64Array, parts.measures)
    const [kinds, shapes] = [listOf(Uint8Array, parts.kinds), listOf(Uint16Array, parts.shapes)]
    const kindPlaces = parts.kindNames.map((kind) => this.kindPlace(kind))
    const shapePlaces = new Int32Array(parts.shapeNames.length + 1).fill(-1, 1)
    const known = new Uint32Array(Math.max(used, NULL + 1))
    known[NULL] = NULL
    for (let from = NULL + 1; from < used; from++) {
      if (kept !== null && kept[from] !== 1) continue
      const [high, low] = [hashes[2 * from] ?? 0, hashes[2 * from + 1] ?? 0]
      const slot = this.slotOf(high, low)
      let number = this.slots[slot] ?? 0
      if (number === 0) {
        number = this.newNumber(slot, high, low)
        this.kinds[number] = kindPlaces[kinds[from] ?? 0] ?? 0
        this.measures[number] = measures[from] ?? Number.NaN
        const shape = shapes[from] ?? 0
        if (shapePlaces[shape] === -1) shapePlaces[shape] = this.shapePlace(parts.shapeNames[shape - 1] ?? '')
        this.shapes[number] = shapePlaces[shape] ?? 0
        if (this.textOf) this.keepText(number, texts?.[from] ?? this.textOf(null))
      }
      known[from] = number
    }
    return known
  }

  private numberOf(value: Exclude<Value, null>): number {
    const isText = typeof value === 'string'
    // Texts and values of other types that are printed alike differ.
    putIdHash(isText ? value : printValue(value), isText ? 0 : 1, this.hash, 0)
    const [high = 0, low = 0] = this.hash
    const slot = this.slotOf(high, low)
    const known = this.slots[slot] ?? 0
    if (known !== 0) return known
    const number = this.newNumber(slot, high, low)
    this.kinds[number] = this.kindPlace(kindOf(value))
    this.measures[number] = isText ? value.length : measureOf(value)
    if (isText) this.shapes[number] = this.shapePlace(characterShape(value))
    if (this.textOf) this.keepText(number, this.textOf(value))
    return number
  }

  private keepText(number: number, text: string): void {
    this.texts[number] = text
    this.textBytes += text.length
  }

  /** Where the number of a value is, or the free slot where it would be. */
  private slotOf(high: number, low: number): number {
    const { slots, hashes } = this
    const mask = slots.length - 1
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & mask
    for (let number = slots[slot] ?? 0; number !== 0; number = slots[slot] ?? 0) {
      if (hashes[2 * number] === high && hashes[2 * number + 1] === low) return slot
      slot = (slot + 1) & mask
    }
    return slot
  }

  private newNumber(slot: number, high: number, low: number): number {
    if (this.used === this.kinds.length) this.growValues(2 * this.used)
    const number = this.used++
    this.slots[slot] = number
    this.hashes[2 * number] = high
    this.hashes[2 * number + 1] = low
    if (4 * this.used > 3 * this.slots.length) this.growSlots(this.used)
    return number
  }

  private kindPlace(kind: Kind): number {
    const place = this.kindNames.indexOf(kind)
    return place < 0 ? this.kindNames.push(kind) - 1 : place
  }

  private shapePlace(shape: string): number {
    const known = this.shapePlaces.get(shape)
    if (known !== undefined) return known
    if (this.shapeNames.length === this.knownShapes) return 0
    const place = this.shapeNames.push(shape)
    this.shapePlaces.set(shape, place)
    return place
  }

  private reserveRows(rows: number): void {
    const needed = this.rows + rows
    if (needed > this.numbers.length)
      this.numbers = longer(this.numbers, Math.max(MIN_VALUES, needed, 2 * this.numbers.length))
  }

  private growValues(size: number): void {
    this.kinds = longer(this.kinds, size)
    this.shapes = longer(this.shapes, size)
    this.measures = longer(this.measures, size)
    this.hashes = longer(this.hashes, 2 * size)
  }

  /** Slots for so many numbers and more. */
  private growSlots(numbers: number): void {
    let size = 2 * this.slots.length
    while (4 * numbers > 3 * size) size *= 2
    const slots = new Uint32Array(size)
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

/** By number: 1 where a row that is not left out has the value. */
function valuesKept(numbers: Uint32Array, { rows, used }: ColumnParts, without: ArrayLike<number>): Uint8Array {
  const kept = new Uint8Array(used)
  for (let row = 0; row < rows; row++) if (without[row] !== 1) kept[numbers[row] ?? ABSENT] = 1
  return kept
}

function listOf<List extends object>(
  type: (new (list: ArrayLike<number>) => List) & { prototype: List },
  list: ArrayLike<number>,
): List {
  return list instanceof type ? list : new type(list)
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
