/** Backups by schedule: one a day for each configuration, old ones removed. A clock that steps makes none too many. */
import { isBackupDue } from '../../storage/copy/backups.ts'
import { backUpJournal, listBackups, pruneBackups } from './backups.ts'
import type { Instance } from './instance.ts'

const HOUR = 3_600_000

/** Looks every hour whether a backup is due; what is given ends it. */
export function scheduleBackups(instances: Iterable<Instance>, say: (words: string) => void): () => Promise<void> {
  const all = [...instances]
  let working: Promise<void> = Promise.resolve()
  const backUpIfDue = () => {
    working = working.then(async () => {
      for (const instance of all) await backUp(instance, say)
    })
  }
  const timer = setInterval(backUpIfDue, HOUR)
  timer.unref()
  backUpIfDue()
  return async () => {
    clearInterval(timer)
    await working
  }
}

/** Makes a backup where the last one is a day old, and there is something to keep. */
async function backUp(instance: Instance, say: (words: string) => void): Promise<void> {
  const { folder, backups, name } = instance.options
  try {
    const before = await listBackups(backups)
    if (!isBackupDue(before, instance.now()) || instance.configuration.items.length === 0) return
    await backUpJournal(folder, backups, instance.now())
    await pruneBackups(backups)
    instance.backupHealth = 'healthy'
  } catch (error) {
    instance.backupHealth = 'unhealthy'
    say(`${name}: no backup was made: ${error instanceof Error ? error.message : error}`)
  }
}
