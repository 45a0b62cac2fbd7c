import { GitBranch } from 'lucide-react'
import { useMemo } from 'react'
import { Page } from '../frame/Page.tsx'
import { go } from '../route.ts'
import { useEngine } from '../store/engine.ts'
import { Empty } from '../ui/Empty.tsx'
import { Select } from '../ui/Field.tsx'
import { useWords } from '../words/words.ts'
import { Path } from './lineage/Path.tsx'
import { downstream, upstream } from './lineage/trails.ts'

interface LineageProps {
  readonly project: string
  readonly dataset: string | null
  readonly property: string | null
}

/** For a dataset: every pipe and dataset it is made of, and every one that is made of it. */
export function Lineage({ project, dataset }: LineageProps) {
  const w = useWords()
  const facts = useEngine((state) => state.facts)
  const names = useMemo(() => {
    const all = facts.flatMap((fact) => [...fact.reads, ...fact.hops, ...(fact.writes === null ? [] : [fact.writes])])
    return [...new Set(all)].sort()
  }, [facts])
  const shown = dataset ?? names.at(0) ?? null
  const up = useMemo(() => (shown === null ? [] : upstream(shown, facts)), [shown, facts])
  const down = useMemo(() => (shown === null ? [] : downstream(shown, facts)), [shown, facts])
  if (shown === null) {
    return (
      <Empty icon={<GitBranch size={20} aria-hidden />} title={w.lineage.emptyTitle}>
        {w.lineage.emptySays}
      </Empty>
    )
  }
  return (
    <Page>
      <header className="flex flex-wrap items-end gap-3 px-5 pt-4 pb-3">
        <div className="min-w-60 flex-1">
          <h1 className="text-head">{w.views.lineage}</h1>
          <p className="text-ink-soft">{w.lineage.says}</p>
        </div>
        <div className="w-72">
          <Select
            aria-label={w.lineage.dataset}
            value={shown}
            onChange={(event) => go({ at: 'lineage', project, dataset: event.target.value, property: null })}
          >
            {names.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        </div>
      </header>
      <div className="grid min-h-0 flex-1 content-start gap-4 overflow-auto px-5 pb-6 lg:grid-cols-2">
        <Path title={w.lineage.from} empty={w.lineage.fromNothing} steps={up} project={project} />
        <Path title={w.lineage.to} empty={w.lineage.toNothing} steps={down} project={project} />
      </div>
    </Page>
  )
}
