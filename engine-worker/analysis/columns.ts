/**
 * Columns of a table that would hold a stream of entities, in the form of `schema_definition`
 * (documentation/service-configuration/pipes/configuration-sinks-sql.rst, "SQL sink schema definition format").
 */
import { get } from '../entity/dict.ts'
import { Decimal, type Dict, type JsonObject, kindOf, type Value } from '../entity/value.ts'

/** The types of columns. */
type ColumnType = 'string' | 'integer' | 'decimal' | 'float' | 'binary' | 'datetime' | 'date' | 'uuid' | 'boolean'

interface ColumnSummary {
  present: number
  hasNull: boolean
  type: ColumnType | null
  /** Least and largest number, or length of a text. */
  least: number
  most: number
  precision: number
  scale: number
  /** Whether every value so far was that of `_id`. */
  isId: boolean
}

/** Collects the columns of entities. */
interface ColumnCollector {
  readonly add: (entity: Dict) => void
  /** `idIsKey`: `_id` is the primary key, as for SQL sinks that make their table. */
  readonly columns: (idIsKey: boolean) => JsonObject[]
}

/** Starts the columns of some entities. `text`: a value as a text column holds it. */
export function collectColumns(text: (value: Value) => string): ColumnCollector {
  const columns = new Map<string, ColumnSummary>()
  let entities = 0
  return {
    add: (entity) => {
      entities++
      for (const name of Object.keys(entity)) {
        if (name !== '_id' && /^[_$]/.test(name)) continue
        const column = columns.get(name) ?? newColumn()
        columns.set(name, column)
        addValue(column, get(entity, name) ?? null, get(entity, '_id') ?? null, text)
      }
    },
    columns: (idIsKey) => {
      const copy = [...columns].find(([name, { isId, present }]) => name !== '_id' && isId && present === entities)
      const key = idIsKey ? '_id' : (copy?.[0] ?? '_id')
      return [...columns].map(([name, column]) => columnOf(name, column, name === key, column.present < entities))
    },
  }
}

function newColumn(): ColumnSummary {
  const nothing = { least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY, precision: 0, scale: 0 }
  return { present: 0, hasNull: false, type: null, ...nothing, isId: true }
}

function addValue(column: ColumnSummary, value: Value, id: Value, text: (value: Value) => string): void {
  column.present++
  if (value !== id) column.isId = false
  if (value === null) {
    column.hasNull = true
    return
  }
  const type = typeOf(value)
  column.type = column.type === null ? type : commonType(column.type, type)
  if (typeof value === 'number' || typeof value === 'bigint') addMeasure(column, Number(value))
  if (value instanceof Decimal) {
    const [whole = '', fraction = ''] = text(value).replace('-', '').split('.')
    column.precision = Math.max(column.precision, whole.length + fraction.length)
    column.scale = Math.max(column.scale, fraction.length)
  }
  if (type === 'string' || type === 'binary') addMeasure(column, text(value).length)
}

function addMeasure(column: ColumnSummary, size: number): void {
  column.least = Math.min(column.least, size)
  column.most = Math.max(column.most, size)
}

function typeOf(value: Value): ColumnType {
  const kind = kindOf(value)
  switch (kind) {
    case 'integer':
    case 'decimal':
    case 'float':
    case 'datetime':
    case 'date':
    case 'uuid':
    case 'boolean':
      return kind
    case 'bytes':
      return 'binary'
    default:
      return 'string'
  }
}

const numberTypes: readonly ColumnType[] = ['integer', 'decimal', 'float']

/** The type that holds values of both. */
function commonType(one: ColumnType, other: ColumnType): ColumnType {
  if (one === other) return one
  const [a, b] = [numberTypes.indexOf(one), numberTypes.indexOf(other)]
  return a < 0 || b < 0 ? 'string' : (numberTypes[Math.max(a, b)] ?? 'string')
}

function columnOf(name: string, column: ColumnSummary, isKey: boolean, isMissing: boolean): JsonObject {
  const { type, least, most, precision, scale, hasNull } = column
  const isText = type === 'string' || type === 'binary' || type === null
  const limits: JsonObject =
    !Number.isFinite(most) || (!isText && type !== 'integer')
      ? {}
      : isText
        ? { min_size: least, max_size: most }
        : { min_value: least, max_value: most }
  return {
    source_property: name,
    name,
    type: type ?? 'string',
    ...limits,
    ...(type === 'decimal' ? { precision, scale } : {}),
    allow_null: !isKey && (hasNull || isMissing),
    primary_key: isKey,
    index: false,
  }
}
