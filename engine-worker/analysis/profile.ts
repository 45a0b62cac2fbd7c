/**
 * What the values of a property look like: how many there are, of which types, which are commonest, which are not unique,
 * how numbers, moments and lengths of texts are spread, and which shapes texts have. With a query, how much of it the
 * query found. Every figure is exact; the values themselves are not kept.
 */
import type { Kind } from '../entity/value.ts'
import { ABSENT, type ColumnValues, NULL } from './column-values.ts'

/** Equal parts of a spread, values and shapes that are named. */
const BIN_COUNT = 24
const MAX_TOP_VALUES = 20
const MAX_SHAPES = 12
/** Up to this number of different texts, the values are shown instead of their lengths. */
const MAX_LISTED_VALUES = 12
/** Whole numbers are counted instead of sorted where they are spread over no more than so many. */
const MAX_COUNTED = 1 << 16

/** How many of all entities, and how many of those that a query found. */
interface Share {
  readonly all: number
  /** Equal to `all` without a query. */
  readonly found: number
}

/** How many values fall into each of equal parts from the least to the most. */
interface ValueSpread {
  /** Moments are in milliseconds since 1970, lengths in characters. */
  readonly is: 'number' | 'moment' | 'length'
  readonly bins: readonly Share[]
  readonly least: number
  readonly middle: number
  readonly most: number
}

/** The values of one property. */
export interface PropertyProfile {
  readonly name: string
  /** Entities with a value that is not null, and entities where it is null. Others do not have the property. */
  readonly present: Share
  readonly nulls: Share
  /** Types of the values that are not null, commonest first. */
  readonly kinds: readonly { readonly kind: Kind; readonly count: number }[]
  /** Different values. */
  readonly distinct: number
  /** Different values that come more than once, and the entities that have one of them. */
  readonly repeated: { readonly values: number; readonly entities: number }
  /** The commonest values as transit texts; where none comes twice, none. */
  readonly top: readonly (Share & { readonly value: string })[]
  /** How numbers, moments or, where there are many different texts, their lengths are spread; null for anything else. */
  readonly spread: ValueSpread | null
  /** The shapes of texts (`a@a.a`), commonest first. */
  readonly shapes: readonly { readonly shape: string; readonly count: number }[]
}

/** A profile whose commonest values are still places: the values stand where they came first. */
export type CollectedProfile = Omit<PropertyProfile, 'top'> & {
  readonly top: readonly (Share & { readonly first: number })[]
}

/** The rows of a column. */
export interface ColumnRows {
  /** By row: 1 where it is no longer there, so that it does not count. */
  readonly gone: Uint8Array
  /** By row: 1 where a query found it; null where there is no query. */
  readonly found: Uint8Array | null
  /** By row: where it stands. */
  readonly places: ArrayLike<number>
}

/** How often each value of a column comes, by its number. */
interface ValueCounts {
  readonly all: Uint32Array
  readonly found: Uint32Array
  /** The first row with it. */
  readonly first: Uint32Array
}

/** The profile of a column as far as it was read. */
export function profileOfColumn(name: string, column: ColumnValues, rows: ColumnRows): CollectedProfile {
  const counts = countValues(column, rows)
  const { all, found } = counts
  const [kinds, shapes] = [column.kindNames.map(() => 0), column.shapeNames.map(() => 0)]
  const repeated = { values: 0, entities: 0 }
  const present = { all: 0, found: 0 }
  let distinct = 0
  for (let number = NULL + 1; number < column.used; number++) {
    const count = all[number] ?? 0
    if (count === 0) continue
    distinct++
    present.all += count
    present.found += found[number] ?? 0
    addTo(kinds, column.kinds[number] ?? 0, count)
    const shape = column.shapes[number] ?? 0
    if (shape > 0) addTo(shapes, shape - 1, count)
    if (count < 2) continue
    repeated.values++
    repeated.entities += count
  }
  const named = byCount(column.kindNames, kinds).map(([kind, count]) => ({ kind, count }))
  return {
    name,
    present,
    nulls: { all: all[NULL] ?? 0, found: found[NULL] ?? 0 },
    kinds: named,
    distinct,
    repeated,
    top: topValues(column, counts).map((number) => ({
      all: all[number] ?? 0,
      found: found[number] ?? 0,
      first: rows.places[counts.first[number] ?? 0] ?? 0,
    })),
    spread: spreadOf(
      named.map(({ kind }) => kind),
      column,
      counts,
      distinct,
    ),
    shapes: byCount(column.shapeNames, shapes)
      .slice(0, MAX_SHAPES)
      .map(([shape, count]) => ({ shape, count })),
  }
}

function countValues(column: ColumnValues, { gone, found }: ColumnRows): ValueCounts {
  const { numbers, rows, used } = column
  const all = new Uint32Array(used)
  const ofFound = found ? new Uint32Array(used) : all
  const first = new Uint32Array(used)
  for (let row = 0; row < rows; row++) {
    if (gone[row] === 1) continue
    const number = numbers[row] ?? ABSENT
    const before = all[number] ?? 0
    if (before === 0) first[number] = row
    all[number] = before + 1
    if (found?.[row] === 1) ofFound[number] = (ofFound[number] ?? 0) + 1
  }
  return { all, found: ofFound, first }
}

