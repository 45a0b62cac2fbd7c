/** Three-way merge of JSON: what one side changed since the base is taken; where both changed the same, the edit stays. */
import { get } from '../entity/dict.ts'
import { printJson } from '../entity/json.ts'
import { isObject, type Json } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'

/** A merged value, and the places where both sides had changed the same otherwise. */
interface MergeResult {
  readonly value: Json
  readonly conflicts: readonly JsonPath[]
}

const absent = Symbol('absent')
type Side = Json | typeof absent

/** Merges an edited and a newly generated value. At conflicts the edited one counts. */
export function mergeEdited(base: Json, edited: Json, generated: Json): MergeResult {
  const conflicts: JsonPath[] = []
  const value = merge(base, edited, generated, [], conflicts)
  return { value: value === absent ? null : value, conflicts }
}

function sameSide(a: Side, b: Side): boolean {
  return a === absent || b === absent ? a === b : printJson(a) === printJson(b)
}

function merge(base: Side, edited: Side, generated: Side, at: JsonPath, conflicts: JsonPath[]): Side {
  if (sameSide(base, edited)) return generated
  if (sameSide(base, generated) || sameSide(edited, generated)) return edited
  if (isObjectSide(edited) && isObjectSide(generated)) {
    const before = isObjectSide(base) ? base : {}
    const keys = [...new Set([...Object.keys(generated), ...Object.keys(edited)])]
    const entries = keys.flatMap((key) => {
      const side = (object: { [key: string]: Json }): Side =>
        get(object, key) ?? (Object.hasOwn(object, key) ? null : absent)
      const value = merge(side(before), side(edited), side(generated), [...at, key], conflicts)
      return value === absent ? [] : [[key, value] as const]
    })
    return Object.fromEntries(entries)
  }
  if (Array.isArray(base) && Array.isArray(edited) && Array.isArray(generated)) {
    const merged = mergeLists(base, edited, generated)
    if (merged !== null) return merged
  }
  conflicts.push(at)
  return edited
}

function isObjectSide(side: Side): side is { [key: string]: Json } {
  return side !== absent && isObject(side)
}

/** One replacement in a list: the items from `from` to before `to` became others. */
interface Replacement {
  readonly from: number
  readonly to: number
  readonly items: readonly Json[]
}

/** Lists of steps, where the two sides changed different places; null where the places meet. */
function mergeLists(base: readonly Json[], edited: readonly Json[], generated: readonly Json[]): Json[] | null {
  const all = [...replacements(base, edited), ...replacements(base, generated)]
  const sorted = all.sort((a, b) => a.from - b.from || a.to - b.to)
  const merged: Json[] = []
  let at = 0
  for (const [index, { from, to, items }] of sorted.entries()) {
    const before = sorted[index - 1]
    if (before !== undefined && (from < before.to || from === before.from)) return null
    merged.push(...base.slice(at, from), ...items)
    at = to
  }
  return [...merged, ...base.slice(at)]
}

/** Lists larger than this (items × items) are one place. */
const LARGEST = 1_000_000

/** What makes `after` out of `before`, by the longest common sequence of items. */
function replacements(before: readonly Json[], after: readonly Json[]): Replacement[] {
  const [one, other] = [before.map(printJson), after.map(printJson)]
  let start = 0
  while (start < one.length && start < other.length && one[start] === other[start]) start++
  let end = 0
  while (end < one.length - start && end < other.length - start && one.at(-1 - end) === other.at(-1 - end)) end++
  const [rows, columns] = [one.length - start - end, other.length - start - end]
  if (rows === 0 && columns === 0) return []
  const whole = { from: start, to: start + rows, items: after.slice(start, start + columns) }
  if (rows * columns > LARGEST) return [whole]
  const lengths = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1))
  const length = (row: number, column: number): number => lengths[row]?.[column] ?? 0
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--) {
      const line = lengths[row]
      if (line === undefined) continue
      line[column] =
        one[start + row] === other[start + column]
          ? length(row + 1, column + 1) + 1
          : Math.max(length(row + 1, column), length(row, column + 1))
    }
  const found: Replacement[] = []
  let [row, column] = [0, 0]
  let open: { from: number; first: number } | null = null
  const close = (): void => {
    if (open === null) return
    found.push({ from: start + open.from, to: start + row, items: after.slice(start + open.first, start + column) })
    open = null
  }
  while (row < rows || column < columns) {
    if (row < rows && column < columns && one[start + row] === other[start + column]) {
      close()
      row++
      column++
      continue
    }
    open ??= { from: row, first: column }
    if (row < rows && (column >= columns || length(row + 1, column) >= length(row, column + 1))) row++
    else column++
  }
  close()
  return found
}
