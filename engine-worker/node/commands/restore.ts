/** `restore ID`: puts a backup that `POST /api/backups` has made in the place of a configuration's data. */
import { join } from 'node:path'
import { backupFolder, listBackups, restoreBackup } from '../server/backups.ts'
import { command } from './define.ts'
import { machine } from './machine.ts'
import { UsageError } from './usage-error.ts'

export const restoreCommand = command({
  name: 'restore',
  says: 'Puts a backup in the place of the data of a configuration whose server does not run.',
  argument: 'ID',
  options: {
    store: { value: 'DIR', times: 'needed', says: 'The store of the server.' },
    configuration: { value: 'NAME', says: 'The configuration, "default" where none is given.' },
  },
  run: async (given, io) => {
    const store = given.one('store') ?? ''
    const name = given.one('configuration') ?? 'default'
    const folder = backupFolder(store, name)
    const there = (await listBackups(folder)).map(({ id }) => id)
    if (!there.includes(given.argument))
      throw new UsageError(`There is no backup ${given.argument} of ${name}; there are: ${there.join(', ') || 'none'}.`)
    const target = join(store, 'configurations', encodeURIComponent(name))
    const { datasets } = await restoreBackup(folder, given.argument, target, machine)
    io.say(`Restored ${datasets} datasets of ${name}.`)
    return 0
  },
})
