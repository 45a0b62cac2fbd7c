import { classes } from '../../../ui/classes.ts'
import type { AccountState } from './account-state.ts'
import { useSignInWords } from './sign-in-words.ts'

const stateClasses: Readonly<Record<AccountState | 'locked', string>> = {
  good: 'bg-good-soft text-good',
  soon: 'bg-warn-soft text-warn',
  locked: 'bg-warn-soft text-warn',
  over: 'bg-bad-soft text-bad',
  ended: 'bg-bad-soft text-bad',
}

/** The state of the access in one word; null where no account is signed in. */
export function StateChip({ state }: { readonly state: AccountState | 'locked' | null }) {
  const w = useSignInWords().signIn
  return (
    <span
      className={classes(
        'rounded-full px-2 py-0.5 text-tiny',
        state === null ? 'bg-sunken text-ink-soft' : stateClasses[state],
      )}
    >
      {state === null ? w.none : w.states[state]}
    </span>
  )
}
