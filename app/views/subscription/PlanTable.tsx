import type { Ledger, PriceSettings } from '../../../engine-worker/index.ts'
import { centsOf, centsText } from './cents.ts'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'
import { type Costs, priceIn } from './use-costs.ts'

interface PlanTableProps {
  readonly costs: Costs
  readonly settings: PriceSettings
  readonly hosting: Ledger['hosting']
}

/** The plans side by side, with the same data and choices, and own machines beside them. */
export function PlanTable({ costs, settings, hosting }: PlanTableProps) {
  const w = useSubscriptionWords()
  const names = [...costs.byPlan.keys()]
  const cellClasses = (name: string) =>
    `px-2 py-1 text-right ${name === settings.plan ? 'bg-accent-soft font-semibold' : ''}`
  return (
    <SectionCard title={w.subscription.plans} says={w.subscription.plansSays}>
      <table className="w-full tabular-nums">
        <thead>
          <tr>
            <td />
            {names.map((name) => (
              <th key={name} scope="col" className={cellClasses(name)}>
                {w.subscription.plan(name)}
                {name === settings.plan && <span className="ml-1 text-tiny text-accent">{w.subscription.now}</span>}
              </th>
            ))}
            <th scope="col" className={cellClasses('')}>
              {w.subscription.ownServer}
            </th>
            <th scope="col" className={cellClasses('')}>
              {w.subscription.spark}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr className="border-t border-line">
            <th scope="row" className="text-left font-normal text-ink-soft">
              {w.subscription.engines}
            </th>
            {names.map((name) => (
              <td key={name} className={cellClasses(name)}>
                {name === 'flexi' ? settings.engines : costs.plans[name]?.engines}
              </td>
            ))}
            <td className={cellClasses('')}>{w.subscription.ownEngines}</td>
            <td className={cellClasses('')}>{w.subscription.sparkCores(hosting.cores)}</td>
          </tr>
          <tr className="border-t border-line">
            <th scope="row" className="text-left font-normal text-ink-soft">
              {w.subscription.dataBelow}
            </th>
            {names.map((name) => {
              const plan = costs.plans[name]
              return (
                <td key={name} className={cellClasses(name)}>
                  {plan?.lessThanGb !== undefined
                    ? w.subscription.gb(plan.lessThanGb)
                    : plan?.gbPerCompute !== undefined
                      ? w.subscription.gbEach(plan.gbPerCompute)
                      : w.subscription.noLimit}
                </td>
              )
            })}
            <td className={cellClasses('')}>{w.subscription.ownDisk}</td>
            <td className={cellClasses('')}>{w.subscription.noLimit}</td>
          </tr>
          <AmountRow
            label={w.subscription.item('compute')}
            costs={costs}
            cell={cellClasses}
            of={({ items }) => items.compute}
          />
          <AmountRow
            label={w.subscription.byGb}
            costs={costs}
            cell={cellClasses}
            of={({ total, items }) => centsText(centsOf(total) - centsOf(items.compute ?? '0'))}
          />
          <tr className="border-t border-line-strong">
            <th scope="row" className="text-left font-semibold">
              {w.subscription.month}
            </th>
            {[...costs.byPlan].map(([name, answer]) => {
              const price = priceIn(answer)
              return (
                <td
                  key={name}
                  className={cellClasses(name)}
                  title={'problem' in answer ? w.engine.message(answer.problem) : undefined}
                >
                  {price === null ? (
                    <span className="text-ink-soft">{w.subscription.notPossible}</span>
                  ) : (
                    w.subscription.money(price.total)
                  )}
                </td>
              )
            })}
            <td className={cellClasses('')}>
              {costs.hosted === null ? '–' : w.subscription.money(costs.hosted.server)}
            </td>
            <td className={cellClasses('')}>
              {costs.hosted === null ? '–' : w.subscription.money(costs.hosted.spark)}
            </td>
          </tr>
        </tbody>
      </table>
      <p className="py-2 text-tiny text-ink-faint">
        {w.subscription.ownServerSays} {w.subscription.sparkSays}
      </p>
    </SectionCard>
  )
}

interface AmountRowProps {
  readonly label: string
  readonly costs: Costs
  readonly cell: (plan: string) => string
  readonly of: (price: NonNullable<ReturnType<typeof priceIn>>) => string | undefined
}

/** One part of the price in each plan. */
function AmountRow({ label, costs, cell, of }: AmountRowProps) {
  const w = useSubscriptionWords()
  return (
    <tr className="border-t border-line">
      <th scope="row" className="text-left font-normal text-ink-soft">
        {label}
      </th>
      {[...costs.byPlan].map(([name, answer]) => {
        const price = priceIn(answer)
        return (
          <td key={name} className={cell(name)}>
            {price === null ? '–' : w.subscription.money(of(price) ?? '0.00')}
          </td>
        )
      })}
      <td className={cell('')}>–</td>
      <td className={cell('')}>–</td>
    </tr>
  )
}
