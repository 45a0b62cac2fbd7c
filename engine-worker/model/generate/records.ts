/** RecordsByName of systems and tables as the entities of collect pipes: with `_id`, and no names that are the store's own. */
import { get } from '../../entity/dict.ts'
import { printJson } from '../../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import type { Plan } from './plan.ts'
import { collectName, storedName } from './plan-names.ts'

/** RecordsByName by `system.datatype`, or by the name of a table. */
export type RecordsByName = Readonly<Record<string, readonly Json[]>>

/** The records of a collect pipe as entities; undefined for other pipes. */
export function collectRecords(plan: Plan, pipe: string, records: RecordsByName): readonly JsonObject[] | undefined {
  const table = plan.tables.find(({ slug }) => pipe === `${slug}-collect`)
  if (table !== undefined)
    return (records[table.name] ?? []).map((row, index) => ({
      _id: String(index),
      ...storedRecord(isObject(row) ? row : {}),
    }))
  const planned = plan.mappings.find(({ mapping, parent }) => parent === null && collectName(mapping) === pipe)
  if (planned === undefined) return undefined
  const { system, datatype } = planned.mapping
  return (records[`${system}.${datatype}`] ?? []).map((row, index) => {
    const record = isObject(row) ? row : {}
    return { ...storedRecord(record), _id: keyText(planned.datatype.key, record) ?? `?${index}` }
  })
}

/** The key of a record as one text; several parts as JSON. Null where a part is missing. */
export function keyText(key: readonly string[], record: JsonObject): string | null {
  const values = key.map((column) => get(record, column) ?? null)
  if (values.includes(null)) return null
  const [only] = values
  if (key.length === 1) return typeof only === 'string' ? only : printJson(only ?? null)
  const pairs = key.map((column, index) => [column, values[index] ?? null] as const)
  const sorted = pairs.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([column, value]) => `${JSON.stringify(column)}: ${printJson(value)}`).join(', ')}}`
}

function storedRecord(record: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(record).map(([column, value]) => [storedName(column), value]))
}
