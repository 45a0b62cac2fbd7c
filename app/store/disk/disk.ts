/**
 * Projects on disk (IndexedDB). After each edit the records that are not the same as before are written, in one
 * transaction. Every record carries a revision: a tab that would overwrite what another tab wrote is told instead.
 */
import type { Pins, Project } from '../../../engine-worker/index.ts'
import type { Document } from '../project/project.ts'
import { DiskError } from './failure.ts'
import { type HistoryTables, historyTables } from './history.ts'
import { lazyDatabase } from './lazy-database.ts'
import { contentOf, headOf, recordDifferences, recordsOf } from './records.ts'
import type { PermissionRow, PlaceRow, ProjectRow, SealedText } from './schema.ts'

/** The projects of this browser. */
export interface Disk extends HistoryTables {
  list(): Promise<readonly ProjectRow[]>
  create(document: Document, origin: string, baseline?: Project): Promise<string>
  load(id: string): Promise<LoadedProject | null>
  /** From now on this tab knows what it loaded: it may write over that, and over nothing newer. */
  adopt(id: string, loaded: LoadedProject): void
  /** Writes what differs between what this tab knows to be on disk and the document; both share unchanged records. */
  save(id: string, before: Document, after: Document): Promise<void>
  /** Whether disk holds what this tab last read or wrote of a project. */
  compare(id: string): Promise<'same' | 'changed' | 'deleted'>
  /** The revision of a project as this tab last read or wrote it. */
  revision(id: string): number | undefined
  setBaseline(id: string, content: Project): Promise<void>
  remove(id: string): Promise<void>
  /** Entities pinned in previews, by pipe. */
  pins(project: string): Promise<Readonly<Record<string, Pins>>>
  setPins(project: string, pipe: string, pins: Pins): Promise<void>
  /** Which servers the project may ask; none were decided about when there is no row. */
  permissions(project: string): Promise<PermissionRow['hosts']>
  setPermissions(project: string, hosts: PermissionRow['hosts']): Promise<void>
  /** The encrypted accounts of a project, or null. */
  accounts(project: string): Promise<SealedText | null>
  setAccounts(project: string, sealed: SealedText | null): Promise<void>
  /** The server that a project is on; null where it is here. */
  place(project: string): Promise<PlaceRow | null>
  setPlace(project: string, place: Omit<PlaceRow, 'project'> | null): Promise<void>
  /** The servers of the projects that are on one, by project. */
  places(): Promise<Readonly<Record<string, string>>>
  close(): void
}

/** A project as it was read. */
export interface LoadedProject {
  readonly document: Document
  readonly baseline: Project
  readonly origin: string
  /** The revision of the project, and of its state when it was imported or last exported (null where that is not known). */
  readonly revision: number
  readonly exportedRevision: number | null
  readonly recordRevisions: ReadonlyMap<string, number>
  /** When it was changed, and when it came in or was exported; milliseconds since 1970. */
  readonly changed: number
  readonly exported: number
}

