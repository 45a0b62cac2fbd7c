import type { AnswerOf, Json } from '../../../engine-worker/index.ts'
import { variablesOf, variableValue, withVariable } from '../../canvas/flow/variables.ts'
import { editContent, useContent, useProject } from '../../store/project/project.ts'
import { setSecret, useSecrets } from '../../store/project/secrets.ts'
import { FormField, Input } from '../../ui/Field.tsx'
import { useConnectWords } from './connect-words.ts'

interface SettingsProps {
  readonly project: string
  readonly offer: AnswerOf<'connectorOffer'>
  /** What is to be said of its requests; null: nothing. */
  readonly says: string | null
}

/** What a connector asks for: variables go to the environment of the project, secrets stay in this tab. */
export function ConnectorSettings({ project, offer, says }: SettingsProps) {
  const w = useConnectWords()
  const content = useContent()
  const profile = useProject((state) => state.document.profile)
  const readOnly = useProject((state) => state.readOnly)
  const known = useSecrets((state) => state[project])
  const variables = variablesOf(content, profile) ?? {}
  const textOf = (value: Json | undefined) =>
    value === undefined ? '' : typeof value === 'string' ? value : String(value)
  return (
    <section aria-label={w.settings} className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-3">
      <h2 className="text-title">{w.settings}</h2>
      {offer.variables.length + offer.secrets.length === 0 ? (
        <p className="text-ink-soft">{w.noSettings}</p>
      ) : (
        <p className="text-tiny text-ink-soft">{w.settingsSay}</p>
      )}
      {offer.variables.map((name) => (
        <FormField key={name} label={w.variable(name)}>
          {(ids) => (
            <Input
              mono
              {...ids}
              disabled={readOnly}
              value={textOf(Object.hasOwn(variables, name) ? variables[name] : undefined)}
              onChange={({ target }) =>
                editContent(
                  w.variable(name),
                  (before) => withVariable(before, profile, name, variableValue(target.value)),
                  `variable ${name}`,
                )
              }
            />
          )}
        </FormField>
      ))}
      {offer.secrets.map((name) => (
        <FormField key={name} label={w.secret(name)}>
          {(ids) => (
            <Input
              mono
              type="password"
              autoComplete="off"
              {...ids}
              value={known?.[name] ?? ''}
              onChange={({ target }) => setSecret(project, name, target.value)}
            />
          )}
        </FormField>
      ))}
      {says !== null && <p className="text-tiny [overflow-wrap:anywhere] text-ink-soft">{says}</p>}
    </section>
  )
}
