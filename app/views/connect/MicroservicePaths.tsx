import type { Microservice } from '../../../engine-worker/index.ts'
import { Checkbox } from '../../ui/Field.tsx'
import { useConnectWords } from './connect-words.ts'

interface MicroservicePathsProps {
  readonly service: Microservice
  /** The paths that get a pipe. */
  readonly chosen: readonly string[]
  readonly onChoose: (paths: readonly string[]) => void
}

/** The paths of a microservice, and those to make pipes for. */
export function MicroservicePaths({ service, chosen, onChoose }: MicroservicePathsProps) {
  const w = useConnectWords()
  const paths = Object.entries(service.manifest.paths ?? {})
  const toggle = (path: string) =>
    onChoose(chosen.includes(path) ? chosen.filter((each) => each !== path) : [...chosen, path])
  return (
    <section aria-label={w.microservice.paths} className="rounded-lg border border-line bg-surface p-3">
      <h2 className="mb-1 text-title">{w.microservice.paths}</h2>
      <p className="mb-2 text-tiny text-ink-soft">
        {paths.length === 0 ? w.microservice.noPaths : w.microservice.pathsSay}
      </p>
      <ul className="flex max-h-80 flex-col gap-1.5 overflow-auto">
        {paths.map(([path, { uses, title, description, entity, gives }]) => {
          const facts = [
            ...uses.map((use) => w.microservice.uses[use]),
            ...(entity === undefined ? [] : [gives === undefined ? entity : `${entity} → ${gives}`]),
          ]
          return (
            <li key={path} className="flex min-w-0 flex-col">
              <span className="flex flex-wrap items-center gap-x-2">
                {uses.includes('read') ? (
                  <Checkbox
                    label={<code>/{path}</code>}
                    aria-label={path}
                    checked={chosen.includes(path)}
                    onChange={() => toggle(path)}
                  />
                ) : (
                  <code className="pl-6">/{path}</code>
                )}
                <span className="text-tiny text-ink-soft">{facts.join(' · ')}</span>
              </span>
              {(title ?? description) !== undefined && (
                <span className="pl-6 text-tiny text-ink-soft">
                  {[title, description].filter((each) => each !== undefined).join(': ')}
                </span>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
