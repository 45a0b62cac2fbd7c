/** The configuration in the store of a server that a command works with. */
import { backupFolder, configurationFolder } from '../server/backups.ts'
import type { Arguments } from './arguments.ts'

/** The options that name it. */
export const storedOptions = {
  store: { value: 'DIR', times: 'needed', says: 'The store of the server.' },
  configuration: { value: 'NAME', says: 'The configuration; "default" if this is not given.' },
} as const

/** Its name, where its data is, and where its backups are. */
export function storedConfiguration(given: Arguments): {
  readonly name: string
  readonly data: string
  readonly backups: string
} {
  const store = given.one('store') ?? ''
  const name = given.one('configuration') ?? 'default'
  return { name, data: configurationFolder(store, name), backups: backupFolder(store, name) }
}
