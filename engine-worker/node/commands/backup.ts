/** `backup`: copies the data of a configuration, also while its server runs. */
import { join } from 'node:path'
import { backupFolder, makeBackup, pruneBackups } from '../server/backups.ts'
import { command } from './define.ts'

export const backupCommand = command({
  name: 'backup',
  says: 'Makes a backup of the data of a configuration, also while its server runs, and removes old ones.',
  options: {
    store: { value: 'DIR', times: 'needed', says: 'The store of the server.' },
    configuration: { value: 'NAME', says: 'The configuration, "default" where none is given.' },
  },
  run: async (given, io) => {
    const store = given.one('store') ?? ''
    const name = given.one('configuration') ?? 'default'
    const folder = backupFolder(store, name)
    const made = await makeBackup(join(store, 'configurations', encodeURIComponent(name)), folder, Date.now())
    const removed = await pruneBackups(folder)
    io.out(`${made.id}\n`)
    if (removed.length > 0) io.say(`Removed old backups: ${removed.join(', ')}.`)
    return 0
  },
})
