/** What a data file holds. */
import { type FileReport, reportOf } from '../ingest/file-report.ts'
import { readTable } from '../ingest/formats.ts'
import type { FileBytes, ReadSettings } from '../ingest/table.ts'
import { capability } from './capability.ts'
import { openFilesOf } from './open-files.ts'

/** A file, under an id of the page's choice, and what a person says about how it is written. */
interface InspectRequest {
  readonly id: string
  readonly name: string
  readonly file: FileBytes
  readonly settings: ReadSettings
}

/** Reads a file and describes it. */
export const inspectFile = capability(
  'inspectFile',
  'page',
  async ({ id, name, file, settings }: InspectRequest, { host }): Promise<FileReport> => {
    const { kind, table } = await readTable(name, file, settings)
    const { report, readings } = await reportOf(kind, table, host.platform.environment)
    openFilesOf(host).set(id, { name, kind, table, readings })
    return report
  },
)
