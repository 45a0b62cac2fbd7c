/** Data files that a person has brought, and what is decided about them before pipes are made of them. */
import { create } from 'zustand'
import {
  type AnswerOf,
  componentById,
  componentValue,
  type FileKey,
  type FileReport,
  type Project,
  type ReadSettings,
} from '../../../../engine-worker/index.ts'
import { ask } from '../../engine/open-project.ts'
import { failureText } from '../../failure.ts'
import { useProject } from '../project.ts'

/** How two columns belong together, as the engine found it. */
export type FileRelation = AnswerOf<'relateFiles'>[number]

/** What is done with a relation. */
export type RelationUse = 'merge' | 'join' | 'leave'

/** A file that was brought. */
export interface BroughtFile {
  readonly id: string
  readonly name: string
  readonly file: File
  /** Where it was fetched from; null for a file of this machine. */
  readonly url: string | null
  readonly settings: ReadSettings
  /** Null while it is read. */
  readonly report: FileReport | null
  readonly failure: string | null
  /** The `_id` of the pipe that it becomes. */
  readonly pipe: string
  readonly key: FileKey
  /** Columns whose conversion is on. */
  readonly converted: ReadonlySet<string>
  readonly keepEmpty: boolean
}

interface DataFilesState {
  readonly files: readonly BroughtFile[]
  /** The file that is shown. */
  readonly chosen: string | null
  readonly relations: readonly FileRelation[]
  readonly uses: ReadonlyMap<string, RelationUse>
}

const initialState: DataFilesState = { files: [], chosen: null, relations: [], uses: new Map() }

export const useDataFiles = create<DataFilesState>(() => initialState)

/** The files that can be read, one for each question about relations. */
export function relationId({ one, many }: FileRelation): string {
  return JSON.stringify([one, many])
}

/** Takes files in; each is read at once. Resolves when all are. */
export async function bringFiles(files: readonly File[], url: string | null = null): Promise<void> {
  const named: BroughtFile[] = []
  for (const file of files) {
    named.push({
      id: crypto.randomUUID(),
      name: file.name,
      file,
      url,
      settings: {},
      report: null,
      failure: null,
      pipe: unusedPipe(file.name, pipesOf([...useDataFiles.getState().files, ...named])),
      key: { columns: [] },
      converted: new Set(),
      keepEmpty: false,
    })
  }
  useDataFiles.setState((state) => ({
    files: [...state.files, ...named],
    chosen: state.chosen ?? named[0]?.id ?? null,
  }))
  await Promise.all(named.map(({ id }) => inspectFile(id)))
  await updateRelations()
}

/** Fetches a file; throws where there is none, or the server does not let pages read it. */
export async function bringUrl(address: string): Promise<void> {
  const url = new URL(address)
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
  const blob = await response.blob()
  const last = decodeURIComponent(url.pathname.split('/').filter(Boolean).at(-1) ?? url.hostname)
  await bringFiles([new File([blob], last)], url.href)
}

function pipesOf(files: readonly BroughtFile[]): readonly string[] {
  return files.map(({ pipe }) => pipe)
}

/** Reads a file anew by what a person says about how it is written. */
export async function readAgain(id: string, settings: ReadSettings): Promise<void> {
  changeFile(id, (file) => ({ settings: { ...file.settings, ...settings } }))
  await inspectFile(id)
  await updateRelations()
}

async function inspectFile(id: string): Promise<void> {
  const found = useDataFiles.getState().files.find((file) => file.id === id)
  if (!found) return
  const { name, file, settings } = found
  try {
    const report = await ask('inspectFile', { id, name, file, settings }, { early: true })
    changeFile(id, () => ({
      report,
      failure: null,
      key: keyOf(report),
      converted: new Set(report.columns.filter(({ conversion }) => conversion?.suggested).map((column) => column.name)),
    }))
  } catch (error) {
    changeFile(id, () => ({ report: null, failure: failureText(error) }))
  }
}

/** The key to begin with: one column, several together, or a number of its own for each row. */
function keyOf({ keys, kind, rows }: FileReport): FileKey {
  const id = keys.columns.find((column) => column === '_id')
  const [best = id] = keys.single
  if (kind === 'rdf' && id !== undefined) return { columns: [id] }
  if (best !== undefined) return { columns: [best] }
  if (keys.several) return { columns: keys.several }
  return rows === 0 && keys.columns[0] !== undefined ? { columns: [keys.columns[0]] } : { add: 'row' }
}

