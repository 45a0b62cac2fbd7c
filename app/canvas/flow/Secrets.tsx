import { useMemo } from 'react'
import { useContent, useProject } from '../../store/project/project.ts'
import { setSecret, useSecrets } from '../../store/project/secrets.ts'
import { Input } from '../../ui/Field.tsx'
import { useFlowWords } from './flow-words.ts'
import { secretsUsed } from './variables.ts'

/** The secrets that the configuration asks for; their values stay in this tab. */
export function Secrets() {
  const w = useFlowWords()
  const content = useContent()
  const project = useProject((state) => state.id)
  const known = useSecrets((state) => (project === null ? undefined : state[project]))
  const names = useMemo(() => secretsUsed(content), [content])
  if (project === null || names.length === 0) return null
  return (
    <section>
      <h3 className="eyebrow mb-2">{w.flow.settings.secrets}</h3>
      <div className="flex flex-col gap-1.5">
        {names.map((name) => (
          <div key={name} className="grid grid-cols-2 items-center gap-1">
            <code className="truncate" title={name}>
              {name}
            </code>
            <Input
              mono
              type="password"
              autoComplete="off"
              aria-label={w.flow.settings.secret(name)}
              value={known?.[name] ?? ''}
              onChange={(event) => setSecret(project, name, event.target.value)}
            />
          </div>
        ))}
      </div>
      <p className="mt-1 text-tiny text-ink-soft">{w.flow.settings.secretsSay}</p>
    </section>
  )
}
