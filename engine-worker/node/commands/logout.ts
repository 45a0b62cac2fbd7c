/** `logout DIR SYSTEM`: takes an account back at the service, where it says how, and forgets its tokens. */
import { printable } from '../problem-text.ts'
import { accountPlaceOf, serverOptions } from '../sign-in/server-accounts.ts'
import { command } from './define.ts'
import { UsageError } from './usage-error.ts'

export const logoutCommand = command({
  name: 'logout',
  says: 'Signs out of the service of a system: revokes the access there, and removes its tokens here or on a server.',
  argument: 'DIR',
  further: ['SYSTEM'],
  options: {
    account: { value: 'NAME', says: 'The account to sign out of; by default the one in use.' },
    ...serverOptions,
  },
  run: async (given, io) => {
    const [system = ''] = given.further
    const name = given.one('account')
    const removed = await (await accountPlaceOf(given)).remove(system, name)
    if (!removed) throw new UsageError(`${system} is not signed in${name === undefined ? '' : ` as ${name}`}.`)
    if (removed.message !== null) io.say(removed.message)
    io.say(`${system} is signed out of ${printable(removed.account)}.`)
    if (!removed.revoked) io.say('The access was not revoked at the service: revoke it in your settings there.')
    return 0
  },
})
