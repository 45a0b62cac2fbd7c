/** Runs and kept versions of a project: numbered in the order they were made, because a clock can be wrong. */
import type { Project } from '../../../engine-worker/index.ts'
import type { UseDatabase } from './lazy-database.ts'
import type { ProjectDatabase, RunRow, VersionRow } from './schema.ts'

/** Runs and kept versions on disk. */
export interface HistoryTables {
  /** Keeps what came of a run; the oldest of a project make room. */
  addRun(row: Omit<RunRow, 'number'>): Promise<void>
  /** Newest first. */
  runs(project: string): Promise<readonly RunRow[]>
  /**
   * Keeps a state of a project; of the automatic ones the oldest make room. `revision` is the project's revision that
   * the state holds, where it is on disk.
   */
  addVersion(version: NewVersion, content: Project): Promise<void>
  /** Newest first, without their content. */
  versions(project: string): Promise<readonly VersionRow[]>
  version(project: string, id: string): Promise<Project | null>
  removeVersion(project: string, id: string): Promise<void>
}

/** A version that is to be kept. */
type NewVersion = Omit<VersionRow, 'id' | 'pipes' | 'number'>

const maxRuns = 100
const maxAutomaticVersions = 10

/** Oldest first. Rows of earlier database versions have no number: they are older, and their clock is all there is. */
function sortedByAge<T extends { readonly number?: number }>(rows: readonly T[], time: (row: T) => number): T[] {
  return rows.toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0) || time(a) - time(b))
}

function nextNumber(sorted: readonly { readonly number?: number }[]): number {
  return (sorted.at(-1)?.number ?? 0) + 1
}

/** The part of the database that keeps runs and versions. */
export function historyTables(use: UseDatabase): HistoryTables {
  const runsOf = async (database: ProjectDatabase, project: string) =>
    sortedByAge(await database.runs.where('project').equals(project).toArray(), ({ started }) => started)
  const versionsOf = async (database: ProjectDatabase, project: string) =>
    sortedByAge(await database.versions.where('project').equals(project).toArray(), ({ made }) => made)
  return {
    addRun: (row) =>
      use((database) =>
        database.transaction('rw', database.runs, async () => {
          const others = (await runsOf(database, row.project)).filter(({ run }) => run !== row.run)
          await database.runs.put({ ...row, number: nextNumber(others) })
          const old = others.slice(0, Math.max(0, others.length + 1 - maxRuns))
          await database.runs.bulkDelete(old.map((each): [string, string] => [each.project, each.run]))
        }),
      ),
    runs: (project) => use(async (database) => (await runsOf(database, project)).reverse()),
    addVersion: (version, content) =>
      use((database) =>
        database.transaction('rw', database.versions, database.snapshots, async () => {
          const { project } = version
          const others = await versionsOf(database, project)
          const id = crypto.randomUUID()
          const pipes = Object.values(content.components).filter(({ kind }) => kind === 'pipe').length
          const row: VersionRow = { ...version, id, pipes, number: nextNumber(others) }
          await database.versions.add(row)
          await database.snapshots.add({ project, id, content })
          const old = [...others, row].filter(({ automatic }) => automatic).slice(0, -maxAutomaticVersions)
          const keys = old.map((each): [string, string] => [project, each.id])
          await database.versions.bulkDelete(keys)
          await database.snapshots.bulkDelete(keys)
        }),
      ),
    versions: (project) => use(async (database) => (await versionsOf(database, project)).reverse()),
    version: async (project, id) => (await use((database) => database.snapshots.get([project, id])))?.content ?? null,
    removeVersion: (project, id) =>
      use((database) =>
        database.transaction('rw', database.versions, database.snapshots, async () => {
          await database.versions.delete([project, id])
          await database.snapshots.delete([project, id])
        }),
      ),
  }
}
