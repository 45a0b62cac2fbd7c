import { Download } from 'lucide-react'
import type { AnswerOf } from '../../../engine-worker/index.ts'
import { formatPart } from '../../../engine-worker/index.ts'
import { useBrowseWords } from '../../data/browse-words.ts'
import { useTextOfTransit } from '../../data/ShownValue.tsx'
import { count, percent } from '../../i18n/numbers.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { saveFile } from '../../store/save-file.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'

type Schema = AnswerOf<'dataset-schema'>
type Property = Schema['properties'][number]

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
      <div className="overflow-x-auto rounded-lg border border-line bg-surface">
        <table className="w-full" aria-label={w.property}>
          <thead className="bg-sunken text-left text-ink-soft">
            <tr>
              {[w.property, w.types].map((each) => (
                <th key={each} scope="col" className="px-3 py-1 font-semibold">
                  {each}
                </th>
              ))}
              {[w.present, w.different].map((each) => (
                <th key={each} scope="col" className="px-3 py-1 text-right font-semibold">
                  {each}
                </th>
              ))}
              <th scope="col" className="px-3 py-1 font-semibold">
                {w.examples}
              </th>
            </tr>
          </thead>
          <tbody>
            <Rows properties={value.properties} of={value.entities} depth={0} onLook={onLook} />
          </tbody>
        </table>
      </div>
      <section className="flex flex-col gap-1">
        <h2 className="eyebrow">{w.history}</h2>
        {value.history.length === 0 && <p className="text-ink-soft">{w.noHistory}</p>}
        <ol className="flex flex-col gap-1">
          {value.history.toReversed().map((change) => (
            <HistoryLine key={`${change.is} ${change.property} ${change.updated}`} change={change} />
          ))}
        </ol>
      </section>
    </div>
  )
}

function HistoryLine({ change }: { readonly change: Schema['history'][number] }) {
  const w = useBrowseWords().browse.schema
  const { is, property, before, after, updated, at, run } = change
  const text =
    is === 'added'
      ? w.added(property)
      : is === 'removed'
        ? w.removed(property)
        : w.typed(property, before.join(' | '), after.join(' | '))
  return (
    <li className="flex flex-wrap items-baseline gap-x-3">
      <span className="mono">{text}</span>
      <span className="text-ink-soft">
        {run === null ? w.atVersion(updated) : w.sinceRun(run)} · {new Date(at).toLocaleString()}
      </span>
    </li>
  )
}

interface RowsProps {
  readonly properties: readonly Property[]
  /** Dicts that might have them. */
  readonly of: number
  readonly depth: number
  readonly onLook?: (property: string) => void
}

function Rows({ properties, of, depth, onLook }: RowsProps) {
  const textOf = useTextOfTransit()
  return properties.map((property) => {
    const { name, types, items, present, distinct, more, examples } = property
    const kinds = types.map(({ kind, count: times }) => (types.length > 1 ? `${kind} (${count(times)})` : kind))
    const inside = items.length > 0 ? ` [${items.map(({ kind }) => kind).join(' | ')}]` : ''
    return [
      <tr key={name} className="border-t border-line align-top">
        <th scope="row" className="px-3 py-1 text-left font-normal" style={{ paddingLeft: 12 + 18 * depth }}>
          {onLook ? (
            <button type="button" className="mono link break-all" onClick={() => onLook(name)}>
              {name}
            </button>
          ) : (
            <span className="mono break-all">{name}</span>
          )}
        </th>
        <td className="px-3 py-1">
          {kinds.join(', ')}
          {inside}
        </td>
        <td className="px-3 py-1 text-right tabular-nums" title={count(present)}>
          {percent(present / Math.max(1, of))}
        </td>
        <td className="px-3 py-1 text-right tabular-nums">{more ? `${count(distinct)}+` : count(distinct)}</td>
        <td className="mono max-w-80 truncate px-3 py-1 text-ink-soft">{examples.map(textOf).join(', ')}</td>
      </tr>,
      ...(property.properties.length > 0
        ? [<Rows key={`${name}.`} properties={property.properties} of={present} depth={depth + 1} />]
        : []),
    ]
  })
}