function addTo(counts: number[], place: number, more: number): void {
  counts[place] = (counts[place] ?? 0) + more
}

function byCount<Name extends string>(names: readonly Name[], counts: readonly number[]): [Name, number][] {
  return names
    .map((name, place): [Name, number] => [name, counts[place] ?? 0])
    .filter(([, count]) => count > 0)
    .sort(([a, of], [b, other]) => other - of || (a < b ? -1 : 1))
}

/** The values that come most often and more than once, the most frequent first; of equal ones the first. */
function topValues({ used }: ColumnValues, { all, first }: ValueCounts): readonly number[] {
  const best: number[] = []
  let needed = 2
  const sort = () =>
    best.sort((a, b) => (all[b] ?? 0) - (all[a] ?? 0) || (first[a] ?? 0) - (first[b] ?? 0)).splice(MAX_TOP_VALUES)
  for (let number = NULL + 1; number < used; number++) {
    if ((all[number] ?? 0) < needed) continue
    best.push(number)
    if (best.length < 3 * MAX_TOP_VALUES) continue
    sort()
    needed = all[best.at(-1) ?? 0] ?? 2
  }
  sort()
  return best
}

/** Numbers beside texts, or beside moments, say nothing of the whole. */
function spreadOf(
  kinds: readonly Kind[],
  column: ColumnValues,
  counts: ValueCounts,
  distinct: number,
): ValueSpread | null {
  const [first] = kinds
  if (first === undefined) return null
  if (kinds.every((kind) => MOMENT_KINDS.has(kind))) return spreadOfMeasures('moment', column, counts)
  if (kinds.every((kind) => NUMBER_KINDS.has(kind))) return spreadOfMeasures('number', column, counts)
  const isText = first === 'string' && kinds.length === 1
  return isText && distinct > MAX_LISTED_VALUES ? spreadOfMeasures('length', column, counts) : null
}

function spreadOfMeasures(is: ValueSpread['is'], column: ColumnValues, counts: ValueCounts): ValueSpread | null {
  const { measures, used } = column
  const sizes = sizesOf(column, counts)
  if (sizes === null) return null
  const { least, middle, most } = sizes
  const bins = Array.from({ length: BIN_COUNT }, () => ({ all: 0, found: 0 }))
  const width = (most - least) / BIN_COUNT
  for (let number = NULL + 1; number < used; number++) {
    const measure = measures[number] ?? Number.NaN
    const bin = Number.isNaN(measure) ? undefined : bins[binOf(measure - least, width)]
    if (!bin) continue
    bin.all += counts.all[number] ?? 0
    bin.found += counts.found[number] ?? 0
  }
  return { is, bins, least, middle, most }
}

/** The least, the middle and the largest measure of all rows; null where none has one. */
function sizesOf(
  { measures, used }: ColumnValues,
  { all }: ValueCounts,
): Pick<ValueSpread, 'least' | 'middle' | 'most'> | null {
  let [total, least, most] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let isWhole = true
  for (let number = NULL + 1; number < used; number++) {
    const measure = measures[number] ?? Number.NaN
    const count = all[number] ?? 0
    if (count === 0 || Number.isNaN(measure)) continue
    total += count
    if (measure < least) least = measure
    if (measure > most) most = measure
    isWhole &&= Number.isInteger(measure)
  }
  if (total === 0) return null
  const before = (total - 1) >> 1
  if (isWhole && most - least < MAX_COUNTED) {
    // Lengths, and most whole numbers, are counted; a million of them are sorted in a fifth of a second.
    const rows = new Float64Array(most - least + 1)
    for (let number = NULL + 1; number < used; number++) {
      const measure = measures[number] ?? Number.NaN
      if (!Number.isNaN(measure) && all[number])
        rows[measure - least] = (rows[measure - least] ?? 0) + (all[number] ?? 0)
    }
    let size = 0
    for (let seen = rows[0] ?? 0; seen <= before; seen += rows[size] ?? 0) size++
    return { least, middle: least + size, most }
  }
  const sorted = new Float64Array(total)
  let filled = 0
  for (let number = NULL + 1; number < used; number++) {
    const measure = measures[number] ?? Number.NaN
    const count = all[number] ?? 0
    if (count === 0 || Number.isNaN(measure)) continue
    sorted.fill(measure, filled, filled + count)
    filled += count
  }
  return { least, middle: sorted.sort()[before] ?? 0, most }
}

const NUMBER_KINDS: ReadonlySet<Kind> = new Set(['integer', 'float', 'decimal'])
const MOMENT_KINDS: ReadonlySet<Kind> = new Set(['datetime', 'date'])

/** The place of a bin; a value that is outside, which no row has any more, has none. */
function binOf(distance: number, width: number): number {
  if (width === 0) return distance === 0 ? 0 : -1
  return distance > width * BIN_COUNT ? -1 : Math.min(BIN_COUNT - 1, Math.floor(distance / width))
}
