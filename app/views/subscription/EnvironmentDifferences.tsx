import { useState } from 'react'
import type { Project, SubscriptionEnvironment } from '../../../engine-worker/index.ts'
import { FormField, Select } from '../../ui/Field.tsx'
import { environmentDifferences } from './environment-differences.ts'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'

interface EnvironmentDifferencesProps {
  readonly environments: readonly SubscriptionEnvironment[]
  readonly content: Project
}

/** Two environments side by side, with what differs only. */
export function EnvironmentDifferences({ environments, content }: EnvironmentDifferencesProps) {
  const w = useSubscriptionWords()
  const [chosen, setChosen] = useState<readonly [string, string] | null>(null)
  const environmentById = (id: string | undefined, otherwise: number) =>
    environments.find((each) => each.id === id) ?? environments[otherwise]
  const first = environmentById(chosen?.[0], 0)
  const second = environmentById(chosen?.[1], 1)
  if (first === undefined || second === undefined)
    return (
      <SectionCard title={w.environments.differences}>
        <p className="py-1 text-ink-soft">{w.environments.one}</p>
      </SectionCard>
    )
  const differences = environmentDifferences(content, first, second)
  const environmentPicker = (label: string, value: string, onChange: (id: string) => void) => (
    <FormField label={label}>
      {(ids) => (
        <Select {...ids} value={value} onChange={({ target }) => onChange(target.value)}>
          {environments.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </FormField>
  )
  const displayedValue = (kind: (typeof differences)[number]['kind'], value: string | null) => {
    if (value === null) return w.environments.absent
    if (kind === 'plan') return w.subscription.plan(value)
    if (kind === 'sla') return w.subscription.sla(value)
    if (kind === 'group') return value === 'yes' ? w.environments.runs : w.environments.absent
    if (kind === 'variable') return value
    return value === 'yes' ? w.environments.on : w.environments.off
  }
  return (
    <SectionCard title={w.environments.differences}>
      <div className="grid max-w-xl gap-3 py-2 sm:grid-cols-2">
        {environmentPicker(w.environments.first, first.id, (id) => setChosen([id, second.id]))}
        {environmentPicker(w.environments.second, second.id, (id) => setChosen([first.id, id]))}
      </div>
      {differences.length === 0 ? (
        <p className="py-1 text-ink-soft">{w.environments.same}</p>
      ) : (
        <table className="w-full">
          <thead>
            <tr className="text-left text-ink-soft">
              <th className="h-7 font-normal">{w.environments.what}</th>
              <th className="font-normal">{first.name}</th>
              <th className="font-normal">{second.name}</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ kind, name, first, second }) => (
              <tr key={`${kind} ${name}`} className="border-t border-line">
                <th scope="row" className="h-8 text-left font-normal">
                  {kind === 'variable'
                    ? w.environments.variable(name)
                    : kind === 'group'
                      ? `${w.environments.group}: ${name || w.environments.noGroup}`
                      : w.environments[kind]}
                </th>
                <td className="mono break-all">{displayedValue(kind, first)}</td>
                <td className="mono break-all">{displayedValue(kind, second)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </SectionCard>
  )
}
