/**
 * What the values of a property look like: how many there are, of which types, which are commonest, which are not unique,
 * how numbers, moments and lengths of texts are spread, and which shapes texts have. With a query, how much of it the
 * query found. Every figure is exact; the values themselves are not kept.
 */
import { decimalValue } from '../entity/bigdecimal.ts'
import { secondsOf } from '../entity/datetime.ts'
import { printValue } from '../entity/transit.ts'
import { DateTime, Day, Decimal, Float, type Kind, kindOf, type Value } from '../entity/value.ts'
import { ValueCounts } from './value-counts.ts'
import { characterShape } from './value-shape.ts'

/** Equal parts of a spread, values and shapes that are named. */
const BINS = 24
const MOST_TOP = 20
const MOST_SHAPES = 12
/** Shapes that are told apart; texts of further ones have none. */
const KNOWN_SHAPES = 2000
/** With at most so many different texts, their values say more than their lengths. */
const FEW_VALUES = 12

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

/** Collects the values of one property. */
export class ProfileCollector {
  private readonly present = { all: 0, found: 0 }
  private readonly nulls = { all: 0, found: 0 }
  private readonly kinds = new Map<Kind, number>()
  private readonly counts = new ValueCounts()
  private readonly shapes = new Map<string, number>()
  private measures = new Float64Array(256)
  private measured = 0
  private readonly lengths = new Map<number, { all: number; found: number }>()
  /** A bit for each measure: whether the query found its entity. */
  private foundMeasures = new Uint8Array(256)

  constructor(private readonly name: string) {}

  /** Adds the value of an entity; undefined where it does not have the property. `at` says where the entity is. */
  add(value: Value | undefined, at: number, isFound: boolean): void {
    if (value === undefined) return
    const share = value === null ? this.nulls : this.present
    share.all++
    if (isFound) share.found++
    if (value === null) return
    const kind = kindOf(value)
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1)
    if (typeof value === 'string') this.addText(value, at, isFound)
    else {
      this.counts.add(printValue(value), 1, at, isFound)
      const measure = measureOf(value)
      if (measure !== null) this.addMeasure(measure, isFound)
    }
  }

  /** The profile of what was added so far. */
  profile(): CollectedProfile {
    const kinds = [...this.kinds].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count)
    const { distinct } = this.counts
    return {
      name: this.name,
      present: { ...this.present },
      nulls: { ...this.nulls },
      kinds,
      distinct,
      repeated: this.counts.repeated(),
      top: this.counts.top(MOST_TOP, 2).map(({ count, found, first }) => ({ all: count, found, first })),
      spread: this.spread(kinds.map(({ kind }) => kind)),
      shapes: [...this.shapes]
        .map(([shape, count]) => ({ shape, count }))
        .sort((a, b) => b.count - a.count)
        .slice(0, MOST_SHAPES),
    }
  }

  private addText(text: string, at: number, isFound: boolean): void {
    this.counts.add(text, 0, at, isFound)
    const shape = characterShape(text)
    const known = this.shapes.get(shape)
    if (known !== undefined) this.shapes.set(shape, known + 1)
    else if (this.shapes.size < KNOWN_SHAPES) this.shapes.set(shape, 1)
    let share = this.lengths.get(text.length)
    if (!share) {
      share = { all: 0, found: 0 }
      this.lengths.set(text.length, share)
    }
    share.all++
    if (isFound) share.found++
  }

  private addMeasure(measure: number, isFound: boolean): void {
    if (this.measured === this.measures.length) {
      const longer = new Float64Array(2 * this.measured)
      longer.set(this.measures)
      this.measures = longer
      const found = new Uint8Array(2 * this.measured)
      found.set(this.foundMeasures)
      this.foundMeasures = found
    }
    this.measures[this.measured] = measure
    this.foundMeasures[this.measured++] = isFound ? 1 : 0
  }

  /** Numbers beside texts, or beside moments, say nothing of the whole. */
  private spread(kinds: readonly Kind[]): ValueSpread | null {
    const [first] = kinds
    if (first === undefined) return null
    if (kinds.every((kind) => MOMENTS.has(kind))) return this.spreadOfMeasures('moment')
    if (kinds.every((kind) => NUMBERS.has(kind))) return this.spreadOfMeasures('number')
    const isText = first === 'string' && kinds.length === 1
    return isText && this.counts.distinct > FEW_VALUES ? this.spreadOfLengths() : null
  }

  private spreadOfMeasures(is: 'number' | 'moment'): ValueSpread | null {
    const measures = this.measures.subarray(0, this.measured)
    if (measures.length === 0) return null
    const sorted = measures.slice().sort()
    const [least = 0] = sorted
    const most = sorted.at(-1) ?? 0
    const bins = emptyBins()
    const width = (most - least) / BINS
    for (let at = 0; at < measures.length; at++) {
      const bin = bins[binOf((measures[at] ?? 0) - least, width)]
      if (!bin) continue
      bin.all++
      bin.found += this.foundMeasures[at] ?? 0
    }
    return { is, bins, least, middle: sorted[(sorted.length - 1) >> 1] ?? 0, most }
  }

  private spreadOfLengths(): ValueSpread {
    const sorted = [...this.lengths].sort(([a], [b]) => a - b)
    const least = sorted[0]?.[0] ?? 0
    const most = sorted.at(-1)?.[0] ?? 0
    const total = sorted.reduce((sum, [, { all }]) => sum + all, 0)
    const bins = emptyBins()
    const width = (most - least) / BINS
    let middle = -1
    let before = 0
    for (const [length, { all, found }] of sorted) {
      const bin = bins[binOf(length - least, width)]
      if (!bin) continue
      bin.all += all
      bin.found += found
      before += all
      if (middle < 0 && before > (total - 1) >> 1) middle = length
    }
    return { is: 'length', bins, least, middle, most }
  }
}

const NUMBERS: ReadonlySet<Kind> = new Set(['integer', 'float', 'decimal'])
const MOMENTS: ReadonlySet<Kind> = new Set(['datetime', 'date'])

function emptyBins(): { all: number; found: number }[] {
  return Array.from({ length: BINS }, () => ({ all: 0, found: 0 }))
}

function binOf(distance: number, width: number): number {
  return width === 0 ? 0 : Math.min(BINS - 1, Math.floor(distance / width))
}

/** A number, or a moment in milliseconds, on a scale; null for anything else. */
function measureOf(value: Value): number | null {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Float) return value.value
  if (value instanceof Decimal) return Number(value.text ?? decimalValue(value))
  return value instanceof DateTime || value instanceof Day ? secondsOf(value) * 1000 : null
}
