/** `backup`: copies the data of a configuration, also while its server runs. */
import { backUpJournal, pruneBackups } from '../server/backups.ts'
import { command } from './define.ts'
import { storedConfiguration, storedOptions } from './stored-configuration.ts'

export const backupCommand = command({
  name: 'backup',
  says: 'Makes a backup of the data of a configuration, also while its server runs, and removes old ones.',
  options: storedOptions,
  run: async (given, io) => {
    const { data, backups } = storedConfiguration(given)
    const made = await backUpJournal(data, backups, Date.now())
    const removed = await pruneBackups(backups)
    io.out(`${made.id}\n`)
    if (removed.length > 0) io.say(`Removed old backups: ${removed.join(', ')}.`)
    return 0
  },
})
