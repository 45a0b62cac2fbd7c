/**
 * A filter on many versions at once, by columns: versions with the same value of the property are decided together, and
 * numbers by what the column measures of them. Only one version of each other value is read.
 */
import { ABSENT, type ColumnValues, NULL } from '../analysis/column-values.ts'
import { type Filter, meetsFilters, meetsNumber } from './filter.ts'
import type { KeptRows } from './kept-columns.ts'

/** The properties whose columns a filter needs: that of its very name, and that in which a path with dots begins. */
export function filteredProperties({ property }: Filter): readonly string[] {
  const root = property.split('.')[0] ?? ''
  return root === property || root === '' ? [property] : [property, root]
}

/** Whether filters on a property can be decided by columns: what the store sets has none that are kept. */
export function hasColumns({ property }: Filter): boolean {
  return !property.startsWith('_') || property === '_id' || property === '_ts'
}

/** Reads versions and tells which of them meet a filter. */
export type ReadMeeting = (versions: readonly number[]) => Promise<readonly boolean[]>

const UNKNOWN = 0
const MATCHING = 1
const NOT_MATCHING = 2
const UNDECIDED = 3

/** The rows, out of some, that meet a filter. `mayHold`: false of versions in whose texts the filter surely finds nothing. */
export async function rowsMeeting(
  kept: KeptRows,
  rows: readonly number[],
  filter: Filter,
  read: ReadMeeting,
  mayHold: ((version: number) => boolean) | null = null,
): Promise<readonly number[]> {
  const columns = filteredProperties(filter).flatMap((property) => kept.columns.get(property) ?? [])
  const decided = columns.map((column) => decidedByNumber(column, filter, columns.length > 1))
  const ofNothing = meetsFilters({}, [filter])
  /** The column that says what the value of a row is: the first that has one. */
  const columnOf = (row: number) => columns.findIndex(({ numbers }) => (numbers[row] ?? ABSENT) !== ABSENT)
  const columnRequests: { readonly place: number; readonly number: number; readonly version: number }[] = []
  for (const row of rows) {
    const place = columnOf(row)
    const number = columns[place]?.numbers[row] ?? ABSENT
    const known = decided[place]
    if (!known || known[number] !== UNKNOWN) continue
    const version = kept.updated[row] ?? 0
    if (mayHold && isText(columns[place], number) && !mayHold(version)) {
      known[number] = filter.isNegated ? MATCHING : NOT_MATCHING
      continue
    }
    known[number] = UNDECIDED
    columnRequests.push({ place, number, version })
  }
  const answers = await read(columnRequests.map(({ version }) => version))
  for (const [at, { place, number }] of columnRequests.entries()) {
    const known = decided[place]
    if (known) known[number] = answers[at] ? MATCHING : NOT_MATCHING
  }
  return rows.filter((row) => {
    const place = columnOf(row)
    return place < 0 ? ofNothing : decided[place]?.[columns[place]?.numbers[row] ?? ABSENT] === MATCHING
  })
}

/** The rows of versions, ascending, and the versions that have none. */
export function rowsOfVersions(
  { updated, rows: count }: KeptRows,
  versions: readonly number[],
): { readonly rows: readonly number[]; readonly others: readonly number[] } {
  const rows: number[] = []
  const others: number[] = []
  let row = 0
  for (const version of versions) {
    while (row < count && (updated[row] ?? 0) < version) row++
    if (row < count && updated[row] === version) rows.push(row)
    else others.push(version)
  }
  return { rows, others }
}

/** By the number of a value: whether it meets a filter, where that is known without reading it. */
function decidedByNumber(
  { used, kinds, kindNames, measures }: ColumnValues,
  filter: Filter,
  isPath: boolean,
): Uint8Array {
  const decided = new Uint8Array(used)
  if (isPath) return decided
  const isNumber = kindNames.map((kind) => kind === 'integer' || kind === 'float')
  for (let number = NULL + 1; number < used; number++) {
    if (!isNumber[kinds[number] ?? 0]) continue
    const isMet = meetsNumber(measures[number] ?? Number.NaN, filter)
    if (isMet !== null) decided[number] = isMet ? MATCHING : NOT_MATCHING
  }
  return decided
}

function isText(column: ColumnValues | undefined, number: number): boolean {
  return number > NULL && column?.kindNames[column.kinds[number] ?? 0] === 'string'
}
