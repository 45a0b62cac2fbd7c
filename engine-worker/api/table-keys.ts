/** Columns that tell the rows of a table apart. */
import { declaredKind } from '../config/model/declared.ts'
import type { Part } from '../config/project/effective.ts'
import type { SuppliedText } from '../connectors/open-context.ts'
import { findTableKeyColumns as keysOfTable, type TableKeys } from '../connectors/table-key.ts'
import { capability } from './capability.ts'
import type { EngineHost } from './host.ts'
import { suppliedText } from './supplied-texts.ts'

/** A CSV text, read as the source of the pipe reads it; without a text what was supplied for the pipe. */
interface TableKeysRequest {
  readonly pipe: string
  readonly text?: string
}

/** A CSV source without any settings. */
const plainCsv: Part = { type: 'csv', config: { type: 'csv' }, path: ['source'] }

/** The columns that tell apart the rows of a CSV text, or of what was supplied for a CSV source; null without either. */
export const tableKeys = capability(
  'tableKeys',
  'draft',
  async (request: TableKeysRequest, { host }): Promise<TableKeys | null> => {
    const found = await suppliedTable(host, request.pipe)
    if (request.text !== undefined) return keysOfTable(request.text, found?.part ?? plainCsv)
    return found && keysOfTable(found.supplied.text, found.part)
  },
)

/** What was supplied for a pipe with a CSV source; null for others. */
export async function suppliedTable(
  host: EngineHost,
  pipe: string,
): Promise<{ readonly supplied: SuppliedText; readonly part: Part } | null> {
  const { session, store } = host.current()
  const supplied = await suppliedText(store, pipe)
  const part = session.pipes().find(({ id }) => id === pipe)?.effective.source
  return supplied && part && declaredKind('source', part.type)?.readsTables === true ? { supplied, part } : null
}
