import { count } from '../../i18n/numbers.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useQuery } from '../../store/use-query.ts'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'

const amountNames = ['pipes', 'bytes', 'engines'] as const

/** What the server allows the project, and how much of it is used; nothing where it has no limits. */
export function ServerLimits() {
  const w = useSubscriptionWords()
  const isReady = useEngine((state) => state.state === 'ready')
  const dataVersion = useEngine((state) => state.dataVersion)
  const { value } = useQuery(isReady ? dataVersion : null, (signal) => ask('limits', null, { signal }))
  if (value === null) return null
  const amountText = (name: (typeof amountNames)[number], amount: number) =>
    name === 'bytes' ? w.subscription.size(amount) : count(amount)
  return (
    <SectionCard title={w.environments.limits} says={w.environments.limitsSays}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 py-1 tabular-nums">
        {amountNames.map((name) => {
          const { used, limit } = value[name]
          return (
            <div key={name} className="contents">
              <dt className="text-ink-soft">{w.environments.limited[name]}</dt>
              <dd className={limit !== null && used >= limit ? 'text-warn' : ''}>
                {limit === null
                  ? w.environments.unlimited(amountText(name, used))
                  : w.environments.ofLimit(amountText(name, used), amountText(name, limit))}
              </dd>
            </div>
          )
        })}
      </dl>
    </SectionCard>
  )
}
