import type { PriceSettings } from '../../../engine-worker/index.ts'
import { Checkbox, FormField, Input, Select } from '../../ui/Field.tsx'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'

interface PriceChoicesProps {
  readonly settings: PriceSettings
  readonly onChange: (settings: PriceSettings) => void
  readonly addedGb: number
  readonly onAddedGb: (gb: number) => void
}

const planNames = ['developer', 'developer-pro', 'single', 'flexi', 'multi'] as const
const slaNames = ['none', 'standard', 'enterprise', 'premium'] as const

/** What the price is computed from, to be changed and looked at. */
export function PriceChoices({ settings, onChange, addedGb, onAddedGb }: PriceChoicesProps) {
  const w = useSubscriptionWords()
  const setSettings = (change: Partial<PriceSettings>) => onChange({ ...settings, ...change })
  return (
    <SectionCard title={w.subscription.whatIf} says={w.subscription.whatIfSays}>
      <div className="grid gap-3 py-2 sm:grid-cols-2">
        <FormField label={w.subscription.planLabel}>
          {(ids) => (
            <Select
              {...ids}
              value={settings.plan}
              onChange={({ target }) => {
                const plan = planNames.find((name) => name === target.value)
                if (plan) setSettings({ plan, ...(plan.startsWith('developer') ? { vpn: false, sla: 'none' } : {}) })
              }}
            >
              {planNames.map((name) => (
                <option key={name} value={name}>
                  {w.subscription.plan(name)}
                </option>
              ))}
            </Select>
          )}
        </FormField>
        <FormField label={w.subscription.flexiEngines}>
          {(ids) => (
            <Input
              {...ids}
              type="number"
              min={8}
              step={4}
              value={settings.engines}
              onChange={({ target }) => setSettings({ engines: Math.max(1, target.valueAsNumber || 8) })}
            />
          )}
        </FormField>
        <FormField label={w.subscription.slaLabel}>
          {(ids) => (
            <Select
              {...ids}
              value={settings.sla}
              onChange={({ target }) => setSettings({ sla: slaNames.find((name) => name === target.value) ?? 'none' })}
            >
              {slaNames.map((name) => (
                <option key={name} value={name}>
                  {w.subscription.sla(name)}
                </option>
              ))}
            </Select>
          )}
        </FormField>
        <FormField label={w.subscription.searchLabel} help={w.subscription.searchHelp}>
          {(ids) => (
            <Select
              {...ids}
              value={String(settings.search)}
              onChange={({ target }) =>
                setSettings({ search: target.value === '1' ? 1 : target.value === '2' ? 2 : 0 })
              }
            >
              {[0, 1, 2].map((copies) => (
                <option key={copies} value={copies}>
                  {w.subscription.searchCopies(copies)}
                </option>
              ))}
            </Select>
          )}
        </FormField>
        <FormField label={w.subscription.fixedLabel} help={w.subscription.fixedHelp}>
          {(ids) => (
            <Input
              {...ids}
              type="number"
              min={0}
              value={settings.fixedGb ?? ''}
              onChange={({ target }) =>
                setSettings({ fixedGb: /^\d+(\.\d+)?$/.test(target.value) ? target.value : null })
              }
            />
          )}
        </FormField>
        <FormField label={w.subscription.addedLabel(addedGb)}>
          {(ids) => (
            <input
              {...ids}
              type="range"
              min={0}
              max={1000}
              step={5}
              value={addedGb}
              className="h-7 w-full accent-accent"
              onChange={({ target }) => onAddedGb(target.valueAsNumber)}
            />
          )}
        </FormField>
        <Checkbox
          label={w.subscription.vpnLabel}
          checked={settings.vpn}
          onChange={({ target }) => setSettings({ vpn: target.checked })}
        />
      </div>
    </SectionCard>
  )
}
