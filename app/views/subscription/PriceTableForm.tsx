import type { Ledger } from '../../../engine-worker/index.ts'
import { Button } from '../../ui/Button.tsx'
import { FigureInput } from './FigureInput.tsx'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'
import type { Costs } from './use-costs.ts'

interface PriceTableFormProps {
  readonly own: Ledger['prices']
  /** With own prices in it. */
  readonly table: Costs['table']
  readonly onChange: (prices: Ledger['prices']) => void
}

/** The price table with its date; single prices can be replaced by those that were agreed. */
export function PriceTableForm({ own, table, onChange }: PriceTableFormProps) {
  const w = useSubscriptionWords()
  const isOwn = Object.keys(own).length > 0
  return (
    <SectionCard
      title={w.subscription.table}
      says={w.subscription.tableSays(table.since, table.currency)}
      aside={
        isOwn && (
          <Button small onClick={() => onChange({})}>
            {w.subscription.published}
          </Button>
        )
      }
    >
      <table className="w-full">
        <tbody>
          {Object.entries(table.entries).map(([entry, price]) => (
            <tr key={entry}>
              <th scope="row" className="h-8 text-left font-normal text-ink-soft">
                {w.subscription.entry(entry)}
              </th>
              <td className="w-28">
                <FigureInput
                  aria-label={w.subscription.entry(entry)}
                  figure={price}
                  onChange={(figure) => onChange({ ...own, [entry]: figure })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </SectionCard>
  )
}
