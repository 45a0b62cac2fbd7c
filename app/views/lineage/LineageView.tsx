import { GitBranch } from 'lucide-react'
import { useMemo } from 'react'
import { PageLayout } from '../../frame/PageLayout.tsx'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useQuery } from '../../store/use-query.ts'
import { Empty } from '../../ui/Empty.tsx'
import { FailureBar } from '../../ui/FailureBar.tsx'
import { useLineageWords } from './lineage-words.ts'
import { PipePath } from './PipePath.tsx'
import { PropertyGraph } from './PropertyGraph.tsx'
import { PropertyList } from './PropertyList.tsx'
import { PropertyWays } from './PropertyWays.tsx'
import { downstream, upstream } from './trails.ts'

interface LineageProps {
  readonly project: string
  readonly dataset: string | null
  readonly property: string | null
}

/** Datasets and their properties at the left; of the chosen one, what it is made of and what is made of it. */
export function LineageView({ project, dataset, property }: LineageProps) {
  const w = useLineageWords()
  const facts = useEngine((state) => state.facts)
  const names = useMemo(() => {
    const all = facts.flatMap((fact) => [...fact.reads, ...fact.hops, ...(fact.writes === null ? [] : [fact.writes])])
    return [...new Set(all)].sort()
  }, [facts])
  const shown = dataset ?? names.at(0) ?? null
  if (shown === null) {
    return (
      <Empty icon={<GitBranch size={20} aria-hidden />} title={w.lineage.emptyTitle}>
        {w.lineage.emptySays}
      </Empty>
    )
  }
  return (
    <div className="flex min-h-0 flex-1">
      <PropertyList project={project} datasets={names} dataset={shown} property={property} />
      {property === null ? (
        <DatasetLineage project={project} dataset={shown} />
      ) : (
        <PropertyLineage key={`${shown} ${property}`} project={project} dataset={shown} property={property} />
      )}
    </div>
  )
}

interface DatasetLineageProps {
  readonly project: string
  readonly dataset: string
}

/** Every pipe and dataset that a dataset is made of, and every one that is made of it. */
function DatasetLineage({ project, dataset }: DatasetLineageProps) {
  const w = useLineageWords()
  const facts = useEngine((state) => state.facts)
  const up = useMemo(() => upstream(dataset, facts), [dataset, facts])
  const down = useMemo(() => downstream(dataset, facts), [dataset, facts])
  return (
    <PageLayout>
      <header className="px-5 pt-4 pb-3">
        <h1 className="text-head [overflow-wrap:anywhere]">{dataset}</h1>
        <p className="text-ink-soft">{w.lineage.says}</p>
      </header>
      <div className="grid min-h-0 flex-1 content-start gap-4 overflow-auto px-5 pb-6 lg:grid-cols-2">
        <PipePath title={w.lineage.from} empty={w.lineage.fromNothing} steps={up} project={project} />
        <PipePath title={w.lineage.to} empty={w.lineage.toNothing} steps={down} project={project} />
      </div>
    </PageLayout>
  )
}

interface PropertyLineageProps extends DatasetLineageProps {
  readonly property: string
}

function PropertyLineage({ project, dataset, property }: PropertyLineageProps) {
  const w = useLineageWords()
  const version = useEngine((state) => state.version)
  const facts = useEngine((state) => state.facts)
  const key = `${version} ${facts.length} ${dataset} ${property}`
  const { value, failure } = useQuery(key, () => ask('lineage', { dataset, property }), {
    about: JSON.stringify([dataset, property]),
  })
  return (
    <PageLayout
      inspector={value && <PropertyWays project={project} lineage={value} dataset={dataset} property={property} />}
    >
      <FailureBar failure={failure} />
      {value?.cut && <p className="bg-warn-soft px-4 py-2 text-warn">{w.lineage.cut}</p>}
      {value === null && failure === null && <p className="p-5 text-ink-soft">{w.common.loading}</p>}
      {value && <PropertyGraph project={project} lineage={value} label={w.lineage.graph(property)} />}
    </PageLayout>
  )
}
