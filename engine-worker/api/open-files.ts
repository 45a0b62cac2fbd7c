/**
 * Data files on their way to become pipes: they are read once and kept here until the person is done with them. None
 * of this needs an open project.
 */
import type { AppliedReading } from '../ingest/file-report.ts'
import type { FileKind } from '../ingest/format.ts'
import type { FileTable } from '../ingest/table.ts'
import { Fault, problem } from '../problem.ts'
import type { EngineHost } from './host.ts'

interface OpenFile {
  readonly name: string
  readonly kind: FileKind
  readonly table: FileTable
  readonly readings: ReadonlyMap<string, AppliedReading>
}

const openFilesByHost = new WeakMap<EngineHost, Map<string, OpenFile>>()

export function openFilesOf(host: EngineHost): Map<string, OpenFile> {
  const files = openFilesByHost.get(host) ?? new Map<string, OpenFile>()
  openFilesByHost.set(host, files)
  return files
}

const fileForgotten = problem<Record<string, never>>({
  code: 'file-forgotten',
  severity: 'error',
  says: () => 'The engine was started again and has to read the file once more.',
  fix: () => 'Supply the file again.',
})

export function openFile(host: EngineHost, id: string): OpenFile {
  const file = openFilesOf(host).get(id)
  if (!file) throw new Fault(fileForgotten({}))
  return file
}
