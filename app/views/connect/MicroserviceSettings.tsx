import type { EnvironmentTexts, JsonObject, Microservice } from '../../../engine-worker/index.ts'
import { FormField, Input, Select } from '../../ui/Field.tsx'
import { useConnectWords } from './connect-words.ts'

interface MicroserviceSettingsProps {
  readonly service: Microservice
  readonly texts: EnvironmentTexts
  /** `memory` and `cpu_quota` where they are not those of the manifest. */
  readonly quotas: JsonObject
  readonly onTexts: (texts: EnvironmentTexts) => void
  readonly onQuotas: (quotas: JsonObject) => void
}

/** The environment variables that a microservice asks for, and its share of memory and processor. */
export function MicroserviceSettings({ service, texts, quotas, onTexts, onQuotas }: MicroserviceSettingsProps) {
  const w = useConnectWords()
  const { environment = {}, docker } = service.manifest
  const quotaField = (name: 'memory' | 'cpu_quota', label: string, usual: number) => (
    <FormField label={label}>
      {(ids) => (
        <Input
          {...ids}
          inputMode="numeric"
          value={String(quotas[name] ?? docker[name] ?? '')}
          placeholder={String(usual)}
          onChange={({ target }) => {
            const { [name]: _before, ...others } = quotas
            const isNumber = /^[1-9]\d{0,6}$/.test(target.value)
            onQuotas(isNumber ? { ...others, [name]: Number(target.value) } : others)
          }}
        />
      )}
    </FormField>
  )
  return (
    <section
      aria-label={w.microservice.environment}
      className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-3"
    >
      <h2 className="text-title">{w.microservice.environment}</h2>
      <p className="text-tiny text-ink-soft">{w.microservice.environmentSays}</p>
      {Object.entries(environment).map(([name, { title, description, secret, required, choices, default: usual }]) => {
        const setText = (value: string) => onTexts({ ...texts, [name]: value })
        const value = texts[name] ?? ''
        return (
          <FormField
            key={name}
            label={
              <>
                {title ?? name} {title !== undefined && <code className="text-tiny text-ink-faint">{name}</code>}
              </>
            }
            help={description}
            required={required ?? false}
          >
            {(ids) =>
              choices === undefined ? (
                <Input
                  mono
                  {...ids}
                  type={secret ? 'password' : 'text'}
                  autoComplete="off"
                  value={value}
                  placeholder={usual === undefined ? undefined : String(usual)}
                  onChange={({ target }) => setText(target.value)}
                />
              ) : (
                <Select {...ids} value={value} onChange={({ target }) => setText(target.value)}>
                  <option value="">{usual === undefined ? '' : String(usual)}</option>
                  {choices.map((each) => (
                    <option key={each} value={each}>
                      {each}
                    </option>
                  ))}
                </Select>
              )
            }
          </FormField>
        )
      })}
      <div className="grid grid-cols-2 gap-2">
        {quotaField('memory', w.microservice.memory, 128)}
        {quotaField('cpu_quota', w.microservice.cpu, 25)}
      </div>
    </section>
  )
}
