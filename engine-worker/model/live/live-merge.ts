/** What the columns of records that are one become together. */
import { put } from '../../entity/dict.ts'
import type { Entity, Value } from '../../entity/value.ts'
import { combineMembers } from '../../run/sources/combine.ts'
import type { LiveColumn } from './live-columns.ts'
import type { LiveUnits } from './live-units.ts'

const compact = { strategy: 'compact', internal: false }

/** Sets a property, where there is a value. */
export function putPresent(entity: Entity, name: string, value: Value | undefined): void {
  if (value !== undefined) put(entity, name, value)
}

/** Whether a value became what it is after a time. */
export function changedAfter(column: LiveColumn | undefined, at: number, after: number): boolean {
  return (column?.since[at] ?? 0) > after
}

/** Merges some properties of the members of units, as the merge source does. */
export class UnitMerge {
  private readonly columns: readonly (readonly (readonly [name: string, column: LiveColumn])[])[]

  private readonly isRows: boolean

  constructor(
    private readonly units: LiveUnits,
    names: readonly string[],
    /** Whether records are matched at all; what is not matched stays as it is. */
    private readonly isMatched: boolean,
  ) {
    this.isRows = names.length === 1 && names[0] === '$row'
    this.columns = units.mappings.map(({ table }) =>
      names.flatMap((name) => {
        const column = table.get(name)
        return column === undefined ? [] : [[name, column] as const]
      }),
    )
  }

  /** Which columns there are. */
  get text(): string {
    return this.columns.map((each) => each.map(([name]) => name).join(' ')).join('|')
  }

  /** Whether something of a unit has changed after a time. */
  changedAfter(unit: number, after: number): boolean {
    const { units } = this
    if ((units.since[unit] ?? 0) > after) return true
    const end = units.starts[unit + 1] ?? 0
    for (let at = units.starts[unit] ?? 0; at < end; at++)
      for (const [, column] of this.columns[units.places[at] ?? 0] ?? [])
        if (changedAfter(column, units.records[at] ?? 0, after)) return true
    return false
  }

  /** The merged properties of a unit. */
  merged(unit: number): Entity {
    const { units } = this
    const begin = units.starts[unit] ?? 0
    const end = units.starts[unit + 1] ?? 0
    const id = units.idOf(unit)
    if (end - begin === 1) return this.member(id, begin, this.isMatched)
    const members: Entity[] = []
    for (let at = begin; at < end; at++) members.push(this.member('', at, false))
    if (!this.isRows) return combineMembers(id, members, compact)
    // Rows say whose they are: no two of them are equal.
    return { _id: id, $row: members.flatMap(({ $row = null }) => ($row === null ? [] : [$row])) }
  }

  private member(id: string, at: number, isCompact: boolean): Entity {
    const entity: Entity = { _id: id }
    const record = this.units.records[at] ?? 0
    for (const [name, column] of this.columns[this.units.places[at] ?? 0] ?? []) {
      const value = column.values[record]
      if (!(isCompact && Array.isArray(value) && value.length === 0)) putPresent(entity, name, value)
    }
    return entity
  }
}
