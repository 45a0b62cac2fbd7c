import { useWords } from '../../i18n/i18n.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { decideHosts, usePermissions } from '../../store/project/permissions.ts'
import { useProject } from '../../store/project/project.ts'
import { useQuery } from '../../store/use-query.ts'
import { Select } from '../../ui/Field.tsx'

/** The servers that the project names or was asked about, each with what a person decided; to be changed here. */
export function Servers() {
  const w = useWords()
  const decided = usePermissions((state) => state.hosts)
  const readOnly = useProject((state) => state.readOnly)
  const facts = useEngine((state) => state.facts)
  // The facts are a new list after each change of the configuration.
  const { value } = useQuery(facts, () => ask('hosts', null))
  const named = value?.map(({ host }) => host) ?? []
  const all = [...new Set([...named, ...Object.keys(decided)])].sort()
  if (all.length === 0) return null
  return (
    <section aria-label={w.servers.heading}>
      <h3 className="eyebrow mb-2">{w.servers.heading}</h3>
      <div className="flex flex-col gap-1.5">
        {all.map((host) => (
          <div key={host} className="grid grid-cols-2 items-center gap-1">
            <code className="truncate" title={host}>
              {host}
            </code>
            <Select
              aria-label={w.servers.of(host)}
              disabled={readOnly}
              value={decided[host] ?? 'ask'}
              onChange={({ target: { value } }) =>
                void decideHosts({ [host]: value === 'allowed' || value === 'refused' ? value : null })
              }
            >
              <option value="ask">{w.servers.decisions.ask}</option>
              <option value="allowed">{w.servers.decisions.allowed}</option>
              <option value="refused">{w.servers.decisions.refused}</option>
            </Select>
          </div>
        ))}
      </div>
      <p className="mt-1 text-tiny text-ink-soft">{w.servers.settingsSay}</p>
    </section>
  )
}
