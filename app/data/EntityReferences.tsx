import { Download } from 'lucide-react'
// papaparse: CSV with quotes and line ends inside cells.
import type { AnswerOf } from '../../engine-worker/index.ts'
import { href } from '../route.ts'
import { ask } from '../store/engine/open-project.ts'
import { useEngine } from '../store/engine/state.ts'
import { useProject } from '../store/project/project.ts'
import { saveFile } from '../store/save-file.ts'
import { useQuery } from '../store/use-query.ts'
import { Button } from '../ui/Button.tsx'
import { useBrowseWords } from './browse-words.ts'
import { spreadsheetCsv } from './csv-formulas.ts'

type Reach = AnswerOf<'identifier-reach'>

/** Where the identifiers of an entity are: in itself, in what was merged, in everything that refers to it. */
export function EntityReferences({ id }: { readonly id: string }) {
  const w = useBrowseWords()
  const words = useBrowseWords().browse.references
  const version = useEngine((state) => state.version)
  const { value, failure } = useQuery(`${version} ${id}`, (signal) => ask('identifier-reach', id, { signal }), {
    about: id,
  })
  if (failure !== null) return <p className="px-4 py-3 text-bad">{failure}</p>
  if (value === null) return <p className="px-4 py-3 text-ink-soft">{w.common.loading}</p>
  const file = id.replace(/[^\p{L}\p{N}._-]+/gu, '-')
  const save = () => saveFile(JSON.stringify(value, null, 2), `${file}.json`, 'application/json')
  const saveTable = () => {
    const rows = value.places.map(({ dataset, id: of, how, properties }) => [dataset, of, how, properties.join(', ')])
    saveFile(spreadsheetCsv([['dataset', '_id', 'how', 'properties'], ...rows]), `${file}.csv`, 'text/csv')
  }
  const referring = value.places.filter(({ how }) => how === 'refers')
  const counts = [...new Set(referring.map(({ dataset }) => dataset))].map((dataset) => ({
    dataset,
    places: referring.filter((place) => place.dataset === dataset).length,
  }))
  return (
    <div className="flex flex-col gap-4 px-4 py-3">
      <div className="flex flex-wrap gap-2">
        <p className="w-full text-ink-soft">
          {value.ids.length > 1 ? w.browse.reach.ids(value.ids.length) : w.browse.reach.says}
          {!value.complete && ` ${w.browse.reach.incomplete}`}
        </p>
        <Button small icon={<Download size={13} aria-hidden />} onClick={save}>
          {w.browse.reach.save}
        </Button>
        <Button small icon={<Download size={13} aria-hidden />} onClick={saveTable}>
          {words.saveCsv}
        </Button>
      </div>
      {counts.length > 0 && (
        <p>
          {words.referred} {counts.map(({ dataset, places }) => words.of(places, dataset)).join(' · ')}
        </p>
      )}
      {value.ids.length > 1 && (
        <ul className="flex flex-wrap gap-1.5">
          {value.ids.map((each) => (
            <li key={each} className="mono rounded-md border border-line px-1.5 text-tiny">
              {each}
            </li>
          ))}
        </ul>
      )}
      <Places label={w.browse.reach.same} places={value.places.filter(({ how }) => how === 'same')} />
      <Places label={w.browse.reach.refers} places={value.places.filter(({ how }) => how === 'refers')} />
    </div>
  )
}

function Places({ label, places }: { readonly label: string; readonly places: Reach['places'] }) {
  const w = useBrowseWords()
  const project = useProject((state) => state.id)
  const datasets = [...new Set(places.map(({ dataset }) => dataset))]
  return (
    <section>
      <h3 className="eyebrow mb-1">{label}</h3>
      {places.length === 0 && <p className="text-ink-soft">{w.browse.reach.nothing}</p>}
      {datasets.map((dataset) => (
        <div key={dataset} className="mb-3">
          <h4 className="font-semibold">{dataset}</h4>
          <ul className="mt-1 flex flex-col gap-0.5">
            {places.flatMap(({ dataset: of, id, properties }) =>
              of !== dataset || project === null ? (
                []
              ) : (
                <li key={id} className="flex flex-wrap items-baseline gap-x-2">
                  <a
                    className="mono min-h-6 break-all text-accent underline"
                    href={href({ at: 'data', project, dataset, entity: id })}
                  >
                    {id}
                  </a>
                  <span className="mono break-all text-tiny text-ink-soft">{properties.join(', ')}</span>
                </li>
              ),
            )}
          </ul>
        </div>
      ))}
    </section>
  )
}
