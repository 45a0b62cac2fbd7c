/**
 * What the values of each property look like: how many there are, of which types, which are commonest, how numbers and
 * moments are spread. One pass, bounded memory: what is remembered of a property stops at a cap, and the answer says so.
 */
import { decimalValue } from '../entity/bigdecimal.ts'
import { secondsOf } from '../entity/datetime.ts'
import { printValue } from '../entity/transit.ts'
import { DateTime, Day, Decimal, type Dict, Float, type Kind, kindOf, type Value } from '../entity/value.ts'

/** Different values that are counted of one property; with more the commonest of the first ones are told. */
const mostDistinct = 5000
/** Numbers that are kept for the distribution; of more, an even selection. */
const mostMeasures = 4096
/** Properties that are profiled. */
const mostProperties = 1000
const bins = 12
const mostTop = 3

/** The values of one property. */
export interface PropertyProfile {
  readonly name: string
  /** Entities that have the property with a value that is not null, and those where it is null. */
  readonly present: number
  readonly nulls: number
  /** Types of the values, commonest first. */
  readonly kinds: readonly Kind[]
  /** Different values; `more` says that there are more than this. */
  readonly distinct: number
  readonly more: boolean
  /** The commonest values as transit texts, where some occur more than once. */
  readonly top: readonly { readonly value: string; readonly count: number }[]
  /** Numbers or moments (milliseconds): how many fall into each of equal parts from the least to the most; else null. */
  readonly spread: {
    readonly is: 'number' | 'moment'
    readonly bins: readonly number[]
    readonly least: number
    readonly middle: number
    readonly most: number
  } | null
}

interface Profile {
  readonly entities: number
  readonly properties: readonly PropertyProfile[]
}

interface Collected {
  present: number
  nulls: number
  readonly kinds: Map<Kind, number>
  readonly counts: Map<string, number>
  more: boolean
  readonly measures: number[]
  /** Every so manyth number is kept. */
  stride: number
  seen: number
}

/** Collects entities one by one; `profile()` may be asked at any time. */
export function collectProfile(): { add(entity: Dict): void; profile(): Profile } {
  const found = new Map<string, Collected>()
  let entities = 0
  return {
    add: (entity) => {
      entities++
      for (const name of Object.keys(entity)) {
        let collected = found.get(name)
        if (!collected) {
          if (found.size >= mostProperties) continue
          collected = {
            present: 0,
            nulls: 0,
            kinds: new Map(),
            counts: new Map(),
            more: false,
            measures: [],
            stride: 1,
            seen: 0,
          }
          found.set(name, collected)
        }
        see(collected, entity[name] ?? null)
      }
    },
    profile: () => ({ entities, properties: [...found].map(([name, collected]) => profileOf(name, collected)) }),
  }
}

function see(collected: Collected, value: Value): void {
  if (value === null) {
    collected.nulls++
    return
  }
  collected.present++
  const kind = kindOf(value)
  collected.kinds.set(kind, (collected.kinds.get(kind) ?? 0) + 1)
  const measure = measureOf(value)
  if (measure !== null && collected.seen++ % collected.stride === 0) {
    collected.measures.push(measure)
    if (collected.measures.length >= mostMeasures) {
      // Every second one goes, so that the rest stays an even selection.
      collected.stride *= 2
      const kept = collected.measures.filter((_, at) => at % 2 === 0)
      collected.measures.length = 0
      collected.measures.push(...kept)
    }
  }
  if (kind === 'list' || kind === 'dict') return
  const text = printValue(value).slice(0, 200)
  const known = collected.counts.get(text)
  if (known !== undefined) collected.counts.set(text, known + 1)
  else if (collected.counts.size < mostDistinct) collected.counts.set(text, 1)
  else collected.more = true
}

function profileOf(name: string, { present, nulls, kinds, counts, more, measures }: Collected): PropertyProfile {
  const repeated = [...counts].filter(([, count]) => count > 1).sort((a, b) => b[1] - a[1])
  const byCount = [...kinds].sort((a, b) => b[1] - a[1]).map(([kind]) => kind)
  const isMoment = byCount.every((kind) => kind === 'datetime')
  const isMeasured = isMoment || byCount.every((kind) => numeric.has(kind))
  return {
    name,
    present,
    nulls,
    kinds: byCount,
    distinct: counts.size,
    more,
    top: repeated.slice(0, mostTop).map(([value, count]) => ({ value, count })),
    // Numbers beside texts, or beside moments, say nothing of the whole.
    spread: isMeasured && measures.length > 1 ? spreadOf(measures, isMoment) : null,
  }
}

const numeric: ReadonlySet<Kind> = new Set(['integer', 'float', 'decimal'])

/** A number, or a moment in milliseconds, on a scale; null for anything else. */
function measureOf(value: Value): number | null {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Float) return value.value
  if (value instanceof Decimal) return Number(value.text ?? decimalValue(value))
  return value instanceof DateTime || value instanceof Day ? secondsOf(value) * 1000 : null
}

function spreadOf(measures: readonly number[], isMoment: boolean): PropertyProfile['spread'] {
  const sorted = measures.toSorted((a, b) => a - b)
  const [least = 0] = sorted
  const most = sorted.at(-1) ?? 0
  const counts = new Array<number>(bins).fill(0)
  const width = (most - least) / bins
  for (const each of sorted) {
    const bin = width === 0 ? 0 : Math.min(bins - 1, Math.floor((each - least) / width))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return {
    is: isMoment ? 'moment' : 'number',
    bins: counts,
    least,
    middle: sorted[Math.floor((sorted.length - 1) / 2)] ?? 0,
    most,
  }
}
