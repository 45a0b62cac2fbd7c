import { FunctionSquare } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { CataloguedFunction } from '../../engine-worker/protocol.ts'
import { matching } from '../commands/match.ts'
import { Page } from '../frame/Page.tsx'
import { go, href, type Route } from '../route.ts'
import { useAnswer } from '../store/answer.ts'
import { useCatalogue } from '../store/catalogue.ts'
import { catalogue } from '../store/engine.ts'
import { classes } from '../ui/classes.ts'
import { Empty } from '../ui/Empty.tsx'
import { Input } from '../ui/Field.tsx'
import { useWords } from '../words/words.ts'
import { FunctionPage } from './reference/FunctionPage.tsx'
import { byGroup } from './reference/groups.ts'
import { Overview } from './reference/Overview.tsx'

interface ReferenceProps {
  readonly project: string | null
  readonly name: string | null
}

/** Every DTL function from the one registry; its examples run here, in the reader's browser. */
export function Reference({ project, name }: ReferenceProps) {
  const w = useWords()
  const { failure } = useAnswer('catalogue', catalogue)
  const value = useCatalogue()
  const [search, setSearch] = useState('')
  const functions = value?.functions ?? []
  const found = useMemo(() => {
    const all = functions.map((each) => ({
      text: each.name,
      keywords: `${each.says} ${w.engine.declared(each.group)}`,
      each,
    }))
    return matching(search, all).map(({ each }) => each)
  }, [search, functions, w])
  const route = (to: string | null): Route =>
    project === null ? { at: 'reference', name: to } : { at: 'dtl', project, name: to }
  const shown = functions.find((each) => each.name === name)
  if (failure !== null && value === null) {
    return (
      <Empty icon={<FunctionSquare size={20} aria-hidden />} title={w.reference.failed}>
        {failure}
      </Empty>
    )
  }
  return (
    <div className="flex min-h-0 flex-1">
      <nav
        aria-label={w.reference.functions}
        className="flex w-44 shrink-0 flex-col border-r border-line bg-surface lg:w-64"
      >
        <div className="p-2">
          <Input
            type="search"
            aria-label={w.reference.find}
            placeholder={w.reference.find}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            onKeyDown={(event) => {
              const first = found[0]
              if (event.key === 'Enter' && first) go(route(first.name))
            }}
          />
        </div>
        <FunctionList
          found={found}
          grouped={search.trim() === ''}
          selected={name}
          address={(each) => href(route(each))}
        />
      </nav>
      <Page>
        {shown ? (
          <FunctionPage key={shown.name} declaration={shown} />
        ) : name !== null && value !== null ? (
          <Empty icon={<FunctionSquare size={20} aria-hidden />} title={w.reference.unknown(name)} />
        ) : (
          <Overview functions={functions} address={(each) => href(route(each))} />
        )}
      </Page>
    </div>
  )
}

interface FunctionListProps {
  readonly found: readonly CataloguedFunction[]
  readonly grouped: boolean
  readonly selected: string | null
  readonly address: (name: string) => string
}

function FunctionList({ found, grouped, selected, address }: FunctionListProps) {
  const w = useWords()
  const groups = grouped ? byGroup(found) : [{ group: '', functions: found }]
  useEffect(() => {
    document.querySelector('[data-function][aria-current="page"]')?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <div className="min-h-0 flex-1 overflow-auto px-2 pb-4">
      {groups.map(({ group, functions }) => (
        <section key={group} className="mb-2">
          {group !== '' && <h2 className="eyebrow px-2 py-1">{w.engine.declared(group)}</h2>}
          <ul>
            {functions.map((each) => (
              <li key={`${each.kind} ${each.name}`}>
                <a
                  href={address(each.name)}
                  data-function
                  aria-current={each.name === selected ? 'page' : undefined}
                  className={classes(
                    'mono block truncate rounded-md px-2 py-0.5',
                    each.name === selected ? 'bg-accent-soft font-semibold' : 'hover:bg-hover',
                    each.deprecated !== undefined && 'text-ink-faint line-through',
                  )}
                >
                  {each.name}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
