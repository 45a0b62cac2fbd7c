/** Signing in to the service of a system: its accounts, the form to add one, and where tokens are kept. */
import { useEffect, useState } from 'react'
import { noAccounts, type SystemAccounts } from '../../../../engine-worker/index.ts'
import { useProject } from '../../../store/project/project.ts'
import { useServerPlace } from '../../../store/server/place.ts'
import { openAccounts, useAccounts } from '../../../store/sign-in/accounts.ts'
import { AccountList } from './AccountList.tsx'
import { accountState, useMinutes } from './account-state.ts'
import { KeepAccounts } from './KeepAccounts.tsx'
import { SignInForm } from './SignInForm.tsx'
import { StateChip } from './StateChip.tsx'
import { useSignInWords } from './sign-in-words.ts'

/** The part of the inspector of a system with `oauth2`. */
export function SignIn({ system }: { readonly system: string }) {
  const w = useSignInWords().signIn
  const project = useProject((state) => state.id)
  const isOnServer = useServerPlace((state) => state.address !== null && state.project === project)
  const accounts = useAccounts((state): SystemAccounts => state.systems[system] ?? noAccounts)
  const [open, place] = [useAccounts((state) => state.project), useAccounts((state) => state.place)]
  const [said, setSaid] = useState('')
  const now = useMinutes()
  useEffect(() => {
    if (project !== null) void openAccounts(project)
  }, [project])
  const used = accounts.accounts.find(({ name }) => name === accounts.used)
  const state = used ? accountState(used.tokens, now) : place === 'locked' ? 'locked' : null
  return (
    <section aria-label={w.heading} className="flex flex-col gap-3 rounded-lg border border-line bg-raised p-3">
      <header className="flex items-center justify-between gap-2">
        <h3 className="eyebrow">{w.heading}</h3>
        <StateChip state={state} />
      </header>
      {isOnServer ? (
        <p className="text-ink-soft">{w.onServer}</p>
      ) : (
        open === project && (
          <>
            {accounts.accounts.length === 0 && <p className="text-ink-soft">{w.says}</p>}
            {accounts.accounts.length > 0 && (
              <AccountList system={system} accounts={accounts} now={now} onSaid={setSaid} />
            )}
            <SignInForm key={`${system} ${used?.name ?? ''}`} system={system} used={used ?? null} onSaid={setSaid} />
            <p role="status" className={said === '' ? 'sr-only' : 'text-ink-soft'}>
              {said}
            </p>
            <KeepAccounts />
          </>
        )
      )}
    </section>
  )
}
