/**
 * Data files on their way to become pipes: they are read once and kept here until the person is done with them. None of
 * this needs an open project.
 */
// papaparse: see connectors/sources/csv.ts.
import Papa from 'papaparse'
import { type KeyColumn, keyColumnOf, rowKey } from '../connectors/key-column.ts'
import { printEntity } from '../entity/transit.ts'
import type { Entity } from '../entity/value.ts'
import { type ChosenReading, type FileReport, reportOf, textRows } from '../ingest/file-report.ts'
import type { FileKind } from '../ingest/format.ts'
import { readTable } from '../ingest/formats.ts'
import { type PlannedFile, type PlannedRelation, plannedComponents } from '../ingest/plan.ts'
import { relationsOf } from '../ingest/relations.ts'
import type { FileBytes, FileTable, ReadSettings } from '../ingest/table.ts'
import { Fault, problem } from '../problem.ts'
import { capability } from './capability.ts'
import type { EngineHost } from './host.ts'

interface OpenFile {
  readonly name: string
  readonly kind: FileKind
  readonly table: FileTable
  readonly readings: ReadonlyMap<string, ChosenReading>
}

const opened = new WeakMap<EngineHost, Map<string, OpenFile>>()

function filesOf(host: EngineHost): Map<string, OpenFile> {
  const files = opened.get(host) ?? new Map<string, OpenFile>()
  opened.set(host, files)
  return files
}

const fileForgotten = problem<Record<string, never>>({
  code: 'file-forgotten',
  severity: 'error',
  says: () => 'The engine was started again and has to read the file once more.',
  fix: () => 'Bring the file again.',
})

function openFile(host: EngineHost, id: string): OpenFile {
  const file = filesOf(host).get(id)
  if (!file) throw new Fault(fileForgotten({}))
  return file
}

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
    filesOf(host).set(id, { name, kind, table, readings })
    return report
  },
)

/** How files that were read belong together. */
export const relateFiles = capability(
  'relateFiles',
  'page',
  ({ ids }: { readonly ids: readonly string[] }, { host }) => {
    const files = ids.flatMap((id) => {
      const file = filesOf(host).get(id)
      return file ? [{ id, table: file.table }] : []
    })
    return relationsOf(files, host.platform.environment)
  },
)

/** Which rows a key tells apart: columns, or a column that is added. */
export type FileKey = { readonly columns: readonly string[] } | { readonly add: KeyColumn }

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

/**
 * The data of a file as the source of its pipe takes it; null where only the beginning was read, so that the file itself
 * has to be taken in.
 */
export const fileData = capability(
  'fileData',
  'page',
  async ({ id, key }: { readonly id: string; readonly key: FileKey }, { host }) => {
    const { kind, table } = openFile(host, id)
    if (!table.complete) return null
    if (table.form) return { ending: 'csv', text: csvOf(table, table.form, key) }
    return kind === 'rdf' ? null : { ending: 'ndjson', text: linesOf(table, key) }
  },
)

/** Forgets files that were read. */
export const forgetFiles = capability(
  'forgetFiles',
  'page',
  async ({ ids }: { readonly ids: readonly string[] }, { host }) => {
    for (const id of ids) filesOf(host).delete(id)
  },
)

function csvOf({ columns, rows }: FileTable, form: NonNullable<FileTable['form']>, key: FileKey): string {
  const added = 'add' in key ? key.add : null
  const texts = textRows(rows)
  const filled =
    added === null ? texts : texts.map((row, at) => [...padded(row, columns.length), rowKey(added, row, at)])
  const names = added === null ? columns : [...columns, keyColumnOf(added, columns)]
  return Papa.unparse([...(form.header ? [[...names]] : []), ...filled.map((row) => [...row])], {
    delimiter: form.delimiter,
  })
}

function padded(row: readonly string[], width: number): readonly string[] {
  return Array.from({ length: width }, (_, place) => row[place] ?? '')
}

function linesOf({ columns, rows }: FileTable, key: FileKey): string {
  const places = 'add' in key ? [] : key.columns.map((column) => columns.indexOf(column))
  const texts = textRows(rows)
  return rows
    .map((row, at) => {
      const entity: Entity = { _id: '' }
      for (const [place, column] of columns.entries()) {
        const value = row[place] ?? null
        if (value !== null) entity[column] = value
      }
      const text = texts[at] ?? []
      entity._id = 'add' in key ? rowKey(key.add, text, at) : places.map((place) => text[place] ?? '').join(':')
      return printEntity(entity)
    })
    .join('\n')
}
