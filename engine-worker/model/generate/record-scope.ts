/** Where a generated rule finds the properties of a record and of those around it. */
import type { Json } from '../../entity/value.ts'
import { call, pathTo } from '../calls.ts'
import type { SqlScope } from '../sql/translate.ts'
import { liftedFrom, outermostColumn, type PlannedMapping } from './plan.ts'
import { storedName } from './plan-names.ts'

/** How the records of a mapping are read in its enrich pipe. */
export interface RecordScope {
  readonly column: (name: string) => Json
  /** The row of the record around it, as the beginning of a path. */
  readonly around: string
  readonly sql: SqlScope
  /** The whole record. */
  readonly whole: string
}

/** The scope of a planned mapping, inside the row at `around`. */
export function recordScope(planned: PlannedMapping, around = '_P._S.$row'): RecordScope {
  const { mapping, parent } = planned
  const ownPath = (name: string): Json =>
    parent === null ? pathTo('_S', storedName(name)) : pathTo('_S', 'value', name)
  const columnValue = (name: string): Json => {
    const lifted = liftedFrom(planned, name)
    if (lifted !== null) return ancestorPath(around, lifted.steps, lifted.property)
    const unmapped = parent !== null && !mapping.properties.some((each) => outermostColumn(each) === name)
    return unmapped && mapping.list !== undefined
      ? call.coalesceArgs(ownPath(name), ancestorPath(around, 0, name))
      : ownPath(name)
  }
  return {
    column: columnValue,
    around,
    sql: { column: (name) => columnValue(name) },
    whole: parent === null ? '_S.' : '_S.value',
  }
}

function ancestorPath(around: string, steps: number, property: string): Json {
  return pathTo(around, ...Array.from({ length: steps }, () => 'up'), 'raw', property)
}

/** The path to a property of the record itself. */
export function insidePath(scope: RecordScope, path: readonly Json[]): Json {
  const [head, ...rest] = path
  return rest.reduce<Json>(
    (value, key) =>
      typeof key === 'number' ? call.nth(key, value) : call.path(typeof key === 'string' ? call.list(key) : key, value),
    scope.column(typeof head === 'string' ? head : ''),
  )
}
