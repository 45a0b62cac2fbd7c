import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Ledger, SubscriptionEnvironment } from '../../../engine-worker/index.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useProject } from '../../store/project/project.ts'
import { toast } from '../../store/toasts.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { Input } from '../../ui/Field.tsx'
import { centsOf, centsText } from './cents.ts'
import { EnvironmentDifferences } from './EnvironmentDifferences.tsx'
import { EnvironmentRow } from './EnvironmentRow.tsx'
import { GroupTable } from './GroupTable.tsx'
import { useMeasuredVersion } from './measured-version.ts'
import { SectionCard } from './SectionCard.tsx'
import { ServerLimits } from './ServerLimits.tsx'
import { useSubscriptionWords } from './subscription-words.ts'
import { priceIn } from './use-costs.ts'

interface EnvironmentsSectionProps {
  readonly ledger: Ledger
  readonly currency: string
  readonly onChange: (environments: readonly SubscriptionEnvironment[]) => void
  readonly onOpen: (id: string) => void
}

/** All environments: what runs in each, what it costs, all together; config groups, and what differs between two. */
export function EnvironmentsSection({ ledger, currency, onChange, onOpen }: EnvironmentsSectionProps) {
  const w = useSubscriptionWords()
  const { environments, prices: own } = ledger
  const content = useProject((state) => state.document.content)
  const dataVersion = useEngine((state) => state.dataVersion)
  const request = { environments: environments.map(({ id, settings, groups }) => ({ id, settings, groups })), own }
  const version = useMeasuredVersion((state) => state.version)
  const { value, failure } = useQuery(JSON.stringify([request, dataVersion, version]), (signal) =>
    ask('environmentPrices', request, { signal }),
  )
  const cents = value?.reduce((sum, { price }) => sum + centsOf(priceIn(price)?.total ?? '0'), 0n) ?? null
  const total = cents === null ? '–' : w.subscription.money(centsText(cents))
  const [filter, setFilter] = useState('')
  /** The id of the one that was added last. */
  const [added, setAdded] = useState<string | null>(null)
  const searchText = filter.trim().toLowerCase()
  const shown = environments.filter(({ name, groups, profile, settings }) =>
    [name, profile, w.subscription.plan(settings.plan), ...(groups ?? [])].some((text) =>
      text.toLowerCase().includes(searchText),
    ),
  )
  const changeEnvironment = (id: string, parts: Partial<SubscriptionEnvironment>) =>
    onChange(environments.map((each) => (each.id === id ? { ...each, ...parts } : each)))
  const addEnvironment = () => {
    const [like] = environments
    if (like === undefined) return
    const { settings, groups, profile } = like
    // Never one that was used before: documents of an environment that is gone belong to no other.
    const id = crypto.randomUUID()
    const name = w.environments.newName(environments.length + 1)
    setAdded(id)
    setFilter('')
    onChange([...environments, { id, name, groups, profile, settings, agreement: noAgreement, invoices: [], vpn: {} }])
  }
  const removeEnvironment = ({ id, name, invoices }: SubscriptionEnvironment) => {
    onChange(environments.filter((each) => each.id !== id))
    toast(w.environments.removeSays(name, invoices.length), 'good', {
      label: w.edit.undo,
      run: () => onChange(environments),
    })
  }
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <SectionCard
        title={w.environments.title}
        says={w.environments.says}
        aside={
          <Button small icon={<Plus size={14} aria-hidden />} onClick={addEnvironment}>
            {w.environments.add}
          </Button>
        }
      >
        {environments.length >= tableFromEnvironments && (
          <div className="flex flex-wrap items-center gap-3 py-1">
            <div className="w-64">
              <Input
                type="search"
                aria-label={w.environments.filter}
                placeholder={w.environments.filter}
                value={filter}
                onChange={({ target }) => setFilter(target.value)}
              />
            </div>
            <span className="flex-1" />
            <strong className="tabular-nums">
              {w.environments.together(environments.length)}: {total} {currency}
            </strong>
          </div>
        )}
        {failure !== null && <p className="py-1 text-bad">{failure}</p>}
        <table className="w-full tabular-nums">
          <thead>
            <tr className="text-left text-ink-soft">
              <th className="h-7 font-normal">{w.environments.name}</th>
              <th className="font-normal">{w.environments.groups}</th>
              <th className="font-normal">{w.environments.profile}</th>
              <th className="font-normal">{w.agreement.plan}</th>
              <th className="text-right font-normal">{w.environments.data}</th>
              <th className="text-right font-normal">
                {w.environments.price}, {currency}
              </th>
              <td />
            </tr>
          </thead>
          <tbody>
            {shown.map((environment) => (
              <EnvironmentRow
                key={environment.id}
                environment={environment}
                priced={value?.[environments.indexOf(environment)] ?? null}
                isNew={environment.id === added}
                isOnly={environments.length === 1}
                onChange={(parts) => changeEnvironment(environment.id, parts)}
                onOpen={() => onOpen(environment.id)}
                onRemove={() => removeEnvironment(environment)}
              />
            ))}
          </tbody>
          <tfoot>
            <tr className="border-t border-line-strong font-semibold">
              <th scope="row" colSpan={5} className="h-8 text-left">
                {w.environments.together(environments.length)}
              </th>
              <td className="text-right">{total}</td>
              <td />
            </tr>
          </tfoot>
        </table>
        {shown.length === 0 && <p className="py-1 text-ink-soft">{w.environments.noMatch}</p>}
      </SectionCard>
      <ServerLimits />
      <GroupTable environments={environments} content={content} />
      <EnvironmentDifferences environments={environments} content={content} />
    </div>
  )
}

/** From this number of environments on, they are found by name and their sum is shown on top. */
const tableFromEnvironments = 8

const noAgreement = { start: '', minimumMonths: 0, noticeMonths: 0, fixedFrom: '', note: '', incidents: [] }
