import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'
import type { Usage } from './use-costs.ts'

const maxShown = 8

/** What grew or shrank since an earlier month, and why; nothing before two counts can be compared. */
export function Growth({ usage: { growth } }: { readonly usage: Usage }) {
  const w = useSubscriptionWords()
  if (growth === null) return null
  return (
    <SectionCard title={w.subscription.grew} says={w.subscription.grewSince(growth.since)}>
      {growth.changes.length === 0 && <p className="py-1 text-ink-soft">{w.subscription.notGrown}</p>}
      <ul>
        {growth.changes.slice(0, maxShown).map(({ dataset, bytes, reason, more }) => (
          <li key={dataset} className="flex items-baseline gap-3 border-t border-line py-1.5 first:border-0">
            <span className="min-w-0 flex-1">
              <span className="mono block truncate">{dataset}</span>
              <span className="block text-tiny text-ink-faint">{w.subscription.reason[reason](more)}</span>
            </span>
            <span className={`shrink-0 tabular-nums ${bytes > 0 ? 'font-semibold text-warn' : 'text-good'}`}>
              {bytes > 0 ? '+' : '\u2212'}
              {w.subscription.size(Math.abs(bytes))}
            </span>
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}
