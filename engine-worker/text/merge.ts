/** Three-way merge of JSON: two changed copies of one value put together, by structure and not by lines. */
import { diffArrays } from 'diff'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import { sameJson } from './same.ts'

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
  const merge = new Merge((conflict) => {
    conflicts.push(conflict)
    return choose(conflict)
  })
  return { value: merge.value(base, mine, theirs, []), conflicts }
}

class Merge {
  constructor(private readonly choose: MergeChoice) {}

  value(base: Json | undefined, mine: Json | undefined, theirs: Json | undefined, path: JsonPath): Json | undefined {
    if (sameJson(mine, theirs) || sameJson(base, theirs)) return mine
    if (sameJson(base, mine)) return theirs
    if (isObject(mine) && isObject(theirs)) return this.object(isObject(base) ? base : {}, mine, theirs, path)
    if (Array.isArray(mine) && Array.isArray(theirs))
      return this.list(Array.isArray(base) ? base : [], mine, theirs, path)
    return this.choose({ path, isRun: false, base, mine, theirs }) === 'mine' ? mine : theirs
  }

  private object(base: JsonObject, mine: JsonObject, theirs: JsonObject, path: JsonPath): JsonObject {
    const keys = [...Object.keys(mine), ...Object.keys(theirs).filter((key) => !Object.hasOwn(mine, key))]
    const merged: [string, Json][] = []
    for (const key of keys) {
      const value = this.value(own(base, key), own(mine, key), own(theirs, key), [...path, key])
      if (value !== undefined) merged.push([key, value])
    }
    return Object.fromEntries(merged)
  }

  private list(base: readonly Json[], mine: readonly Json[], theirs: readonly Json[], path: JsonPath): Json[] {
    const inMine = partners(base, mine)
    const inTheirs = partners(base, theirs)
    const merged: Json[] = []
    let [b, m, t] = [0, 0, 0]
    for (let next = 0; next <= base.length; next += 1) {
      const [atMine, atTheirs] = [next < base.length ? inMine[next] : mine.length, inTheirs[next]]
      const end = next === base.length ? theirs.length : atTheirs
      // An item that both kept ends the run in front of it.
      if (atMine === undefined || end === undefined) continue
      merged.push(...this.run(base.slice(b, next), mine.slice(m, atMine), theirs.slice(t, end), [...path, m]))
      if (next < base.length) merged.push(mine[atMine] ?? null)
      ;[b, m, t] = [next + 1, atMine + 1, end + 1]
    }
    return merged
  }

  /** Items between two that both kept. */
  private run(base: readonly Json[], mine: readonly Json[], theirs: readonly Json[], path: JsonPath): readonly Json[] {
    if (sameJson([...mine], [...theirs]) || sameJson([...base], [...theirs])) return mine
    if (sameJson([...base], [...mine])) return theirs
    if (base.length === mine.length && base.length === theirs.length) return this.items(base, mine, theirs, path)
    const conflict = { path, isRun: true, base: [...base], mine: [...mine], theirs: [...theirs] }
    return this.choose(conflict) === 'mine' ? mine : theirs
  }

  /** Items that each side changed in place. */
  private items(base: readonly Json[], mine: readonly Json[], theirs: readonly Json[], path: JsonPath): Json[] {
    const first = Number(path.at(-1) ?? 0)
    return mine.map((item, at) => {
      const place = [...path.slice(0, -1), first + at]
      return this.value(base[at], item, theirs[at], place) ?? item
    })
  }
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** For each item of the base its index in the other list; undefined where it was changed or removed. */
function partners(base: readonly Json[], other: readonly Json[]): (number | undefined)[] {
  const found: (number | undefined)[] = base.map(() => undefined)
  let [b, o] = [0, 0]
  for (const { added, removed, count } of diffArrays([...base], [...other], { comparator: sameJson })) {
    if (removed) b += count
    else if (added) o += count
    else for (let at = 0; at < count; at += 1) found[b++] = o++
  }
  return found
}
