import type { Agreement, AnswerOf } from '../../../engine-worker/index.ts'
import { useSubscriptionWords } from './subscription-words.ts'

interface AgreementTimelineProps {
  readonly agreement: Agreement
  readonly answer: AnswerOf<'reminders'>
  /** The last day if notice is given today. */
  readonly lastDay: string
  readonly minimumTerm: string | null
}

/** The days of an agreement in their order, with equal distances; what has passed is drawn through. */
export function AgreementTimeline({ agreement, answer, lastDay, minimumTerm }: AgreementTimelineProps) {
  const w = useSubscriptionWords()
  const { today, reminders } = answer
  const due = reminders.find(({ kind, day }) => kind === 'invoice' && day >= today)
  const days = [
    { day: agreement.start, words: w.agreement.began },
    ...(minimumTerm === null ? [] : [{ day: minimumTerm, words: w.agreement.minimumTerm(minimumTerm < today) }]),
    { day: today, words: w.agreement.today },
    ...(due === undefined ? [] : [{ day: due.day, words: w.agreement.invoiceDue(due.number) }]),
    { day: lastDay, words: w.agreement.lastDay },
  ].toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  return (
    <ol aria-label={w.agreement.timeline} className="flex py-3">
      {days.map(({ day, words }, at) => (
        <li key={`${words} ${day}`} className="relative min-w-0 flex-1 text-center">
          <span
            aria-hidden
            className={`absolute top-1.5 h-0.5 ${at === 0 ? 'left-1/2' : 'left-0'} ${at === days.length - 1 ? 'right-1/2' : 'right-0'} ${day <= today ? 'bg-accent' : 'bg-line-strong'}`}
          />
          <span
            aria-hidden
            className={`relative mx-auto block size-3 rounded-full border-2 border-accent ${day === today ? 'bg-accent' : 'bg-surface'}`}
          />
          <time dateTime={day} className="mt-1 block font-semibold tabular-nums">
            {day}
          </time>
          <span className="block px-1 text-tiny text-ink-soft">{words}</span>
        </li>
      ))}
    </ol>
  )
}
