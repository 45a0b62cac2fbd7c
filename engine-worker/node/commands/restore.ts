/** `restore ID`: puts a backup that `POST /api/backups` or the app has made in the place of a configuration's data. */
import { backUpJournal, listBackups, restoreJournal } from '../server/backups.ts'
import { importBackup, PORTABLE } from '../storage/portable-backup.ts'
import { command } from './define.ts'
import { machine } from './machine.ts'
import { storedConfiguration, storedOptions } from './stored-configuration.ts'
import { UsageError } from './usage-error.ts'

export const restoreCommand = command({
  name: 'restore',
  says: 'Replaces the data of a configuration by a backup or by a .pwbackup file of the app. The server must not be running.',
  argument: 'ID|FILE',
  options: storedOptions,
  run: async (given, io) => {
    const { name, data, backups } = storedConfiguration(given)
    if (given.argument.endsWith(PORTABLE)) {
      // What is there now stays as a backup: the way back.
      const before = await backUpJournal(data, backups, Date.now()).catch(() => null)
      const datasets = await importBackup(given.argument, data)
      io.say(`Restored ${datasets} datasets of ${name}.`)
      if (before) io.say(`What was there before is kept as the backup ${before.id}.`)
      return 0
    }
    const there = (await listBackups(backups)).map(({ id }) => id)
    if (!there.includes(given.argument))
      throw new UsageError(`There is no backup ${given.argument} of ${name}; there are: ${there.join(', ') || 'none'}.`)
    const { datasets } = await restoreJournal(backups, given.argument, data, machine)
    io.say(`Restored ${datasets} datasets of ${name}.`)
    return 0
  },
})
