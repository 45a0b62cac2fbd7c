/** `backup`: copies the data of a configuration, also while its server runs. */
import { backUpJournal, pruneBackups } from '../server/backups.ts'
import { exportBackup, PORTABLE } from '../storage/portable-backup.ts'
import { command } from './define.ts'
import { storedConfiguration, storedOptions } from './stored-configuration.ts'
import { UsageError } from './usage-error.ts'

export const backupCommand = command({
  name: 'backup',
  says: 'Makes a backup of the data of a configuration, also while its server runs, and removes old ones.',
  options: {
    ...storedOptions,
    out: {
      value: 'FILE.pwbackup',
      says: 'Writes the data to a file that the app and `restore` accept, instead of making a backup.',
    },
  },
  run: async (given, io) => {
    const { name, data, backups } = storedConfiguration(given)
    const file = given.one('out')
    if (file !== undefined) {
      if (!file.endsWith(PORTABLE)) throw new UsageError(`--out needs a file that ends in ${PORTABLE}.`)
      io.say(`Wrote ${await exportBackup(data, file)} datasets of ${name} to ${file}.`)
      return 0
    }
    const backup = await backUpJournal(data, backups, Date.now())
    const removed = await pruneBackups(backups)
    io.out(`${backup.id}\n`)
    if (removed.length > 0) io.say(`Removed old backups: ${removed.join(', ')}.`)
    return 0
  },
})
