/** SQL statements for entities, in the dialect of the system. */

import { numberSetting, textListSetting, textSetting } from '../../config/model/setting.ts'
import { get } from '../../entity/dict.ts'
import { Bytes, Decimal, type Entity, Float, isObject, type JsonObject, type Value } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import { isTime, plainText } from '../to-text.ts'

const rowWithoutKey = problem<{ table: string }>({
  code: 'row-without-key',
  severity: 'error',
  says: ({ table }) => `Nothing says which row of ${table} belongs to the deleted entity.`,
  fix: () => 'Set primary_key, and let the entity keep the property or properties it names.',
})

/** A column: what the entity calls it, what the table calls it. */
interface Column {
  readonly property: string
  readonly name: string
  readonly definition: JsonObject
}

/** A table to write. */
interface SqlTable {
  /** With its schema, in the quotes of the dialect. */
  readonly name: string
  readonly plainName: string
  readonly keys: readonly string[]
  /** The column that receives the time of writing, and whether the configuration names it. */
  readonly timestamp: { readonly column: string; readonly named: boolean }
  /** Null when every property of an entity is a column. */
  readonly columns: readonly Column[] | null
  readonly dialect: 'mssql' | 'mysql' | 'oracle' | 'postgresql'
  readonly whitelist: readonly string[] | undefined
  readonly blacklist: readonly string[] | undefined
}

/** The table of a sink's configuration. */
export function sqlTable(config: JsonObject, systemType: string): SqlTable {
  const dialect = dialectOf(systemType)
  const definitions = get(config, 'schema_definition')
  const columns = Array.isArray(definitions) ? definitions.filter(isObject).map(columnOf) : null
  const declared = columns?.filter(({ definition }) => definition.primary_key === true).map(({ name }) => name) ?? []
  const schema = textSetting(config, 'schema')
  const plainName = textSetting(config, 'table', '')
  const name = quotedName(plainName, dialect)
  const named = textSetting(config, 'timestamp')
  return {
    name: schema ? `${quotedName(schema, dialect)}.${name}` : name,
    plainName,
    timestamp: { column: named ?? 'sesam-timestamp', named: named !== undefined },
    keys: textListSetting(config, 'primary_key') ?? declared,
    columns: columns && columns.length > 0 ? columns : null,
    dialect,
    whitelist: textListSetting(config, 'whitelist'),
    blacklist: textListSetting(config, 'blacklist'),
  }
}

function columnOf(definition: JsonObject): Column {
  const property = textSetting(definition, 'source_property') ?? textSetting(definition, 'name', '')
  return { property, name: textSetting(definition, 'name', property), definition }
}

function dialectOf(systemType: string): SqlTable['dialect'] {
  if (systemType.includes('mysql')) return 'mysql'
  if (systemType.includes('oracle')) return 'oracle'
  return systemType.includes('postgres') ? 'postgresql' : 'mssql'
}

