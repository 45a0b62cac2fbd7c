/** The database of projects, opened when it is first used: Dexie is fetched after the first screen is shown. */
import { withDiskErrors } from './failure.ts'
import type { ProjectDatabase } from './schema.ts'

/** Runs work on the opened database; what the work throws becomes a DiskError. */
export type UseDatabase = <T>(work: (database: ProjectDatabase) => PromiseLike<T>) => Promise<T>

/** Opens the database of a name with the first work; code that could not be fetched is fetched again by the next. */
export function lazyDatabase(name: string): UseDatabase {
  let opened: Promise<ProjectDatabase> | null = null
  const openDatabase = () => {
    opened ??= import('./schema.ts').then(
      (module) => new module.ProjectDatabase(name),
      (failure: unknown) => {
        opened = null
        throw failure
      },
    )
    return opened
  }
  return (work) => withDiskErrors(async () => work(await openDatabase()))
}