async function updateRelations(): Promise<void> {
  const ids = useDataFiles.getState().files.flatMap(({ id, report }) => (report ? [id] : []))
  const relations = ids.length < 2 ? [] : await ask('relateFiles', { ids }, { early: true }).catch(() => [])
  const uses = new Map(relations.map((each) => [relationId(each), each.best ? each.kind : 'leave'] as const))
  useDataFiles.setState((before) => ({
    relations,
    // What a person has decided stays.
    uses: new Map([...uses].map(([id, use]) => [id, before.uses.get(id) ?? use])),
  }))
}

/** Changes what is decided about a file. */
export function changeFile(id: string, edit: (file: BroughtFile) => Partial<BroughtFile>): void {
  useDataFiles.setState(({ files }) => ({
    files: files.map((file) => (file.id === id ? { ...file, ...edit(file) } : file)),
  }))
}

/** Turns the conversion of a column on or off. */
export function convertColumns(id: string, columns: readonly string[], on: boolean): void {
  changeFile(id, ({ converted }) => {
    const next = new Set(converted)
    for (const column of columns)
      if (on) next.add(column)
      else next.delete(column)
    return { converted: next }
  })
}

/** Decides what is done with a relation. */
export function decideRelation(relation: FileRelation, use: RelationUse): void {
  useDataFiles.setState(({ uses }) => ({ uses: new Map([...uses, [relationId(relation), use]]) }))
}

/** Leaves all relations: only the files become pipes. */
export function leaveRelations(): void {
  useDataFiles.setState(({ relations }) => ({
    uses: new Map(relations.map((each) => [relationId(each), 'leave' as const])),
  }))
}

/** Takes a file away again. */
export function dropFile(id: string): void {
  useDataFiles.setState(({ files, chosen }) => {
    const left = files.filter((file) => file.id !== id)
    return { files: left, chosen: chosen === id ? (left[0]?.id ?? null) : chosen }
  })
  void ask('forgetFiles', { ids: [id] }, { early: true }).catch(() => undefined)
  void updateRelations()
}

/** Forgets all files: they have become pipes, or are not wanted. */
export function forgetDataFiles(): void {
  const ids = useDataFiles.getState().files.map(({ id }) => id)
  useDataFiles.setState(initialState, true)
  if (ids.length > 0) void ask('forgetFiles', { ids }, { early: true }).catch(() => undefined)
}

/** An `_id` for the pipe of a file: its name in small letters without accents. */
function unusedPipe(name: string, taken: readonly string[]): string {
  const plain = name
    .replace(/\.\w+$/, '')
    .toLowerCase()
    .replace(/[æä]/g, 'ae')
    .replace(/[øö]/g, 'o')
    .replace(/å/g, 'a')
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  const wish = plain === '' ? 'file' : plain
  const { id, document } = useProject.getState()
  const isTaken = (pipe: string) =>
    taken.includes(pipe) || (id !== null && componentById(document.content, pipe) !== undefined)
  if (!isTaken(wish)) return wish
  for (let number = 2; ; number++) if (!isTaken(`${wish}-${number}`)) return `${wish}-${number}`
}

/** The components that the files become, added to a project that has these. */
export async function componentsOfFiles(content: Project): Promise<AnswerOf<'planFiles'>> {
  const { files, relations, uses } = useDataFiles.getState()
  const metadata = Object.values(content.components).find(({ kind }) => kind === 'metadata')
  return ask(
    'planFiles',
    {
      files: files
        .filter(({ report }) => report !== null)
        .map(({ id, pipe, url, key, converted, keepEmpty }) => ({
          id,
          pipe,
          url,
          key,
          converted: [...converted],
          keepEmpty,
        })),
      relations: relations.flatMap(({ one, many, form, ...more }) => {
        const how = uses.get(relationId({ one, many, form, ...more }))
        return how === 'merge' || how === 'join' ? [{ how, one, many, form }] : []
      }),
      namespaced: metadata !== undefined && componentValue(metadata).namespaced_identifiers === true,
      taken: Object.values(content.components).map(({ id }) => id),
    },
    { early: true },
  )
}
