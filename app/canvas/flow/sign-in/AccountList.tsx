import { useState } from 'react'
import type { SignedInAccount, SystemAccounts } from '../../../../engine-worker/index.ts'
import { failureText } from '../../../store/failure.ts'
import { chooseAccount, signOut } from '../../../store/sign-in/accounts.ts'
import { Button } from '../../../ui/Button.tsx'
import { accountState } from './account-state.ts'
import { useSignInWords } from './sign-in-words.ts'

interface AccountListProps {
  readonly system: string
  readonly accounts: SystemAccounts
  readonly now: number
  /** Says what was done. */
  readonly onSaid: (words: string) => void
}

/** The accounts of a system, of which one is used: until when, and the way out. */
export function AccountList({ system, accounts: { accounts, used }, now, onSaid }: AccountListProps) {
  const w = useSignInWords().signIn
  const [leaving, setLeaving] = useState<string | null>(null)
  const signOutOf = async (account: SignedInAccount) => {
    setLeaving(account.name)
    try {
      const isRevoked = await signOut(system, account)
      onSaid(isRevoked ? w.signedOut(account.name) : w.notRevoked(account.name))
    } catch (error) {
      onSaid(`${w.notRevoked(account.name)} ${failureText(error)}`)
    } finally {
      setLeaving(null)
    }
  }
  return (
    <ul aria-label={w.accounts} className="flex flex-col gap-1.5">
      {accounts.map((account) => (
        <li key={account.name} className="flex items-center gap-2 rounded-md border border-line bg-surface px-2 py-1.5">
          <label className="flex min-w-0 flex-1 items-center gap-2">
            <input
              type="radio"
              className="accent-accent"
              name={`account of ${system}`}
              checked={account.name === used}
              onChange={() => void chooseAccount(system, account.name)}
            />
            <span className="min-w-0">
              <span className="block truncate font-semibold" title={account.name}>
                {account.name}
              </span>
              <Expiry tokens={account.tokens} now={now} />
            </span>
          </label>
          <Button small look="quiet" disabled={leaving === account.name} onClick={() => void signOutOf(account)}>
            {w.signOut}
          </Button>
        </li>
      ))}
    </ul>
  )
}

function Expiry({ tokens, now }: { readonly tokens: SignedInAccount['tokens']; readonly now: number }) {
  const words = useSignInWords()
  const w = words.signIn
  const time = new Date(tokens.expiresAt).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' })
  const state = accountState(tokens, now)
  const says =
    state === 'ended'
      ? w.ended
      : state === 'over'
        ? w.wasUntil(time)
        : tokens.refreshToken === undefined
          ? w.until(time)
          : w.renews(time)
  return <span className={state === 'good' ? 'block text-tiny text-ink-soft' : 'block text-tiny text-bad'}>{says}</span>
}
