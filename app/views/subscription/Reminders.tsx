import { CalendarDays } from 'lucide-react'
import type { AnswerOf } from '../../../engine-worker/index.ts'
import { saveFile } from '../../store/save-file.ts'
import { Button } from '../../ui/Button.tsx'
import { calendarFile } from './calendar-file.ts'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'

const millisecondsPerDay = 86_400_000

/** The days not to miss, the earliest first; as a calendar file, which reminds where the app is not open. */
export function Reminders({ answer: { today, reminders } }: { readonly answer: AnswerOf<'reminders'> }) {
  const w = useSubscriptionWords()
  const saveCalendar = () => {
    const days = reminders.map(({ kind, number, environment, day, from }) => ({
      id: `${environment}-${kind}-${number}-${kind === 'invoice' ? '' : day}`,
      day,
      title: `Sesam ${environment}: ${w.agreement.reminder[kind](number)}`,
      daysBefore: Math.round((Date.parse(day) - Date.parse(from)) / millisecondsPerDay),
    }))
    saveFile(calendarFile(days, new Date()), 'sesam-subscription.ics', 'text/calendar')
  }
  return (
    <SectionCard
      title={w.agreement.reminders}
      aside={
        reminders.length > 0 && (
          <Button small icon={<CalendarDays size={14} aria-hidden />} onClick={saveCalendar}>
            {w.agreement.calendar}
          </Button>
        )
      }
    >
      <p className="py-1 text-tiny text-ink-faint">{w.agreement.remindersSays}</p>
      {reminders.length === 0 && <p className="py-1 text-ink-soft">{w.agreement.noReminder}</p>}
      <ul>
        {reminders.map(({ kind, number, day, from }) => (
          <li key={`${kind} ${number}`} className="flex items-baseline gap-3 border-t border-line py-1 first:border-0">
            <time dateTime={day} className="tabular-nums">
              {day}
            </time>
            <span className="min-w-0 flex-1">{w.agreement.reminder[kind](number)}</span>
            {day < today ? (
              <strong className="text-bad">{w.agreement.overdue}</strong>
            ) : (
              from <= today && <strong className="text-warn">{w.agreement.soon}</strong>
            )}
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}
