import { useState } from 'react'
import type { Ledger, SubscriptionEnvironment } from '../../../engine-worker/index.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useQuery } from '../../store/use-query.ts'
import { Checkbox } from '../../ui/Field.tsx'
import { useMeasuredVersion } from './measured-version.ts'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'
import type { Costs } from './use-costs.ts'

interface SavingsProps {
  readonly environment: SubscriptionEnvironment
  readonly own: Ledger['prices']
  readonly costs: Costs
}

/** What would save, each taken alone and those that are chosen together, with the effect computed on the data. */
export function Savings({ environment, own, costs }: SavingsProps) {
  const w = useSubscriptionWords()
  const dataVersion = useEngine((state) => state.dataVersion)
  const version = useMeasuredVersion((state) => state.version)
  const { id, settings, groups } = environment
  const [chosen, setChosen] = useState<readonly string[]>([])
  const { value, failure } = useQuery(
    JSON.stringify([dataVersion, version, id, settings, groups, own, chosen]),
    (signal) => ask('savings', { settings, groups, own, environment: id, chosen }, { signal }),
  )
  const isChosen = value?.savings.filter(({ key }) => chosen.includes(key)) ?? []
  return (
    <SectionCard
      title={w.subscription.wouldSave}
      says={w.subscription.takenAlone}
      aside={
        value !== null &&
        isChosen.length > 0 && (
          <output className="tabular-nums">
            {w.subscription.chosenSave(isChosen.length)}{' '}
            <strong className="text-good">
              {w.subscription.money(negated(value.together))} {costs.table.currency}
            </strong>
          </output>
        )
      }
    >
      {failure !== null && <p className="py-1 text-bad">{failure}</p>}
      {value === null && failure === null && <p className="py-1 text-ink-soft">{w.common.loading}</p>}
      {value?.savings.length === 0 && <p className="py-1 text-ink-soft">{w.subscription.nothingSaves}</p>}
      <ul>
        {value?.savings.map((saving) => (
          <li key={saving.key} className="flex items-baseline gap-3 border-t border-line py-1.5 first:border-0">
            <span className="min-w-0 flex-1">
              <Checkbox
                label={w.subscription.saving[saving.kind](saving.dataset ?? '', saving.keep ?? 0)}
                checked={chosen.includes(saving.key)}
                onChange={({ target }) =>
                  setChosen(target.checked ? [...chosen, saving.key] : chosen.filter((key) => key !== saving.key))
                }
              />
              <span className="block pl-6 text-tiny text-ink-faint">
                {saving.kind === 'fixed'
                  ? w.subscription.fixedSays
                  : w.subscription.less(w.subscription.size(saving.bytes), costs.usage.measured !== null)}
              </span>
            </span>
            <span
              className={`shrink-0 tabular-nums ${Number(saving.saves) > 0 ? 'font-semibold text-good' : 'text-ink-soft'}`}
            >
              {w.subscription.money(negated(saving.saves))} {costs.table.currency}
            </span>
          </li>
        ))}
      </ul>
    </SectionCard>
  )
}

function negated(figure: string): string {
  if (Number(figure) === 0) return figure.replace('-', '')
  return figure.startsWith('-') ? figure.slice(1) : `-${figure}`
}
