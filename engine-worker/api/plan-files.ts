/** Pipes for data files. */
import { keyColumnOf } from '../connectors/key-column.ts'
import { type PlannedFile, type PlannedRelation, plannedComponents } from '../ingest/plan.ts'
import { capability } from './capability.ts'
import type { FileKey } from './data-files.ts'
import { openFile } from './open-files.ts'

/** What a person decided about a file. */
interface DecidedFile {
  readonly id: string
  readonly pipe: string
  readonly url: string | null
  readonly key: FileKey
  /** Columns whose conversion is on. */
  readonly converted: readonly string[]
  readonly keepEmpty: boolean
}

interface PlanRequest {
  readonly files: readonly DecidedFile[]
  readonly relations: readonly PlannedRelation[]
  readonly namespaced: boolean
  readonly taken: readonly string[]
}

/** The components that are made of files. */
export const planFiles = capability('planFiles', 'page', async (request: PlanRequest, { host }) => {
  const files = request.files.map((decided): PlannedFile => {
    const { name, kind, table, readings } = openFile(host, decided.id)
    const added = 'add' in decided.key ? [keyColumnOf(decided.key.add, table.columns)] : []
    return {
      ...decided,
      name,
      kind,
      form: table.form ?? null,
      key: 'add' in decided.key ? added : decided.key.columns,
      columns: [...table.columns, ...added],
      conversions: decided.converted.flatMap((column) => {
        const found = readings.get(column)
        return found ? [{ column, dtl: found.reading.dtl, readsAll: found.readsAll }] : []
      }),
    }
  })
  return plannedComponents({ ...request, files })
})
