import { Download } from 'lucide-react'
import { formatPart } from '../../../engine-worker/index.ts'
import { useBrowseWords } from '../../data/browse-words.ts'
import { SchemaHistory, SchemaTable } from '../../data/SchemaTable.tsx'
import { count } from '../../i18n/numbers.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { saveFile } from '../../store/save-file.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'

interface SchemaTabProps {
  readonly dataset: string
  /** Shows the values of a property. */
  readonly onLook: (property: string) => void
}

/** The inferred schema of a dataset, every entity looked at, and how it came to be so. */
export function SchemaTab({ dataset, onLook }: SchemaTabProps) {
  const w = useBrowseWords().browse.schema
  const version = useEngine((state) => state.version)
  const { value, failure } = useQuery(
    `${version} ${dataset}`,
    (signal) => ask('dataset-schema', { dataset }, { signal }),
    { about: dataset },
  )
  if (failure !== null) return <p className="px-4 py-3 text-bad">{failure}</p>
  if (value === null) return <p className="px-4 py-3 text-ink-soft">{w.inferring}</p>
  const save = () =>
    saveFile(
      formatPart(value.jsonSchema),
      `${dataset.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.schema.json`,
      'application/schema+json',
    )
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto px-4 py-3">
      <header className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 flex-1 text-ink-soft">{w.of(count(value.entities))}</p>
        <Button icon={<Download size={13} aria-hidden />} onClick={save}>
          {w.save}
        </Button>
      </header>
      <SchemaTable schema={value} onProperty={onLook} />
      <SchemaHistory history={value.history} />
    </div>
  )
}
