/** Three-way merge of JSON: two changed copies of one value put together, by structure and not by lines. */
import { diffArrays } from 'diff'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import { sameJson } from './json-equality.ts'

/** The copy that counts where both changed the same in different ways. */
export type MergeSide = 'mine' | 'theirs'

/** A place where both copies changed the same in different ways. Undefined: not there. */
export interface MergeConflict {
  /** The place in `mine`; for items of a list the index of the first of them. */
  readonly path: JsonPath
  /** Whether the values are runs of items of a list. */
  readonly isRun: boolean
  readonly base: Json | undefined
  readonly mine: Json | undefined
  readonly theirs: Json | undefined
}

interface Merged {
  readonly value: Json | undefined
  readonly conflicts: readonly MergeConflict[]
}

/** Says which side counts for a conflict. */
export type MergeChoice = (conflict: MergeConflict) => MergeSide

/**
 * What both copies made of `base`, together. Objects are merged by key, lists by the items that both left alone; what
 * only one side changed counts. The order of keys is that of `mine`, with new ones of `theirs` at the end.
 */
export function mergeJson(
  base: Json | undefined,
  mine: Json | undefined,
  theirs: Json | undefined,
  choose: MergeChoice,
): Merged {
  const conflicts: MergeConflict[] = []
  const merge = new Merger((conflict) => {
    conflicts.push(conflict)
    return choose(conflict)
  })
  return { value: merge.value(base, mine, theirs, []), conflicts }
}

class Merger {
  constructor(private readonly choose: MergeChoice) {}

  value(base: Json | undefined, mine: Json | undefined, theirs: Json | undefined, path: JsonPath): Json | undefined {
    if (sameJson(mine, theirs) || sameJson(base, theirs)) return mine
    if (sameJson(base, mine)) return theirs
    if (isObject(mine) && isObject(theirs)) return this.mergeObjects(isObject(base) ? base : {}, mine, theirs, path)
    if (Array.isArray(mine) && Array.isArray(theirs))
      return this.mergeLists(Array.isArray(base) ? base : [], mine, theirs, path)
    return this.choose({ path, isRun: false, base, mine, theirs }) === 'mine' ? mine : theirs
  }

  private mergeObjects(base: JsonObject, mine: JsonObject, theirs: JsonObject, path: JsonPath): JsonObject {
    const keys = [...Object.keys(mine), ...Object.keys(theirs).filter((key) => !Object.hasOwn(mine, key))]
    const merged: [string, Json][] = []
    for (const key of keys) {
      const value = this.value(ownValue(base, key), ownValue(mine, key), ownValue(theirs, key), [...path, key])
      if (value !== undefined) merged.push([key, value])
    }
    return Object.fromEntries(merged)
  }

  private mergeLists(base: readonly Json[], mine: readonly Json[], theirs: readonly Json[], path: JsonPath): Json[] {
    const merged: Json[] = []
    // Up to where the base is merged, and how much longer the copy `mine` is there.
    let at = 0
    let shift = 0
    for (const { from, to, inMine, inTheirs } of combineReplacements(
      replacements(base, mine),
      replacements(base, theirs),
    )) {
      merged.push(...base.slice(at, from))
      const part = base.slice(from, to)
      const own = applyReplacements(part, from, inMine)
      merged.push(...this.mergeChangedRun(part, own, applyReplacements(part, from, inTheirs), [...path, from + shift]))
      shift += own.length - part.length
      at = to
    }
    return [...merged, ...base.slice(at)]
  }

  /** Items of which each was changed by one side or by both. */
  private mergeChangedRun(
    base: readonly Json[],
    mine: readonly Json[],
    theirs: readonly Json[],
    path: JsonPath,
  ): readonly Json[] {
    if (sameJson([...mine], [...theirs]) || sameJson([...base], [...theirs])) return mine
    if (sameJson([...base], [...mine])) return theirs
    if (base.length === mine.length && base.length === theirs.length) return this.mergeItems(base, mine, theirs, path)
    const conflict = { path, isRun: true, base: [...base], mine: [...mine], theirs: [...theirs] }
    return this.choose(conflict) === 'mine' ? mine : theirs
  }

  /** Items that each side changed in place. */
  private mergeItems(base: readonly Json[], mine: readonly Json[], theirs: readonly Json[], path: JsonPath): Json[] {
    const first = Number(path.at(-1) ?? 0)
    return mine.map((item, at) => {
      const place = [...path.slice(0, -1), first + at]
      return this.value(base[at], item, theirs[at], place) ?? item
    })
  }
}

function ownValue(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** The items from `from` to before `to` became others. */
interface Replacement {
  readonly from: number
  readonly to: number
  readonly items: readonly Json[]
}

/** What makes a list out of the base, in order. */
function replacements(base: readonly Json[], other: readonly Json[]): readonly Replacement[] {
  const found: Replacement[] = []
  let at = 0
  for (const { added, removed, count, value } of diffArrays([...base], [...other], { comparator: sameJson })) {
    const last = found.at(-1)
    const follows = last?.to === at
    if (removed) found.push({ from: at, to: at + count, items: [] })
    else if (added && follows) found.splice(-1, 1, { ...last, items: [...last.items, ...value] })
    else if (added) found.push({ from: at, to: at, items: value })
    if (!added) at += count
  }
  return found
}

/** A place of the base with what each side made of it. */
interface ChangedPlace {
  readonly from: number
  readonly to: number
  readonly inMine: readonly Replacement[]
  readonly inTheirs: readonly Replacement[]
}

/** The replacements of both sides in order; those that overlap, or insert at one place, are one place. */
function combineReplacements(mine: readonly Replacement[], theirs: readonly Replacement[]): readonly ChangedPlace[] {
  const all = [
    ...mine.map(({ from, to, items }) => ({ from, to, inMine: [{ from, to, items }], inTheirs: [] })),
    ...theirs.map(({ from, to, items }) => ({ from, to, inMine: [], inTheirs: [{ from, to, items }] })),
  ]
  const places: ChangedPlace[] = []
  for (const next of all.sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = places.at(-1)
    if (last === undefined || (next.from >= last.to && next.from !== last.from)) {
      places.push(next)
      continue
    }
    places.splice(-1, 1, {
      from: last.from,
      to: Math.max(last.to, next.to),
      inMine: [...last.inMine, ...next.inMine],
      inTheirs: [...last.inTheirs, ...next.inTheirs],
    })
  }
  return places
}

/** A part of the base, which begins at `start`, with replacements made. */
function applyReplacements(part: readonly Json[], start: number, changes: readonly Replacement[]): readonly Json[] {
  const result: Json[] = []
  let at = start
  for (const { from, to, items } of changes) {
    result.push(...part.slice(at - start, from - start), ...items)
    at = to
  }
  return [...result, ...part.slice(at - start)]
}
