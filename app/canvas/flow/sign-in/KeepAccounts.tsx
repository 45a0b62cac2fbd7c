import { useState } from 'react'
import { failureText } from '../../../store/failure.ts'
import { forgetKept, keepAccounts, unlockAccounts, useAccounts } from '../../../store/sign-in/accounts.ts'
import { Button } from '../../../ui/Button.tsx'
import { FormField, Input } from '../../../ui/Field.tsx'
import { useSignInWords } from './sign-in-words.ts'

const minPassphraseLength = 12

/** Where tokens are kept: in this tab, or in this browser with a passphrase. */
export function KeepAccounts() {
  const w = useSignInWords().signIn.keep
  const place = useAccounts((state) => state.place)
  const hasAccounts = useAccounts((state) => Object.values(state.systems).some(({ accounts }) => accounts.length > 0))
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  if (place === 'tab' && !hasAccounts) return null
  const runAttempt = async (work: () => Promise<string | null>) => {
    setBusy(true)
    const failed = await work().catch((error: unknown) => failureText(error))
    setBusy(false)
    setProblem(failed)
    if (failed === null) {
      setFirst('')
      setSecond('')
    }
  }
  const submit = () =>
    runAttempt(async () => {
      if (place === 'locked') return (await unlockAccounts(first)) ? null : w.wrong
      if (first.length < minPassphraseLength) return w.short
      if (first !== second) return w.differs
      await keepAccounts(first)
      return null
    })
  const forgetAccounts = () =>
    runAttempt(async () => {
      await forgetKept()
      return null
    })
  return (
    <form
      aria-label={w.heading}
      className="flex flex-col gap-2 border-t border-line pt-3"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <p className="text-ink-soft">{w[place]}</p>
      {place !== 'open' && (
        <FormField label={w.passphrase} problem={problem}>
          {(ids) => (
            <Input
              {...ids}
              type="password"
              autoComplete={place === 'locked' ? 'current-password' : 'new-password'}
              value={first}
              onChange={({ target: { value } }) => setFirst(value)}
            />
          )}
        </FormField>
      )}
      {place === 'tab' && (
        <FormField label={w.again}>
          {(ids) => (
            <Input
              {...ids}
              type="password"
              autoComplete="new-password"
              value={second}
              onChange={({ target: { value } }) => setSecond(value)}
            />
          )}
        </FormField>
      )}
      <div className="flex flex-wrap gap-2">
        {place !== 'open' && (
          <Button type="submit" disabled={busy || first === ''}>
            {place === 'locked' ? w.unlock : w.keep}
          </Button>
        )}
        {place !== 'tab' && (
          <Button look="quiet" disabled={busy} onClick={() => void forgetAccounts()}>
            {place === 'locked' ? w.forgetLocked : w.forget}
          </Button>
        )}
      </div>
    </form>
  )
}
