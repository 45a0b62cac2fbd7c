/** `logout DIR SYSTEM`: takes an account back at the service, where it says how, and forgets its tokens. */
import { usedAccount, withoutAccount } from '../../connectors/auth/accounts.ts'
import { revokeTokens } from '../../connectors/auth/sign-in.ts'
import { Fault } from '../../problem.ts'
import { problemText } from '../problem-text.ts'
import { AccountFile } from '../sign-in/account-file.ts'
import { command } from './define.ts'
import { UsageError } from './usage-error.ts'

export const logoutCommand = command({
  name: 'logout',
  says: 'Signs out of the service of a system: takes the access back there, and forgets its tokens here.',
  argument: 'DIR',
  further: ['SYSTEM'],
  options: { account: { value: 'NAME', says: 'The account; the one that is used by default.' } },
  run: async (given, io) => {
    const [system = ''] = given.further
    const file = await AccountFile.of(given.argument)
    const known = await file.of(system)
    const name = given.one('account') ?? usedAccount(known)?.name
    const account = known.accounts.find((each) => each.name === name)
    if (!account) throw new UsageError(`${system} is not signed in${name === undefined ? '' : ` as ${name}`}.`)
    let isRevoked = false
    try {
      isRevoked = await revokeTokens(account.settings, account.tokens, { fetch: globalThis.fetch })
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      io.say(problemText(error.problem))
    }
    await file.change(system, (before) => withoutAccount(before, account.name))
    io.say(`${system} is signed out of ${account.name}.`)
    if (!isRevoked) io.say('The service was not told: take the access back in your settings there.')
    return 0
  },
})
