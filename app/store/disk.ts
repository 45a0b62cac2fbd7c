/**
 * Projects on disk (IndexedDB). After each edit the records that are not the same as before are written, in one
 * transaction. Every record carries a revision: a tab that would overwrite what another tab wrote is told instead.
 */
// dexie: IndexedDB with transactions as promises, versions with upgrades, and the browsers' bugs worked around.
import { Dexie, type EntityTable, type Table } from 'dexie'
import type { Component, FileContent, Frame, Project } from '../../engine-worker/index.ts'
import type { Pins } from '../../engine-worker/protocol.ts'
import type { Document } from './project.ts'

/** A project as the list of projects shows it. */
export interface ProjectRow {
  readonly id: string
  readonly name: string
  readonly profile: string
  readonly root: string
  /** Milliseconds since 1970. */
  readonly created: number
  readonly changed: number
  readonly pipes: number
  readonly systems: number
  /** The sample it began as, or how it came in. */
  readonly origin: string
  readonly revision: number
}

/** One component, file or frame of a project. */
interface RecordRow {
  readonly project: string
  /** `component:`, `file:` or `frame:` and the key in the project. */
  readonly key: string
  readonly value: Component | FileContent | Frame
  readonly revision: number
  /** Place among its kind: the order of files is part of the project. */
  readonly order: number
}

interface BaselineRow {
  readonly project: string
  readonly content: Project
  /** When it came in or was exported, in milliseconds since 1970; unknown of the oldest. */
  readonly at?: number
}

/** A state of a project that was kept, by hand under a name or by itself when work on it began. */
export interface VersionRow {
  readonly project: string
  readonly id: string
  readonly name: string
  readonly automatic: boolean
  /** Milliseconds since 1970. */
  readonly made: number
  readonly pipes: number
}

interface SnapshotRow {
  readonly project: string
  readonly id: string
  readonly content: Project
}

interface PinsRow {
  readonly project: string
  readonly pipe: string
  readonly pins: Pins
}

/** What a run left for the Runs view. */
export interface RunRow {
  readonly project: string
  readonly run: string
  readonly started: number
  readonly result: import('../../engine-worker/protocol.ts').RunResult
}

class Database extends Dexie {
  declare readonly projects: EntityTable<ProjectRow, 'id'>
  declare readonly records: Table<RecordRow, [string, string]>
  declare readonly baselines: EntityTable<BaselineRow, 'project'>
  declare readonly runs: Table<RunRow, [string, string]>
  declare readonly versions: Table<VersionRow, [string, string]>
  declare readonly snapshots: Table<SnapshotRow, [string, string]>
  declare readonly pins: Table<PinsRow, [string, string]>

  constructor(name: string) {
    super(name)
    for (const { version, stores, upgrade } of migrations) {
      const step = this.version(version).stores(stores)
      if (upgrade) step.upgrade(upgrade)
    }
  }
}

interface Migration {
  readonly version: number
  readonly stores: Readonly<Record<string, string>>
  readonly upgrade?: (transaction: import('dexie').Transaction) => Promise<void>
}

/** Numbered steps from the first database to today's; a step is never changed once it was released. */
export const migrations: readonly Migration[] = [
  { version: 1, stores: { projects: 'id, changed', records: '[project+key], project', baselines: 'project' } },
  { version: 2, stores: { runs: '[project+run], project, started' } },
  {
    version: 3,
    stores: {
      versions: '[project+id], project',
      snapshots: '[project+id], project',
      pins: '[project+pipe], project',
    },
  },
]

/** Why something could not be saved. */
export type SaveFailure = 'conflict' | 'quota' | 'unavailable'

/** A failed save with its reason. */
export class DiskError extends Error {
  constructor(
    readonly reason: SaveFailure,
    cause: unknown,
  ) {
    super(`disk: ${reason}`, { cause })
    this.name = 'DiskError'
  }
}

