/** SQL statements for entities, in the dialect of the system. */
import { get } from '../../entity/dict.ts'
import {
  Bytes,
  Decimal,
  type Entity,
  Float,
  isObject,
  type Json,
  type JsonObject,
  type Value,
} from '../../entity/value.ts'
import { isTime, plainText } from '../plain.ts'
import { text, texts } from '../setting.ts'

/** A column: what the entity calls it, what the table calls it. */
interface Column {
  readonly property: string
  readonly name: string
  readonly definition: JsonObject
}

/** A table to write. */
export interface Table {
  readonly name: string
  readonly keys: readonly string[]
  /** Null when every property of an entity is a column. */
  readonly columns: readonly Column[] | null
  readonly dialect: 'mssql' | 'mysql' | 'oracle' | 'postgresql'
  readonly whitelist: readonly string[] | undefined
  readonly blacklist: readonly string[] | undefined
}

/** The table of a sink's configuration. */
export function tableOf(config: JsonObject, systemType: string): Table {
  const dialect = dialectOf(systemType)
  const definitions = get(config, 'schema_definition')
  const columns = Array.isArray(definitions) ? definitions.filter(isObject).map(columnOf) : null
  const declared = columns?.filter(({ definition }) => definition.primary_key === true).map(({ name }) => name) ?? []
  const schema = text(config, 'schema')
  const name = quoted(text(config, 'table', ''), dialect)
  return {
    name: schema ? `${quoted(schema, dialect)}.${name}` : name,
    keys: texts(config, 'primary_key') ?? declared,
    columns: columns && columns.length > 0 ? columns : null,
    dialect,
    whitelist: texts(config, 'whitelist'),
    blacklist: texts(config, 'blacklist'),
  }
}

function columnOf(definition: JsonObject): Column {
  const property = text(definition, 'source_property') ?? text(definition, 'name', '')
  return { property, name: text(definition, 'name', property), definition }
}

function dialectOf(systemType: string): Table['dialect'] {
  if (systemType.includes('mysql')) return 'mysql'
  if (systemType.includes('oracle')) return 'oracle'
  return systemType.includes('postgres') ? 'postgresql' : 'mssql'
}

/** What writes or removes the row of an entity. */
export function statementFor(entity: Entity, table: Table): string {
  const row = rowOf(entity, table)
  const keys = [...row].filter(([name]) => table.keys.includes(name))
  const where = keys.map(([name, value]) => `${quoted(name, table.dialect)} = ${literal(value, table)}`).join(' AND ')
  if (entity._deleted === true) return `DELETE FROM ${table.name}${where === '' ? '' : ` WHERE ${where}`}`
  const names = [...row.keys()].map((name) => quoted(name, table.dialect))
  const values = [...row.values()].map((value) => literal(value, table))
  const insert = `INSERT INTO ${table.name} (${names.join(', ')}) VALUES (${values.join(', ')})`
  const others = [...row].filter(([name]) => !table.keys.includes(name))
  const set = others.map(([name, value]) => `${quoted(name, table.dialect)} = ${literal(value, table)}`).join(', ')
  if (where === '' || set === '') return insert
  const keyNames = keys.map(([name]) => quoted(name, table.dialect)).join(', ')
  if (table.dialect === 'postgresql') return `${insert} ON CONFLICT (${keyNames}) DO UPDATE SET ${set}`
  if (table.dialect === 'mysql') return `${insert} ON DUPLICATE KEY UPDATE ${set}`
  const source = table.dialect === 'oracle' ? 'DUAL' : '(SELECT 1 AS one) AS source'
  const columns = `(${names.join(', ')}) VALUES (${values.join(', ')})`
  return `MERGE INTO ${table.name} USING ${source} ON (${where}) WHEN MATCHED THEN UPDATE SET ${set} WHEN NOT MATCHED THEN INSERT ${columns}`
}

function rowOf(entity: Entity, table: Table): Map<string, Value> {
  if (table.columns) {
    return new Map(
      table.columns.map(({ property, name, definition }) => [
        name,
        get(entity, property) ?? get(definition, 'default') ?? null,
      ]),
    )
  }
  const row = new Map<string, Value>()
  for (const [name, value] of Object.entries(entity)) {
    if (name.startsWith('_') ? name !== '_id' || !table.keys.includes('_id') : name.startsWith('$')) continue
    if (!(table.whitelist?.includes(name) ?? true) || table.blacklist?.includes(name)) continue
    row.set(name, value)
  }
  return row
}

/** What makes the table from its schema definition. */
export function createTable(table: Table): string {
  const columns = (table.columns ?? []).map(({ name, definition }) => {
    const nullable = definition.allow_null === false || definition.primary_key === true ? ' NOT NULL' : ''
    return `${quoted(name, table.dialect)} ${columnType(definition, table.dialect)}${nullable}`
  })
  const keys = table.keys.map((name) => quoted(name, table.dialect)).join(', ')
  const key = keys === '' ? [] : [`PRIMARY KEY (${keys})`]
  return `CREATE TABLE IF NOT EXISTS ${table.name} (${[...columns, ...key].join(', ')})`
}

function columnType(definition: JsonObject, dialect: Table['dialect']): string {
  const size = definition.max_size
  switch (definition.type) {
    case 'integer':
      return 'BIGINT'
    case 'decimal':
      return `DECIMAL(${number(definition.precision, 18)}, ${number(definition.scale, 2)})`
    case 'float':
      return dialect === 'postgresql' ? 'DOUBLE PRECISION' : 'FLOAT'
    case 'boolean':
      return dialect === 'mssql' ? 'BIT' : 'BOOLEAN'
    case 'datetime':
      return dialect === 'mssql' ? 'DATETIME2' : 'TIMESTAMP'
    case 'date':
      return 'DATE'
    case 'time':
      return 'TIME'
    case 'binary':
      return dialect === 'postgresql' ? 'BYTEA' : 'VARBINARY'
    case 'uuid':
      return dialect === 'mssql' ? 'UNIQUEIDENTIFIER' : dialect === 'postgresql' ? 'UUID' : 'CHAR(36)'
    default:
      return typeof size === 'number' ? `${dialect === 'mssql' ? 'N' : ''}VARCHAR(${size})` : 'TEXT'
  }
}

function number(json: Json | undefined, otherwise: number): number {
  return typeof json === 'number' ? json : otherwise
}

function literal(value: Value, table: Table): string {
  if (value === null) return 'NULL'
  if (typeof value === 'boolean')
    return table.dialect === 'postgresql' ? String(value).toUpperCase() : value ? '1' : '0'
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (value instanceof Float || value instanceof Decimal) return plainText(value)
  if (value instanceof Bytes) return hexLiteral(value.data, table.dialect)
  const plain = isTime(value) ? plainText(value).replace('T', ' ').replace('Z', '') : plainText(value)
  return `${table.dialect === 'mssql' ? 'N' : ''}'${plain.replaceAll("'", "''")}'`
}

function hexLiteral(data: Uint8Array, dialect: Table['dialect']): string {
  const hex = Array.from(data, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return dialect === 'mssql' ? `0x${hex}` : dialect === 'postgresql' ? `'\\x${hex}'` : `X'${hex}'`
}

/** A name in the quotes of the dialect. */
function quoted(name: string, dialect: Table['dialect']): string {
  if (dialect === 'mssql') return `[${name.replaceAll(']', ']]')}]`
  const quote = dialect === 'mysql' ? '`' : '"'
  return quote + name.replaceAll(quote, quote + quote) + quote
}
