/** Where `login` and `logout` keep accounts: a file of this machine, or a server. */
import { type AccountRow, accountRows, takeBack } from '../../connectors/auth/account-list.ts'
import { type SignedInAccount, usedAccount, withAccount, withoutAccount } from '../../connectors/auth/accounts.ts'
import type { SignInSettings } from '../../connectors/auth/sign-in.ts'
import { problemText } from '../problem-text.ts'
import { AccountFile } from './account-file.ts'

/** An account that is no longer there. */
interface RemovedAccount {
  readonly account: string
  /** Whether the service has taken the access back. */
  readonly revoked: boolean
  /** Why it has not. */
  readonly message: string | null
}

export interface AccountPlace {
  /** Where it is, for words: `in FILE, for you alone`. */
  readonly where: string
  readonly rows: () => Promise<readonly AccountRow[]>
  /** How somebody signed in to a system the last time, where that is told; fails where the system takes no account. */
  readonly before: (system: string) => Promise<SignInSettings | null>
  readonly add: (system: string, account: SignedInAccount) => Promise<void>
  /** Uses an account; false where it is not there. */
  readonly use: (system: string, account: string) => Promise<boolean>
  /** Takes an account back and forgets it; the one that is used by default. Null where it is not there. */
  readonly remove: (system: string, account: string | undefined) => Promise<RemovedAccount | null>
}

/** The file of this machine for the project in a folder. */
export async function fileOfAccounts(folder: string): Promise<AccountPlace> {
  const file = await AccountFile.of(folder)
  return {
    where: `in ${file.path}, for you alone`,
    rows: async () => [...(await file.all())].flatMap(([system, accounts]) => accountRows(system, accounts)),
    before: async (system) => usedAccount(await file.of(system))?.settings ?? null,
    add: (system, account) => file.change(system, (before) => withAccount(before, account)),
    use: async (system, account) => {
      if (!(await file.of(system)).accounts.some(({ name }) => name === account)) return false
      await file.change(system, (before) => ({ ...before, used: account }))
      return true
    },
    remove: async (system, named) => {
      const known = await file.of(system)
      const name = named ?? usedAccount(known)?.name
      const account = known.accounts.find((each) => each.name === name)
      if (!account) return null
      const { revoked, problem } = await takeBack(account, { fetch: globalThis.fetch })
      await file.change(system, (before) => withoutAccount(before, account.name))
      return { account: account.name, revoked, message: problem && problemText(problem) }
    },
  }
}