/** What writes or removes the row of an entity. */
export function statementFor(entity: Entity, table: SqlTable, now: Value = null): string {
  const row = rowOf(entity, table, now)
  const keys = [...row].filter(([name]) => table.keys.includes(name))
  const where = keys
    .map(([name, value]) => `${quotedName(name, table.dialect)} = ${sqlLiteral(value, table)}`)
    .join(' AND ')
  if (entity._deleted === true) {
    // Without its whole key the statement would reach other rows too.
    if (where === '' || keys.length < table.keys.length || keys.some(([, value]) => value === null))
      throw new Fault(rowWithoutKey({ table: table.plainName }, { entity: plainText(entity._id ?? null) }))
    return `DELETE FROM ${table.name} WHERE ${where}`
  }
  const names = [...row.keys()].map((name) => quotedName(name, table.dialect))
  const values = [...row.values()].map((value) => sqlLiteral(value, table))
  const insert = `INSERT INTO ${table.name} (${names.join(', ')}) VALUES (${values.join(', ')})`
  const others = [...row].filter(([name]) => !table.keys.includes(name))
  const set = others
    .map(([name, value]) => `${quotedName(name, table.dialect)} = ${sqlLiteral(value, table)}`)
    .join(', ')
  if (where === '' || set === '') return insert
  const keyNames = keys.map(([name]) => quotedName(name, table.dialect)).join(', ')
  if (table.dialect === 'postgresql') return `${insert} ON CONFLICT (${keyNames}) DO UPDATE SET ${set}`
  if (table.dialect === 'mysql') return `${insert} ON DUPLICATE KEY UPDATE ${set}`
  const source = table.dialect === 'oracle' ? 'DUAL' : '(SELECT 1 AS one) AS source'
  const columns = `(${names.join(', ')}) VALUES (${values.join(', ')})`
  return `MERGE INTO ${table.name} USING ${source} ON (${where}) WHEN MATCHED THEN UPDATE SET ${set} WHEN NOT MATCHED THEN INSERT ${columns}`
}

function rowOf(entity: Entity, table: SqlTable, now: Value): Map<string, Value> {
  const { timestamp } = table
  if (table.columns) {
    return new Map(
      table.columns.map(({ property, name, definition }) => [
        name,
        name === timestamp.column ? now : (get(entity, property) ?? get(definition, 'default') ?? null),
      ]),
    )
  }
  const row = new Map<string, Value>()
  for (const [name, value] of Object.entries(entity)) {
    if (name.startsWith('_') ? name !== '_id' || !table.keys.includes('_id') : name.startsWith('$')) continue
    if (!(table.whitelist?.includes(name) ?? true) || table.blacklist?.includes(name)) continue
    row.set(name, value)
  }
  // Whether the table has the column is not known here; one that was named has been made for it.
  if (timestamp.named) row.set(timestamp.column, now)
  return row
}

/** What drops the table before it is made anew. */
export function dropTable({ name, dialect }: SqlTable): string {
  return dialect === 'oracle'
    ? `BEGIN EXECUTE IMMEDIATE 'DROP TABLE ${name}'; EXCEPTION WHEN OTHERS THEN NULL; END`
    : `DROP TABLE IF EXISTS ${name}`
}

/** What makes the table and its indexes from its schema definition, where it is missing. */
export function createTable(table: SqlTable): string[] {
  const { dialect, name } = table
  const columns = (table.columns ?? []).map(({ name, definition }) => {
    const nullable = definition.allow_null === false || definition.primary_key === true ? ' NOT NULL' : ''
    return `${quotedName(name, dialect)} ${columnType(definition, dialect)}${nullable}`
  })
  const keys = table.keys.map((key) => quotedName(key, dialect)).join(', ')
  const key = keys === '' ? [] : [`PRIMARY KEY (${keys})`]
  const definition = `${name} (${[...columns, ...key].join(', ')})`
  const create = `CREATE TABLE ${definition}`
  const indexed = (table.columns ?? []).filter((column) => column.definition.index === true)
  return [
    dialect === 'mssql'
      ? `IF OBJECT_ID(N'${name.replaceAll("'", "''")}', N'U') IS NULL ${create}`
      : dialect === 'oracle'
        ? `BEGIN EXECUTE IMMEDIATE '${create.replaceAll("'", "''")}'; EXCEPTION WHEN OTHERS THEN IF SQLCODE != -955 THEN RAISE; END IF; END`
        : `CREATE TABLE IF NOT EXISTS ${definition}`,
    ...indexed.map((column) => {
      const index = quotedName(`ix_${table.plainName}_${column.name}`, dialect)
      return `CREATE INDEX ${index} ON ${name} (${quotedName(column.name, dialect)})`
    }),
  ]
}

