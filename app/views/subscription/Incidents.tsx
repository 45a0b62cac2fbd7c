import { Plus, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { Agreement } from '../../../engine-worker/index.ts'
import { Button } from '../../ui/Button.tsx'
import { FormField, Input } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'

interface IncidentsProps {
  readonly incidents: Agreement['incidents']
  readonly onChange: (incidents: Agreement['incidents']) => void
}

/** Downtime and answers that came late, which make points and so a reduction. */
export function Incidents({ incidents, onChange }: IncidentsProps) {
  const w = useSubscriptionWords()
  const [draft, setDraft] = useState({ day: '', minutes: 0, points: 0 })
  const addIncident = (event: FormEvent) => {
    event.preventDefault()
    if (draft.day === '') return
    onChange([...incidents, draft].toSorted((a, b) => (a.day < b.day ? 1 : -1)))
    setDraft({ day: '', minutes: 0, points: 0 })
  }
  const figureField = (member: 'minutes' | 'points', label: string) => (
    <FormField label={label}>
      {(ids) => (
        <Input
          {...ids}
          type="number"
          min={0}
          value={draft[member]}
          onChange={({ target }) => setDraft({ ...draft, [member]: Math.max(0, target.valueAsNumber || 0) })}
        />
      )}
    </FormField>
  )
  return (
    <SectionCard title={w.agreement.incidents}>
      <p className="py-1 text-ink-soft">{w.agreement.incidentsSays}</p>
      {incidents.length === 0 ? (
        <p className="py-1 text-ink-faint">{w.agreement.noIncident}</p>
      ) : (
        <table className="w-full tabular-nums">
          <thead>
            <tr className="text-left text-ink-soft">
              <th className="h-7 font-normal">{w.agreement.day}</th>
              <th className="text-right font-normal">{w.agreement.minutes}</th>
              <th className="text-right font-normal">{w.agreement.otherPoints}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {incidents.map((incident, at) => (
              <tr key={`${incident.day} ${at}`} className="border-t border-line">
                <th scope="row" className="h-8 text-left font-normal">
                  {incident.day}
                </th>
                <td className="text-right">{incident.minutes}</td>
                <td className="text-right">{incident.points}</td>
                <td className="w-10 text-right">
                  <IconButton
                    label={w.agreement.remove(incident.day)}
                    onClick={() => onChange(incidents.filter((each) => each !== incident))}
                  >
                    <Trash2 size={14} aria-hidden />
                  </IconButton>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <form onSubmit={addIncident} className="grid items-end gap-3 py-2 sm:grid-cols-4">
        <FormField label={w.agreement.day}>
          {(ids) => (
            <Input
              {...ids}
              type="date"
              value={draft.day}
              onChange={({ target }) => setDraft({ ...draft, day: target.value })}
            />
          )}
        </FormField>
        {figureField('minutes', w.agreement.minutes)}
        {figureField('points', w.agreement.otherPoints)}
        <Button type="submit" icon={<Plus size={14} aria-hidden />} disabled={draft.day === ''}>
          {w.agreement.add}
        </Button>
      </form>
    </SectionCard>
  )
}
