/** `restore ID`: puts a backup that `POST /api/backups` has made in the place of a configuration's data. */
import { listBackups, restoreJournal } from '../server/backups.ts'
import { command } from './define.ts'
import { machine } from './machine.ts'
import { storedConfiguration, storedOptions } from './stored-configuration.ts'
import { UsageError } from './usage-error.ts'

export const restoreCommand = command({
  name: 'restore',
  says: 'Puts a backup in the place of the data of a configuration whose server does not run.',
  argument: 'ID',
  options: storedOptions,
  run: async (given, io) => {
    const { name, data, backups } = storedConfiguration(given)
    const there = (await listBackups(backups)).map(({ id }) => id)
    if (!there.includes(given.argument))
      throw new UsageError(`There is no backup ${given.argument} of ${name}; there are: ${there.join(', ') || 'none'}.`)
    const { datasets } = await restoreJournal(backups, given.argument, data, machine)
    io.say(`Restored ${datasets} datasets of ${name}.`)
    return 0
  },
})
