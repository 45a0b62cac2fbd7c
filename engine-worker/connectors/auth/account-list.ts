/** Accounts of systems as they are listed, and how one is taken back: the same on the command line and on a server. */
import { Fault, type Problem } from '../../problem.ts'
import type { SignedInAccount, SystemAccounts } from './accounts.ts'
import { revokeTokens, type SignInContext } from './sign-in.ts'

/** An account without its tokens. */
export interface AccountRow {
  readonly system: string
  readonly account: string
  readonly used: boolean
  /** When its access token expires (ISO 8601). */
  readonly expires: string
  /** Whether it gets another one by itself. */
  readonly renews: boolean
  /** The service has said that the access was taken back. */
  readonly ended: boolean
}

/** The accounts of a system. */
export function accountRows(system: string, { accounts, used }: SystemAccounts): AccountRow[] {
  return accounts.map(({ name, tokens: { expiresAt, refreshToken, ended } }) => ({
    system,
    account: name,
    used: name === used,
    expires: new Date(expiresAt).toISOString(),
    renews: refreshToken !== undefined && ended !== true,
    ended: ended === true,
  }))
}

/** Asks the service to take the access back (RFC 7009): whether it was asked, and why it did not do so. */
export async function takeBack(
  { settings, tokens }: SignedInAccount,
  context: Pick<SignInContext, 'fetch'>,
): Promise<{ readonly revoked: boolean; readonly problem: Problem | null }> {
  try {
    return { revoked: await revokeTokens(settings, tokens, context), problem: null }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { revoked: false, problem: error.problem }
  }
}