/** Opens the database of projects. */
export function openDisk(name = 'pipewright'): Disk {
  const use = lazyDatabase(name)
  /** Revisions of the records as this tab last read or wrote them. */
  const known = new Map<string, number>()
  const knownKey = (project: string, key: string) => `${project}\n${key}`

  const create: Disk['create'] = async (document, origin, baseline = document.content) => {
    const id = crypto.randomUUID()
    const now = Date.now()
    const rows = recordsOf(document.content)
    await use((database) =>
      database.transaction('rw', database.projects, database.records, database.baselines, async () => {
        await database.projects.add({ id, ...headOf(document), created: now, changed: now, origin, revision: 1 })
        await database.records.bulkAdd(rows.map((row) => ({ ...row, project: id, revision: 1 })))
        await database.baselines.put({ project: id, content: baseline, at: now, revision: 1 })
      }),
    )
    return id
  }

  const load: Disk['load'] = async (id) => {
    const [project, rows, baseline] = await use((database) =>
      database.transaction('r', database.projects, database.records, database.baselines, () =>
        Promise.all([
          database.projects.get(id),
          database.records.where('project').equals(id).toArray(),
          database.baselines.get(id),
        ]),
      ),
    )
    if (!project) return null
    const content = contentOf(project.root, rows)
    const { name, profile, origin, revision, changed, created } = project
    return {
      document: { name, profile, content },
      baseline: baseline?.content ?? content,
      origin,
      revision,
      recordRevisions: new Map(rows.map((row) => [row.key, row.revision])),
      exportedRevision: baseline?.revision ?? null,
      changed,
      exported: baseline?.at ?? created,
    }
  }

  const adopt: Disk['adopt'] = (id, { revision, recordRevisions }) => {
    for (const key of [...known.keys()]) if (key.startsWith(knownKey(id, ''))) known.delete(key)
    known.set(knownKey(id, ''), revision)
    for (const [key, own] of recordRevisions) known.set(knownKey(id, key), own)
  }

  const save: Disk['save'] = async (id, before, after) => {
    const { put, gone } = recordDifferences(before.content, after.content)
    const written = new Map<string, number>()
    const nextRevision = (key: string, stored: { readonly revision: number } | undefined): number => {
      const expected = known.get(knownKey(id, key))
      if ((stored?.revision ?? undefined) !== expected) throw new DiskError('conflict', key)
      const revision = (expected ?? 0) + 1
      written.set(key, revision)
      return revision
    }
    await use((database) =>
      database.transaction('rw', database.projects, database.records, async () => {
        const project = await database.projects.get(id)
        if (!project) throw new DiskError('deleted', id)
        await database.projects.put({
          ...project,
          ...headOf(after),
          changed: Date.now(),
          revision: nextRevision('', project),
        })
        const stored = await database.records.bulkGet(put.map((row): [string, string] => [id, row.key]))
        await database.records.bulkPut(
          put.map((row, index) => ({ ...row, project: id, revision: nextRevision(row.key, stored[index]) })),
        )
        await database.records.bulkDelete(gone.map((key): [string, string] => [id, key]))
      }),
    )
    for (const [key, revision] of written) known.set(knownKey(id, key), revision)
    for (const key of gone) known.delete(knownKey(id, key))
  }

  return {
    ...historyTables(use),
    list: () => use((database) => database.projects.orderBy('changed').reverse().toArray()),
    create,
    load,
    adopt,
    save,
    compare: async (id) => {
      const stored = await use((database) => database.projects.get(id))
      if (!stored) return 'deleted'
      return stored.revision === known.get(knownKey(id, '')) ? 'same' : 'changed'
    },
    revision: (id) => known.get(knownKey(id, '')),
    setBaseline: (project, content) =>
      use((database) =>
        database.transaction('rw', database.projects, database.baselines, async () => {
          const row = await database.projects.get(project)
          if (!row) throw new DiskError('deleted', project)
          await database.baselines.put({ project, content, at: Date.now(), revision: row.revision })
        }),
      ),
    remove: (id) =>
      use((database) =>
        database.transaction('rw', database.tables, async () => {
          await database.projects.delete(id)
          await database.baselines.delete(id)
          await database.permissions.delete(id)
          await database.places.delete(id)
          await database.accounts.delete(id)
          const { records, runs, versions, snapshots, pins } = database
          for (const table of [records, runs, versions, snapshots, pins]) {
            await table.where('project').equals(id).delete()
          }
        }),
      ),
    pins: async (project) => {
      const rows = await use((database) => database.pins.where('project').equals(project).toArray())
      return Object.fromEntries(rows.map(({ pipe, pins }) => [pipe, pins]))
    },
    setPins: async (project, pipe, pins) => {
      await use((database) => database.pins.put({ project, pipe, pins }))
    },
    permissions: async (project) => (await use((database) => database.permissions.get(project)))?.hosts ?? {},
    setPermissions: async (project, hosts) => {
      await use((database) => database.permissions.put({ project, hosts }))
    },
    accounts: async (project) => (await use((database) => database.accounts.get(project)))?.sealed ?? null,
    setAccounts: (project, sealed) =>
      use(async ({ accounts }) => {
        if (sealed === null) await accounts.delete(project)
        else await accounts.put({ project, sealed })
      }),
    place: async (project) => (await use((database) => database.places.get(project))) ?? null,
    setPlace: (project, place) =>
      use(async ({ places }) => {
        if (place === null) await places.delete(project)
        else await places.put({ project, ...place })
      }),
    places: async () => {
      const rows = await use((database) => database.places.toArray())
      return Object.fromEntries(rows.map(({ project, address }) => [project, address]))
    },
    close: () => void use(async (database) => database.close()),
  }
}

/** The projects of this browser. */
export const disk = openDisk()
