import type { CataloguedFunction } from '../../../engine-worker/protocol.ts'
import { count, useWords } from '../../words/words.ts'
import { byGroup } from './groups.ts'
import { Proof } from './Proof.tsx'

interface OverviewProps {
  readonly functions: readonly CataloguedFunction[]
  readonly address: (name: string) => string
}

/** The whole language on one page, and a button that runs every example. */
export function Overview({ functions, address }: OverviewProps) {
  const w = useWords()
  return (
    <div className="min-h-0 flex-1 overflow-auto px-6 py-5">
      <h1 className="text-head">{w.reference.title}</h1>
      <p className="mb-4 max-w-2xl text-ink-soft">{w.reference.says(count(functions.length))}</p>
      <Proof functions={functions} address={address} />
      <div className="mt-6 gap-8 lg:columns-2">
        {byGroup(functions).map(({ group, functions: members }) => (
          <section key={group} className="mb-5 break-inside-avoid-column">
            <h2 className="eyebrow mb-1">{w.engine.declared(group)}</h2>
            <dl>
              {members.map((each) => (
                <div key={`${each.kind} ${each.name}`} className="flex gap-3 border-b border-line py-1">
                  <dt className="w-40 shrink-0">
                    <a href={address(each.name)} className="link mono">
                      {each.name}
                    </a>
                  </dt>
                  <dd className="min-w-0 text-ink-soft">{each.says}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </div>
  )
}