/** The projects of this browser. */
export interface Disk {
  list(): Promise<readonly ProjectRow[]>
  create(document: Document, origin: string, baseline?: Project): Promise<string>
  load(id: string): Promise<Loaded | null>
  /** Writes what differs between what this tab knows to be on disk and the document; both share unchanged records. */
  save(id: string, before: Document, after: Document): Promise<void>
  setBaseline(id: string, content: Project): Promise<void>
  remove(id: string): Promise<void>
  addRun(row: RunRow): Promise<void>
  runs(project: string): Promise<readonly RunRow[]>
  /** Keeps a state of a project; of those kept by themselves the oldest make room. */
  addVersion(version: Omit<VersionRow, 'id' | 'pipes'>, content: Project): Promise<void>
  /** Newest first, without what they hold. */
  versions(project: string): Promise<readonly VersionRow[]>
  version(project: string, id: string): Promise<Project | null>
  removeVersion(project: string, id: string): Promise<void>
  /** Entities pinned in previews, by pipe. */
  pins(project: string): Promise<Readonly<Record<string, Pins>>>
  setPins(project: string, pipe: string, pins: Pins): Promise<void>
  close(): void
}

/** A project as it was read. */
export interface Loaded {
  readonly document: Document
  readonly baseline: Project
  /** When it was changed, and when it came in or was exported; milliseconds since 1970. */
  readonly changed: number
  readonly exported: number
}

const mostRuns = 100
const mostAutomatic = 10

/** Opens the database of projects. */
export function openDisk(name = 'pipewright'): Disk {
  const database = new Database(name)
  /** Revisions of the records as this tab last read or wrote them. */
  const known = new Map<string, number>()
  const knownKey = (project: string, key: string) => `${project}\n${key}`

  const create: Disk['create'] = async (document, origin, baseline = document.content) => {
    const id = crypto.randomUUID()
    const now = Date.now()
    const rows = recordsOf(document.content)
    await guarded(() =>
      database.transaction('rw', database.projects, database.records, database.baselines, async () => {
        await database.projects.add({ id, ...head(document), created: now, changed: now, origin, revision: 1 })
        await database.records.bulkAdd(rows.map((row) => ({ ...row, project: id, revision: 1 })))
        await database.baselines.put({ project: id, content: baseline, at: now })
      }),
    )
    return id
  }

  const load: Disk['load'] = async (id) => {
    const [project, rows, baseline] = await guarded(() =>
      database.transaction('r', database.projects, database.records, database.baselines, () =>
        Promise.all([
          database.projects.get(id),
          database.records.where('project').equals(id).toArray(),
          database.baselines.get(id),
        ]),
      ),
    )
    if (!project) return null
    known.set(knownKey(id, ''), project.revision)
    for (const row of rows) known.set(knownKey(id, row.key), row.revision)
    const content = contentOf(project.root, rows)
    const document = { name: project.name, profile: project.profile, content }
    const { changed, created } = project
    return { document, baseline: baseline?.content ?? content, changed, exported: baseline?.at ?? created }
  }

  const save: Disk['save'] = async (id, before, after) => {
    const { put, gone } = differences(before.content, after.content)
    const written = new Map<string, number>()
    const next = (key: string, stored: { readonly revision: number } | undefined): number => {
      const expected = known.get(knownKey(id, key))
      if ((stored?.revision ?? undefined) !== expected) throw new DiskError('conflict', key)
      const revision = (expected ?? 0) + 1
      written.set(key, revision)
      return revision
    }
    await guarded(() =>
      database.transaction('rw', database.projects, database.records, async () => {
        const project = await database.projects.get(id)
        if (!project) throw new DiskError('conflict', id)
        await database.projects.put({ ...project, ...head(after), changed: Date.now(), revision: next('', project) })
        const stored = await database.records.bulkGet(put.map((row): [string, string] => [id, row.key]))
        await database.records.bulkPut(
          put.map((row, index) => ({ ...row, project: id, revision: next(row.key, stored[index]) })),
        )
        await database.records.bulkDelete(gone.map((key): [string, string] => [id, key]))
      }),
    )
    for (const [key, revision] of written) known.set(knownKey(id, key), revision)
    for (const key of gone) known.delete(knownKey(id, key))
  }

  return {
    list: () => guarded(() => database.projects.orderBy('changed').reverse().toArray()),
    create,
    load,
    save,
    setBaseline: async (project, content) => {
      await guarded(() => database.baselines.put({ project, content, at: Date.now() }))
    },
    remove: (id) =>
      guarded(() =>
        database.transaction('rw', database.tables, async () => {
          await database.projects.delete(id)
          await database.baselines.delete(id)
          const { records, runs, versions, snapshots, pins } = database
          for (const table of [records, runs, versions, snapshots, pins]) {
            await table.where('project').equals(id).delete()
          }
        }),
      ),
    addRun: (row) =>
      guarded(() =>
        database.transaction('rw', database.runs, async () => {
          await database.runs.put(row)
          const all = await database.runs.where('project').equals(row.project).sortBy('started')
          const old = all.slice(0, Math.max(0, all.length - mostRuns))
          await database.runs.bulkDelete(old.map((each): [string, string] => [each.project, each.run]))
        }),
      ),
    runs: (project) =>
      guarded(async () => (await database.runs.where('project').equals(project).sortBy('started')).reverse()),
    addVersion: (version, content) =>
      guarded(() =>
        database.transaction('rw', database.versions, database.snapshots, async () => {
          const { project } = version
          const id = crypto.randomUUID()
          const pipes = Object.values(content.components).filter(({ kind }) => kind === 'pipe').length
          await database.versions.add({ ...version, id, pipes })
          await database.snapshots.add({ project, id, content })
          const own = await database.versions.where('project').equals(project).sortBy('made')
          const old = own.filter(({ automatic }) => automatic).slice(0, -mostAutomatic)
          const keys = old.map((each): [string, string] => [project, each.id])
          await database.versions.bulkDelete(keys)
          await database.snapshots.bulkDelete(keys)
        }),
      ),
    versions: (project) =>
      guarded(async () => (await database.versions.where('project').equals(project).sortBy('made')).reverse()),
    version: async (project, id) => (await guarded(() => database.snapshots.get([project, id])))?.content ?? null,
    removeVersion: (project, id) =>
      guarded(() =>
        database.transaction('rw', database.versions, database.snapshots, async () => {
          await database.versions.delete([project, id])
          await database.snapshots.delete([project, id])
        }),
      ),
    pins: async (project) => {
      const rows = await guarded(() => database.pins.where('project').equals(project).toArray())
      return Object.fromEntries(rows.map(({ pipe, pins }) => [pipe, pins]))
    },
    setPins: async (project, pipe, pins) => {
      await guarded(() => database.pins.put({ project, pipe, pins }))
    },
    close: () => database.close(),
  }
}

