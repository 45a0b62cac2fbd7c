import { Plus, Trash2 } from 'lucide-react'
import type { Ledger, SubscriptionEnvironment } from '../../../engine-worker/index.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { profilesOf } from '../../store/project/profiles.ts'
import { useProject } from '../../store/project/project.ts'
import { toast } from '../../store/toasts.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox, Input, Select } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { centsOf, centsText } from './cents.ts'
import { configGroups } from './config-groups.ts'
import { EnvironmentDifferences } from './EnvironmentDifferences.tsx'
import { GroupTable } from './GroupTable.tsx'
import { SectionCard } from './SectionCard.tsx'
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
  const request = { environments: environments.map(({ settings, groups }) => ({ settings, groups })), own }
  const { value, failure } = useQuery(JSON.stringify([request, dataVersion]), (signal) =>
    ask('environmentPrices', request, { signal }),
  )
  const total = value?.reduce((sum, { price }) => sum + centsOf(priceIn(price)?.total ?? '0'), 0n) ?? null
  const change = (id: string, parts: Partial<SubscriptionEnvironment>) =>
    onChange(environments.map((each) => (each.id === id ? { ...each, ...parts } : each)))
  const add = () => {
    const [like] = environments
    if (like === undefined) return
    const { settings, groups, profile } = like
    // Never one that was used before: documents of an environment that is gone belong to no other.
    const id = crypto.randomUUID()
    const name = w.environments.newName(environments.length + 1)
    onChange([...environments, { id, name, groups, profile, settings, agreement: none, invoices: [], vpn: {} }])
  }
  const remove = ({ id, name, invoices }: SubscriptionEnvironment) => {
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
          <Button small icon={<Plus size={14} aria-hidden />} onClick={add}>
            {w.environments.add}
          </Button>
        }
      >
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
            {environments.map((environment, at) => {
              const { id, name, profile, settings } = environment
              const priced = value?.[at]
              const price = priced === undefined ? null : priced.price
              return (
                <tr key={id} className="border-t border-line align-middle">
                  <td className="py-1 pr-3">
                    <Input
                      aria-label={`${w.environments.name}: ${name}`}
                      defaultValue={name}
                      maxLength={80}
                      onBlur={({ target }) => {
                        if (target.value.trim() !== '') change(id, { name: target.value.trim() })
                        else target.value = name
                      }}
                    />
                  </td>
                  <td className="py-1 pr-3">
                    <Groups environment={environment} onChange={(groups) => change(id, { groups })} />
                  </td>
                  <td className="py-1 pr-3">
                    <Select
                      aria-label={`${w.environments.profile}: ${name}`}
                      value={profile}
                      onChange={({ target }) => change(id, { profile: target.value })}
                    >
                      <option value="">{w.environments.noProfile}</option>
                      {profilesOf(content).map((each) => (
                        <option key={each}>{each}</option>
                      ))}
                    </Select>
                  </td>
                  <td className="py-2 pr-3">{w.subscription.plan(settings.plan)}</td>
                  <td className="py-2 text-right">{priced === undefined ? '–' : w.subscription.size(priced.bytes)}</td>
                  <td className="py-2 text-right font-semibold">
                    {price === null ? (
                      '–'
                    ) : 'problem' in price ? (
                      <span className="font-normal text-warn">{w.engine.message(price.problem)}</span>
                    ) : (
                      w.subscription.money(price.total)
                    )}
                  </td>
                  <td className="py-1 pl-2">
                    <div className="flex items-center justify-end gap-1">
                      <Button small onClick={() => onOpen(id)} aria-label={w.environments.open(name)}>
                        {w.common.open}
                      </Button>
                      <IconButton
                        label={w.environments.remove(name)}
                        disabled={environments.length === 1}
                        onClick={() => remove(environment)}
                      >
                        <Trash2 size={14} aria-hidden />
                      </IconButton>
                    </div>
                  </td>
                </tr>
              )
            })}
          </tbody>
          <tfoot>
            <tr className="border-t border-line-strong font-semibold">
              <th scope="row" colSpan={5} className="h-8 text-left">
                {w.environments.together(environments.length)}
              </th>
              <td className="text-right">{total === null ? '–' : w.subscription.money(centsText(total))}</td>
              <td />
            </tr>
          </tfoot>
        </table>
      </SectionCard>
      <GroupTable environments={environments} content={content} />
      <EnvironmentDifferences environments={environments} content={content} />
    </div>
  )
}

const none = { start: '', minimumMonths: 0, noticeMonths: 0, fixedFrom: '', note: '', incidents: [] }

interface GroupsProps {
  readonly environment: SubscriptionEnvironment
  readonly onChange: (groups: SubscriptionEnvironment['groups']) => void
}

/** All of the project, or some of its config groups. */
function Groups({ environment: { groups, name }, onChange }: GroupsProps) {
  const w = useSubscriptionWords()
  const content = useProject((state) => state.document.content)
  const known = [...new Set([...configGroups(content).map((group) => group.name), ...(groups ?? [])])]
  if (known.length < 2 && groups === null) return <span className="inline-block py-1">{w.environments.allGroups}</span>
  return (
    <fieldset className="flex flex-wrap gap-x-3" aria-label={`${w.environments.groups}: ${name}`}>
      <Checkbox
        label={w.environments.allGroups}
        checked={groups === null}
        onChange={({ target }) => onChange(target.checked ? null : known)}
      />
      {groups !== null &&
        known.map((group) => (
          <Checkbox
            key={group}
            label={group || w.environments.noGroup}
            checked={groups.includes(group)}
            onChange={({ target }) =>
              onChange(target.checked ? [...groups, group] : groups.filter((each) => each !== group))
            }
          />
        ))}
    </fieldset>
  )
}
