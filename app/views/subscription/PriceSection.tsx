import type { Ledger, SubscriptionEnvironment } from '../../../engine-worker/index.ts'
import { HostingForm } from './HostingForm.tsx'
import { PlanTable } from './PlanTable.tsx'
import { PriceChoices } from './PriceChoices.tsx'
import { PriceTableForm } from './PriceTableForm.tsx'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'
import { type Costs, priceIn } from './use-costs.ts'
import type { KeepEnvironment } from './use-ledger.ts'

interface PriceSectionProps {
  readonly environment: SubscriptionEnvironment
  readonly keep: KeepEnvironment
  readonly prices: Ledger['prices']
  readonly onPrices: (prices: Ledger['prices']) => void
  readonly hosting: Ledger['hosting']
  readonly onHosting: (hosting: Ledger['hosting']) => void
  readonly costs: Costs
  readonly addedGb: number
  readonly onAddedGb: (gb: number) => void
}

/** The price of the environment line by line, what it would be with other choices, and the price table. */
export function PriceSection({ environment, keep, prices, onPrices, costs, ...more }: PriceSectionProps) {
  const { addedGb, onAddedGb, hosting, onHosting } = more
  const w = useSubscriptionWords()
  const price = priceIn(costs.now)
  return (
    <div className="grid gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        <SectionCard
          title={w.subscription.costs}
          says={costs.oneMore === null ? undefined : w.subscription.oneMore(costs.oneMore)}
        >
          {'problem' in costs.now && (
            <p role="alert" className="my-1 rounded-md bg-bad-soft px-3 py-2 text-bad">
              {w.engine.message(costs.now.problem)}
            </p>
          )}
          {price !== null && <Lines costs={costs} addedGb={addedGb} />}
          <p className="py-2 text-tiny text-ink-faint">{w.subscription.open}</p>
        </SectionCard>
        <PlanTable costs={costs} settings={environment.settings} hosting={hosting} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <PriceChoices
          settings={environment.settings}
          onChange={(settings) => keep({ settings })}
          addedGb={addedGb}
          onAddedGb={onAddedGb}
        />
        <HostingForm hosting={hosting} currency={costs.table.currency} onChange={onHosting} />
        <PriceTableForm own={prices} table={costs.table} onChange={onPrices} />
      </div>
    </div>
  )
}

function Lines({ costs, addedGb }: { readonly costs: Costs; readonly addedGb: number }) {
  const w = useSubscriptionWords()
  const price = priceIn(costs.now)
  if (price === null) return null
  const { datasets } = costs.usage
  const sumOf = (of: (each: (typeof datasets)[number]) => number) => datasets.reduce((all, each) => all + of(each), 0)
  const plain = sumOf(({ bytes }) => bytes)
  const durable = sumOf(({ bytes, durable }) => (durable ? bytes * 2 : 0))
  const searched = costs.usage.amounts.bytes - plain
  const parts = [
    [w.subscription.dataOf(datasets.length), plain],
    [w.subscription.durableOf(datasets.filter((each) => each.durable).length), durable],
    [w.subscription.searchOf, searched],
    [w.subscription.addedOf, addedGb * 1e9],
  ] as const
  return (
    <table className="w-full tabular-nums">
      <tbody>
        {Object.entries(price.items).map(([item, amount]) => (
          <tr key={item} className="border-t border-line align-top first:border-0">
            <th scope="row" className="w-28 py-1.5 text-left font-semibold">
              {w.subscription.item(item)}
            </th>
            <td className="py-1.5 text-ink-soft">
              {price.lines
                .filter((line) => line.item === item)
                .map((line) => (
                  <span key={`${line.entry} ${line.part}`} className="block">
                    {w.subscription.line(line.entry, line.part, line.quantity, line.price)}
                  </span>
                ))}
              {item === 'storage' &&
                parts
                  .filter(([, bytes]) => bytes > 0)
                  .map(([label, bytes]) => (
                    <span key={label} className="flex gap-3 text-tiny">
                      <span className="flex-1">{label}</span>
                      <span>{w.subscription.size(bytes)}</span>
                    </span>
                  ))}
              {item === 'sla' && <span className="block text-tiny">{w.subscription.slaSays}</span>}
            </td>
            <td className="w-32 py-1.5 text-right font-semibold">{w.subscription.money(amount)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="bg-accent-soft font-semibold">
          <th scope="row" className="h-9 px-2 text-left">
            {w.subscription.together}
          </th>
          <td className="text-accent">{w.subscription.withoutVat(costs.table.currency)}</td>
          <td className="text-right">{w.subscription.money(price.total)}</td>
        </tr>
      </tfoot>
    </table>
  )
}
