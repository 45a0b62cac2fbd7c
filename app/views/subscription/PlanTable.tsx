import type { PriceSettings } from '../../../engine-worker/index.ts'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'
import { type Costs, priceIn } from './use-costs.ts'

/** The plans side by side, with the same data and choices. */
export function PlanTable({ costs, settings }: { readonly costs: Costs; readonly settings: PriceSettings }) {
  const w = useSubscriptionWords()
  const names = [...costs.byPlan.keys()]
  const cell = (name: string) => `px-2 py-1 text-right ${name === settings.plan ? 'bg-accent-soft font-semibold' : ''}`
  return (
    <SectionCard title={w.subscription.plans} says={w.subscription.plansSays}>
      <table className="w-full tabular-nums">
        <thead>
          <tr>
            <td />
            {names.map((name) => (
              <th key={name} scope="col" className={cell(name)}>
                {w.subscription.plan(name)}
                {name === settings.plan && <span className="ml-1 text-tiny text-accent">{w.subscription.now}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className="border-t border-line">
            <th scope="row" className="text-left font-normal text-ink-soft">
              {w.subscription.engines}
            </th>
            {names.map((name) => (
              <td key={name} className={cell(name)}>
                {name === 'flexi' ? settings.engines : costs.plans[name]?.engines}
              </td>
            ))}
          </tr>
          <tr className="border-t border-line">
            <th scope="row" className="text-left font-normal text-ink-soft">
              {w.subscription.dataBelow}
            </th>
            {names.map((name) => {
              const plan = costs.plans[name]
              return (
                <td key={name} className={cell(name)}>
                  {plan?.lessThanGb !== undefined
                    ? w.subscription.gb(plan.lessThanGb)
                    : plan?.gbPerCompute !== undefined
                      ? w.subscription.gbEach(plan.gbPerCompute)
                      : w.subscription.noLimit}
                </td>
              )
            })}
          </tr>
          <tr className="border-t border-line-strong">
            <th scope="row" className="text-left font-semibold">
              {w.subscription.month}
            </th>
            {[...costs.byPlan].map(([name, answer]) => {
              const price = priceIn(answer)
              return (
                <td
                  key={name}
                  className={cell(name)}
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
          </tr>
        </tbody>
      </table>
      <p className="py-2 text-tiny text-ink-faint">{w.subscription.ownServer}</p>
    </SectionCard>
  )
}
