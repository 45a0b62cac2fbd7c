import { useEffect, useState } from 'react'
import { useWords } from '../i18n/i18n.ts'
import { ask } from '../store/engine/open-project.ts'
import { decideHosts, dismissQuestion, usePermissions } from '../store/project/permissions.ts'
import { useProject } from '../store/project/project.ts'
import { useQuery } from '../store/use-query.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'

interface ServerChoice {
  readonly host: string
  /** Components that name it; none where a template or data does. */
  readonly components: readonly string[]
}

/** Names the servers that a project wants to send requests to, before the first one is sent. */
export function ServersDialog() {
  const w = useWords()
  const asked = usePermissions((state) => state.asked)
  const decided = usePermissions((state) => state.hosts)
  const name = useProject((state) => state.document.name)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const isOpen = asked.length > 0
  const { value } = useQuery(isOpen ? 'open' : null, (): Promise<readonly ServerChoice[]> => ask('hosts', null))
  const named = value ?? []
  useEffect(() => {
    if (isOpen) setLeft(new Set())
  }, [isOpen])
  const others = asked.filter((host) => !named.some((each) => each.host === host))
  const choices = [...others.map((host) => ({ host, components: [] })), ...named].filter(
    ({ host }) => !Object.hasOwn(decided, host),
  )
  const toggleHost = (host: string) =>
    setLeft((before) => new Set(before.has(host) ? [...before].filter((each) => each !== host) : [...before, host]))
  const decideAll = (isAllowed: (host: string) => boolean) =>
    void decideHosts(Object.fromEntries(choices.map(({ host }) => [host, isAllowed(host) ? 'allowed' : 'refused'])))
  return (
    <Dialog
      open={isOpen}
      onClose={dismissQuestion}
      title={w.servers.title(name)}
      says={w.servers.says}
      footer={
        <>
          <Button onClick={() => decideAll(() => false)}>{w.servers.refuse}</Button>
          <Button
            look="main"
            disabled={choices.every(({ host }) => left.has(host))}
            onClick={() => decideAll((host) => !left.has(host))}
          >
            {w.servers.allow}
          </Button>
        </>
      }
    >
      <ul aria-label={w.servers.list} className="flex flex-col gap-1">
        {choices.map(({ host, components }) => (
          <li key={host}>
            <label className="flex items-baseline gap-2">
              <input
                type="checkbox"
                className="accent-accent"
                checked={!left.has(host)}
                onChange={() => toggleHost(host)}
              />
              <code className="font-semibold [overflow-wrap:anywhere]">{host}</code>
              <span className="min-w-0 text-ink-soft [overflow-wrap:anywhere]">
                {components.length > 0 ? components.join(', ') : w.servers.unnamed}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
