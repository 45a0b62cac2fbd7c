/**
 * Where the rows of a mapping stand: both sides have rows of one height, so that lines are drawn without measuring. The
 * target's rows are in the order of the steps; what a rule makes of each item stands inside the list that it makes.
 */
import type { FunctionTable, Json, JsonPath } from '../../../engine-worker/index.ts'
import { valueAtPath } from '../../pipe/json-edits.ts'
import { type MappingRow, rowsOf } from './mapping.ts'
import type { SourceGroup, SourceProperty } from './mapping-sources.ts'

export const rowHeight = 30
export const headHeight = 32
const groupGap = 10
/** Rules that apply rules are opened so deep. */
const maxDepth = 3

export interface PlacedTarget {
  readonly key: string
  readonly row: MappingRow
  readonly depth: number
  /** The dataset whose properties are read here; null: what comes into the stage. */
  readonly dataset: string | null
  /** Middle of the row. */
  readonly y: number
}

/** The rows of a rule and of the rules that it applies. */
export function placedTargets(
  pipe: Json,
  rules: JsonPath,
  rows: readonly MappingRow[],
  functions: FunctionTable,
): readonly PlacedTarget[] {
  const flat = nestedRows(pipe, rules.slice(0, -1), rows, functions, 0, null)
  return flat.map((each, index) => ({
    ...each,
    key: `${each.row.path.join('/')} ${each.row.target} ${index}`,
    y: headHeight + rowHeight * (index + 0.5),
  }))
}

function nestedRows(
  pipe: Json,
  rules: JsonPath,
  rows: readonly MappingRow[],
  functions: FunctionTable,
  depth: number,
  dataset: string | null,
): readonly Omit<PlacedTarget, 'key' | 'y'>[] {
  return rows.flatMap((row) => {
    const own = { row, depth, dataset }
    if (row.rule === null || depth >= maxDepth) return [own]
    const path = [...rules, row.rule.name]
    const steps = valueAtPath(pipe, path)
    const inner = Array.isArray(steps) ? rowsOf(steps, path, functions) : []
    return [own, ...nestedRows(pipe, rules, inner, functions, depth + 1, row.rule.dataset ?? row.target)]
  })
}

export interface PlacedSource extends SourceProperty {
  /** Middle of the row. */
  readonly y: number
  readonly isUsed: boolean
  /** The dataset that it is of where that is joined; null: what comes into the stage. */
  readonly dataset: string | null
}

export interface PlacedGroup {
  readonly group: SourceGroup
  readonly top: number
  readonly sources: readonly PlacedSource[]
  readonly used: number
}

interface SourceChoice {
  readonly shown: 'all' | 'used' | 'unused' | 'unfilled'
  readonly search: string
  /** Everything that comes in is copied. */
  readonly copiesAll: boolean
}

/** The groups with the properties that are shown, and how many of all are used. */
export function placedSources(
  groups: readonly SourceGroup[],
  targets: readonly PlacedTarget[],
  { shown, search, copiesAll }: SourceChoice,
): { readonly groups: readonly PlacedGroup[]; readonly used: number; readonly all: number } {
  const read = new Set(targets.flatMap(readKeys))
  let top = 0
  let [used, all] = [0, 0]
  const placed = groups.map((group): PlacedGroup => {
    const dataset = group.joined ? group.name : null
    const marked = group.properties.map((property) => ({
      ...property,
      dataset,
      isUsed: read.has(property.key) || (copiesAll && dataset === null),
    }))
    const usedHere = marked.filter(({ isUsed }) => isUsed).length
    used += usedHere
    all += marked.length
    const wanted = marked.filter(
      ({ isUsed, name }) =>
        (shown === 'used' ? isUsed : shown === 'unused' ? !isUsed : true) &&
        name.toLowerCase().includes(search.toLowerCase()),
    )
    const sources = wanted.map((each, index) => ({ ...each, y: top + headHeight + rowHeight * (index + 0.5) }))
    const result = { group, top, sources, used: usedHere }
    top += headHeight + rowHeight * wanted.length + 2 + groupGap
    return result
  })
  return { groups: placed, used, all }
}

/** The keys of the properties that a row reads; a name without its namespace stands for the one with it. */
export function readKeys({ row, dataset }: Pick<PlacedTarget, 'row' | 'dataset'>): readonly string[] {
  return row.reads.flatMap(({ dataset: joined, name }) => {
    const from = joined ?? dataset
    return from === null ? [`in ${name}`] : [`${from} ${name}`]
  })
}
