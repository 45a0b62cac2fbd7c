/**
 * Which item of a list was which item of an earlier one. Equal items are matched first, in order where possible; what
 * is left is paired when it looks like the same thing that was changed inside: same `_id`, same function, same shape.
 */
import { get } from '../entity/dict.ts'
import { isDict, type Value } from '../entity/value.ts'
import { identityOf } from './identity.ts'

/** How one list became another. */
interface ItemMatches {
  /** For each item after, its place before, or null when it is new. */
  readonly from: readonly (number | null)[]
  /** Moves within the list of kept items, in order; `item` is the place after all. */
  readonly moves: readonly {
    readonly from: number
    readonly to: number
    readonly item: number
  }[]
}

/** Matches two lists. */
export function matchLists(before: readonly Value[], after: readonly Value[]): ItemMatches {
  const from: (number | null)[] = after.map(() => null)
  const free = new Set(before.keys())
  const addMatch = (index: number, source: number | undefined): void => {
    if (source === undefined) return
    from[index] = source
    free.delete(source)
  }
  matchEqual(before.map(identityOf), after.map(identityOf), addMatch)
  const lefts = new Map<string, number[]>()
  for (const source of free) addPlace(lefts, similarityKey(before[source] ?? null), source)
  for (const [index, source] of from.entries()) {
    if (source === null) addMatch(index, lefts.get(similarityKey(after[index] ?? null))?.shift())
  }
  // A scalar in the place of another one was changed.
  for (const [index, source] of from.entries()) {
    const place = index === 0 ? 0 : (from[index - 1] ?? Number.NaN) + 1
    if (source === null && free.has(place) && isScalar(after[index]) && isScalar(before[place])) addMatch(index, place)
  }
  return { from, moves: movesOf(from) }
}

function isScalar(value: Value | undefined): boolean {
  return !Array.isArray(value) && !isDict(value)
}

/** Same items from both ends, then by their texts, nearest first. */
function matchEqual(
  before: readonly string[],
  after: readonly string[],
  take: (index: number, source: number) => void,
): void {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) {
    take(start, start)
    start++
  }
  let end = 0
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) {
    take(after.length - 1 - end, before.length - 1 - end)
    end++
  }
  const places = new Map<string, number[]>()
  for (let source = start; source < before.length - end; source++) addPlace(places, before[source] ?? '', source)
  for (let index = start; index < after.length - end; index++) {
    const source = places.get(after[index] ?? '')?.shift()
    if (source !== undefined) take(index, source)
  }
}

function addPlace<K>(map: Map<K, number[]>, key: K, place: number): void {
  const known = map.get(key)
  if (known) known.push(place)
  else map.set(key, [place])
}

/** What makes two different items the same thing: `_id`, `name` or `type` of an object; function and first argument of a call. */
function similarityKey(value: Value): string {
  if (isDict(value)) {
    for (const key of ['_id', 'id', 'name', 'type']) {
      const found = get(value, key)
      if (typeof found === 'string') return `dict ${key} ${found}`
    }
    return 'dict'
  }
  if (!Array.isArray(value)) return `value ${identityOf(value)}`
  const [head, first] = value
  if (typeof head !== 'string') return 'list'
  return typeof first === 'string' ? `call ${head} ${first}` : `call ${head}`
}

/** The items that keep their order stay (as many as possible); each of the others is taken out and put in its place. */
function movesOf(from: readonly (number | null)[]): { from: number; to: number; item: number }[] {
  const kept = from.flatMap((source, item) => (source === null ? [] : [{ source, item }]))
  const stays = longestIncreasing(kept.map(({ source }) => source))
  const current = kept.map(({ source }) => source).sort((a, b) => a - b)
  const moves: { from: number; to: number; item: number }[] = []
  for (const [place, { source, item }] of kept.entries()) {
    if (stays.has(source)) continue
    const at = current.indexOf(source)
    current.splice(at, 1)
    const previous = kept[place - 1]
    const to = previous ? current.indexOf(previous.source) + 1 : 0
    current.splice(to, 0, source)
    if (at !== to) moves.push({ from: at, to, item })
  }
  return moves
}

/** The members of a longest rising subsequence. */
function longestIncreasing(values: readonly number[]): Set<number> {
  const tails: number[] = []
  const before: (number | null)[] = values.map(() => null)
  for (const [index, value] of values.entries()) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1
      else high = middle
    }
    before[index] = low > 0 ? (tails[low - 1] ?? null) : null
    tails[low] = index
  }
  const members = new Set<number>()
  for (let at: number | null | undefined = tails.at(-1); at !== null && at !== undefined; at = before[at]) {
    members.add(values[at] ?? 0)
  }
  return members
}
