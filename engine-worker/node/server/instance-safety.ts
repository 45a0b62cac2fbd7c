/** How the data of a configuration is kept by its server, for pages: its copy, and backups beside the store. */
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault, problem } from '../../problem.ts'
import type { DataSafety } from '../../storage/copy/safety.ts'
import { backUpJournal, listBackups } from './backups.ts'

const restoreByCommand = problem<{ name: string }>({
  code: 'restore-by-command',
  severity: 'error',
  says: ({ name }) =>
    `The data of ${name} can be restored while its server does not run: pipewright restore ID --store STORE.`,
})

/** What is known and asked of an instance. */
interface ServerSafetyOptions {
  readonly name: string
  readonly folder: string
  readonly backups: string
  /** The folder of the second copy; null where there is none. */
  readonly copy: string | null
  readonly isDaily: boolean
  readonly now: () => number
  readonly hasFailed: () => boolean
}

/** The safety of a configuration that is served. Restoring is for the command line, since the store is open here. */
export function serverSafety(options: ServerSafetyOptions): DataSafety {
  const { name, folder, backups, copy, now } = options
  const refuseRestore = async () => {
    throw new Fault(restoreByCommand({ name }))
  }
  return {
    follow: async () => undefined,
    state: async () => {
      const written = copy === null ? null : await stat(join(copy, 'journal')).catch(() => null)
      return {
        place: { kind: 'server', name: copy ?? '', isReady: true, handle: null },
        copy: written && { at: Math.round(written.mtimeMs), bytes: written.size },
        backups: await listBackups(backups),
        isDaily: options.isDaily,
        failure: options.hasFailed() ? name : null,
        canRestore: false,
      }
    },
    configure: refuseRestore,
    backUp: () => backUpJournal(folder, backups, now()),
    backUpIfDue: async () => undefined,
    file: refuseRestore,
    remove: async (id) => {
      const known = (await listBackups(backups)).some((backup) => backup.id === id)
      if (known) await rm(join(backups, id), { force: true })
    },
    restore: refuseRestore,
  }
}
