/** Entities from the rows of a table with named columns. */
import { flagSetting, textListSetting } from '../../config/model/setting.ts'
import type { Part } from '../../config/project/effective.ts'
import { put } from '../../entity/dict.ts'
import type { Entity } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'

const missingColumn = problem<{ column: string; columns: string }>({
  code: 'csv-column-missing',
  severity: 'error',
  says: ({ column, columns }) => `There is no column ${column}; the columns are ${columns}.`,
  fix: () => 'Correct primary_key, or the delimiter if all columns are read as one.',
})

const noKey = problem<{ line: number }>({
  code: 'csv-no-key',
  severity: 'error',
  says: ({ line }) => `Row ${line} has no value in a column of the primary key.`,
})

/** How a row becomes an entity. Throws a Fault where a column or a value of the key is missing. */
export function entityReader(
  columns: readonly string[],
  header: readonly string[] | undefined,
  part: Part,
): (row: readonly string[]) => Entity {
  const { config } = part
  const keys = textListSetting(config, 'primary_key') ?? []
  const keyColumns = keys.map((key) => columnOf(columns, key, part))
  const chosenColumns = includedColumns(
    columns,
    textListSetting(config, 'whitelist'),
    textListSetting(config, 'blacklist'),
  )
  const keepEmpty = flagSetting(config, 'preserve_empty_strings', false)
  let line = header ? 1 : 0
  return (row) => {
    line++
    const id = keyColumns.map((column) => row[column] ?? '')
    if (keyColumns.length > 0 && id.some((value) => value === '')) {
      throw new Fault(noKey({ line }, { path: [...part.path, 'primary_key'] }))
    }
    const entity: Entity = keyColumns.length > 0 ? { _id: id.join(':') } : {}
    for (const column of chosenColumns) {
      const value = row[column]
      if (value !== undefined && (value !== '' || keepEmpty)) put(entity, columns[column] ?? '', value)
    }
    return entity
  }
}

function columnOf(columns: readonly string[], key: string, part: Part): number {
  const column = columns.indexOf(key)
  if (column >= 0) return column
  throw new Fault(missingColumn({ column: key, columns: columns.join(', ') }, { path: [...part.path, 'primary_key'] }))
}

function includedColumns(
  columns: readonly string[],
  whitelist: readonly string[] | undefined,
  blacklist: readonly string[] | undefined,
): number[] {
  return columns.flatMap((name, index) =>
    name !== '' && (whitelist?.includes(name) ?? true) && !blacklist?.includes(name) ? [index] : [],
  )
}