/** The projects of this browser. */
export const disk = openDisk()

type NewRecord = Omit<RecordRow, 'project' | 'revision'>

function head(document: Document): Pick<ProjectRow, 'name' | 'profile' | 'root' | 'pipes' | 'systems'> {
  const components = Object.values(document.content.components)
  return {
    name: document.name,
    profile: document.profile,
    root: document.content.root,
    pipes: components.filter((component) => component.kind === 'pipe').length,
    systems: components.filter((component) => component.kind === 'system').length,
  }
}

const parts = ['components', 'files', 'frames'] as const
const prefixes = { components: 'component:', files: 'file:', frames: 'frame:' } as const

function recordsOf(content: Project): NewRecord[] {
  return parts.flatMap((part) =>
    Object.entries(content[part]).map(([key, value], order) => ({ key: prefixes[part] + key, value, order })),
  )
}

/** Records by identity: what is the same object is not looked into. */
function differences(before: Project, after: Project): { put: NewRecord[]; gone: string[] } {
  if (before === after) return { put: [], gone: [] }
  const old = new Map(recordsOf(before).map((row) => [row.key, row]))
  const put: NewRecord[] = []
  for (const row of recordsOf(after)) {
    const was = old.get(row.key)
    if (was?.value !== row.value || was.order !== row.order) put.push(row)
    old.delete(row.key)
  }
  return { put, gone: [...old.keys()] }
}

function contentOf(root: string, rows: readonly RecordRow[]): Project {
  const sorted = rows.toSorted((a, b) => a.order - b.order)
  const take = <T>(prefix: string): Record<string, T> =>
    Object.fromEntries(
      // What a prefix holds was written by `recordsOf` alone.
      sorted.filter((row) => row.key.startsWith(prefix)).map((row) => [row.key.slice(prefix.length), row.value as T]),
    )
  return {
    root,
    components: take<Component>(prefixes.components),
    files: take<FileContent>(prefixes.files),
    frames: take<Frame>(prefixes.frames),
  }
}

async function guarded<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DiskError) throw error
    throw new DiskError(isQuota(error) ? 'quota' : 'unavailable', error)
  }
}

/** Dexie hides a full disk inside an AbortError. */
function isQuota(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error.name === 'QuotaExceededError') return true
  return 'inner' in error && isQuota(error.inner)
}
