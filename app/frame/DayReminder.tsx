import { enAgreement } from '../i18n/en-agreement.ts'
import { nbAgreement } from '../i18n/nb-agreement.ts'
import { href, type Route } from '../route.ts'
import { ask } from '../store/engine/open-project.ts'
import { useEngine } from '../store/engine/state.ts'
import { useQuery } from '../store/use-query.ts'
import { viewWords } from '../store/view-words.ts'
import { classes } from '../ui/classes.ts'
import { FrameSlot } from './FrameSlot.tsx'

const useAgreementWords = viewWords({ en: { agreement: enAgreement }, nb: { agreement: nbAgreement } })

/** The first day of the subscription that is near or past, in the status line of every view; nothing without one. */
export function DayReminder({ project, at }: { readonly project: string; readonly at: Route['at'] }) {
  const { agreement: w } = useAgreementWords()
  const isReady = useEngine((state) => state.state === 'ready')
  // Asked again with each view: what was kept meanwhile counts.
  const key = isReady ? `${project} ${at}` : null
  const { value } = useQuery(
    key,
    // Not cancelled when another view opens: cancelling would end a busy engine.
    async () => {
      const { environments } = await ask('subscription', null)
      return { environments, ...(await ask('reminders', { environments })) }
    },
    { about: project },
  )
  const near = value?.reminders.filter(({ from }) => from <= value.today) ?? []
  const [first, ...others] = near
  if (value === null || first === undefined) return null
  const environment = value.environments.find(({ name }) => name === first.environment)?.id ?? null
  return (
    <FrameSlot at="status">
      <a
        href={href({ at: 'subscription', project, section: 'agreement', environment })}
        className={classes('truncate leading-6 hover:underline', first.day < value.today ? 'text-bad' : 'text-warn')}
      >
        {w.reminderLine(w.reminder[first.kind](first.number), first.day, others.length)}
      </a>
    </FrameSlot>
  )
}
