import { Database } from 'lucide-react'
import { useBrowseWords } from '../../data/browse-words.ts'
import { useEngine } from '../../store/engine/state.ts'
import { runPipes } from '../../store/project/runs.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { DatasetList } from './DatasetList.tsx'
import { DatasetOverview } from './DatasetOverview.tsx'
import { DatasetView } from './DatasetView.tsx'

interface DataProps {
  readonly project: string
  readonly dataset: string | null
  readonly entity: string | null
}

/** Datasets at the left, the entities of one in the middle, one entity at the right. */
export function DatasetsView({ project, dataset, entity }: DataProps) {
  const w = useBrowseWords()
  const datasets = useEngine((state) => state.datasets)
  const ready = useEngine((state) => state.state === 'ready')
  const shown = datasets.find((each) => each.name === dataset) ?? null
  if (ready && datasets.length === 0) {
    return (
      <Empty
        icon={<Database size={20} aria-hidden />}
        title={w.data.emptyTitle}
        action={
          <Button look="main" onClick={() => void runPipes({})}>
            {w.run.all}
          </Button>
        }
      >
        {w.browse.data.emptySays}
      </Empty>
    )
  }
  return (
    <div className="flex min-h-0 flex-1">
      {dataset !== null && <h1 className="sr-only">{dataset}</h1>}
      <DatasetList project={project} datasets={datasets} selected={dataset} />
      {dataset === null ? (
        <DatasetOverview project={project} datasets={datasets} />
      ) : shown === null && ready ? (
        <Empty icon={<Database size={20} aria-hidden />} title={w.browse.data.gone(dataset)}>
          {w.browse.data.goneSays}
        </Empty>
      ) : (
        <DatasetView key={dataset} project={project} dataset={dataset} entity={entity} />
      )}
    </div>
  )
}
