/** A column that tells the rows of a table apart, where none does. */
import { type KeyColumn, withKeyColumn } from '../connectors/key-column.ts'
import { capability } from './capability.ts'
import { supplyText } from './supply.ts'
import { suppliedTable } from './table-keys.ts'

/** The pipe whose rows get the column, and what stands in it. */
interface AddKeyColumnRequest {
  readonly pipe: string
  readonly how: KeyColumn
}

/** Gives the rows supplied for a CSV source a column that tells them apart; answers with its name. */
export const addKeyColumn = capability(
  'addKeyColumn',
  'deployed-data',
  async ({ pipe, how }: AddKeyColumnRequest, { host }): Promise<string | null> => {
    const found = await suppliedTable(host, pipe)
    if (!found) return null
    const { text, column } = withKeyColumn(found.supplied.text, found.part, how)
    await supplyText(host, { pipe, name: found.supplied.name, text })
    return column
  },
)