/** The type of a column, by what its values may be (configuration-sinks-sql.rst, translation table). */
function columnType(definition: JsonObject, dialect: SqlTable['dialect']): string {
  const size = numberSetting(definition, 'max_size')
  const mssql = dialect === 'mssql'
  switch (definition.type) {
    case 'integer':
      return integerType(definition, dialect)
    case 'decimal': {
      const digits = `${numberSetting(definition, 'precision', 18)}, ${numberSetting(definition, 'scale', 2)}`
      return dialect === 'oracle' ? `NUMBER(${digits})` : `DECIMAL(${digits})`
    }
    case 'float':
      return { mssql: 'FLOAT', mysql: 'DOUBLE', oracle: 'BINARY_DOUBLE', postgresql: 'DOUBLE PRECISION' }[dialect]
    case 'boolean':
      return { mssql: 'BIT', mysql: 'BOOLEAN', oracle: 'NUMBER(1)', postgresql: 'BOOLEAN' }[dialect]
    case 'datetime':
      return { mssql: 'DATETIME2', mysql: 'DATETIME(6)', oracle: 'TIMESTAMP', postgresql: 'TIMESTAMP' }[dialect]
    case 'date':
      return 'DATE'
    case 'time':
      return dialect === 'oracle' ? 'VARCHAR2(15)' : 'TIME'
    case 'binary':
      if (mssql) return size !== undefined && size <= 8000 ? `VARBINARY(${size})` : 'VARBINARY(MAX)'
      return dialect === 'postgresql' ? 'BYTEA' : 'BLOB'
    case 'uuid':
      return { mssql: 'UNIQUEIDENTIFIER', mysql: 'CHAR(36)', oracle: 'CHAR(36)', postgresql: 'UUID' }[dialect]
    default:
      if (mssql) return size !== undefined && size <= 8000 ? `NVARCHAR(${size})` : 'NVARCHAR(MAX)'
      if (dialect === 'oracle') return size !== undefined && size <= 4000 ? `VARCHAR2(${size} CHAR)` : 'NCLOB'
      return size === undefined ? 'TEXT' : `VARCHAR(${size})`
  }
}

/** The narrowest type that the values fit in; the widest where nothing is known of them. */
function integerType(definition: JsonObject, dialect: SqlTable['dialect']): string {
  if (dialect === 'oracle') return 'NUMBER(19)'
  const most = numberSetting(definition, 'max_value')
  const least = numberSetting(definition, 'min_value') ?? 0
  if (most === undefined) return 'BIGINT'
  const isWithin = (from: number, to: number) => least >= from && most <= to
  if (dialect === 'mssql' && isWithin(0, 255)) return 'TINYINT'
  if (isWithin(-32768, 32767)) return 'SMALLINT'
  return isWithin(-2147483648, 2147483647) ? 'INT' : 'BIGINT'
}

function sqlLiteral(value: Value, table: SqlTable): string {
  if (value === null) return 'NULL'
  if (typeof value === 'boolean')
    return table.dialect === 'postgresql' ? String(value).toUpperCase() : value ? '1' : '0'
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (value instanceof Float || value instanceof Decimal) return plainText(value)
  if (value instanceof Bytes) return hexLiteral(value.data, table.dialect)
  const plain = isTime(value) ? plainText(value).replace('T', ' ').replace('Z', '') : plainText(value)
  return `${table.dialect === 'mssql' ? 'N' : ''}'${plain.replaceAll("'", "''")}'`
}

function hexLiteral(data: Uint8Array, dialect: SqlTable['dialect']): string {
  const hex = Array.from(data, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return dialect === 'mssql' ? `0x${hex}` : dialect === 'postgresql' ? `'\\x${hex}'` : `X'${hex}'`
}

/** A name in the quotes of the dialect. */
function quotedName(name: string, dialect: SqlTable['dialect']): string {
  if (dialect === 'mssql') return `[${name.replaceAll(']', ']]')}]`
  const quote = dialect === 'mysql' ? '`' : '"'
  return quote + name.replaceAll(quote, quote + quote) + quote
}
