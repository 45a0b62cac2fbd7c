import type { Ledger } from '../../../engine-worker/index.ts'
import { FormField } from '../../ui/Field.tsx'
import { FigureInput } from './FigureInput.tsx'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'

type Hosting = Ledger['hosting']

const partNames = ['machine', 'storage', 'coreHour', 'cores', 'hours'] as const satisfies readonly (keyof Hosting)[]

interface HostingFormProps {
  readonly hosting: Hosting
  readonly currency: string
  readonly onChange: (hosting: Hosting) => void
}

/** What own machines cost: a server, and a Spark cluster. */
export function HostingForm({ hosting, currency, onChange }: HostingFormProps) {
  const w = useSubscriptionWords()
  return (
    <SectionCard title={w.subscription.hosting} says={currency}>
      <div className="grid gap-3 py-2 sm:grid-cols-2">
        {partNames.map((part) => (
          <FormField key={part} label={w.subscription.hostingParts[part]}>
            {(ids) => (
              <FigureInput
                {...ids}
                figure={hosting[part]}
                onChange={(figure) => onChange({ ...hosting, [part]: figure })}
              />
            )}
          </FormField>
        ))}
      </div>
      <p className="py-1 text-tiny text-ink-faint">{w.subscription.hostingSays}</p>
    </SectionCard>
  )
}
