import type { ReactNode } from 'react'
import { count } from '../../i18n/numbers.ts'
import { byGroup, type ReferenceEntry, type ReferenceSubject } from './entries.ts'
import { useReferenceWords } from './reference-words.ts'

interface OverviewProps {
  readonly subject: ReferenceSubject
  readonly entries: readonly ReferenceEntry[]
  readonly address: (name: string) => string
  /** Between the introduction and the list. */
  readonly children?: ReactNode
}

/** All of a subject on one page. */
export function ReferenceOverview({ subject, entries, address, children }: OverviewProps) {
  const w = useReferenceWords()
  return (
    <div className="min-h-0 flex-1 overflow-auto px-6 py-5">
      <h1 className="text-head">{w.reference.title[subject]}</h1>
      <p className="mb-4 max-w-2xl text-ink-soft">{w.reference.says[subject](count(entries.length))}</p>
      {children}
      <div className="mt-6 gap-8 lg:columns-2">
        {byGroup(entries).map(({ group, entries: members }) => (
          <section key={group} className="mb-5 break-inside-avoid-column">
            <h2 className="eyebrow mb-1">{group}</h2>
            <dl>
              {members.map((each) => (
                <div key={each.name + each.says} className="flex gap-3 border-b border-line py-1">
                  <dt className="w-40 shrink-0 break-words">
                    <a href={address(each.name)} className="link mono">
                      {each.label}
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
