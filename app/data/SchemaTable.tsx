import type { ReactNode } from 'react'
import type { AnswerOf } from '../../engine-worker/index.ts'
import { count, percent } from '../i18n/numbers.ts'
import { useBrowseWords } from './browse-words.ts'
import { useTextOfTransit } from './ShownValue.tsx'

type Schema = AnswerOf<'dataset-schema'>
type Property = Schema['properties'][number]

interface SchemaTableProps {
  readonly schema: Pick<Schema, 'entities' | 'properties'>
  /** Does something with a property when its name is clicked. */
  readonly onProperty?: (property: string) => void
  /** The description of a top-level property, in a last column with this heading. */
  readonly described?: { readonly heading: string; readonly of: (property: string) => ReactNode }
}

/** An inferred schema as a table: properties at every depth with their types, presence and examples. */
export function SchemaTable({ schema, onProperty, described }: SchemaTableProps) {
  const w = useBrowseWords().browse.schema
  return (
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
            {[w.examples, ...(described ? [described.heading] : [])].map((each) => (
              <th key={each} scope="col" className="px-3 py-1 font-semibold">
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Rows
            properties={schema.properties}
            of={schema.entities}
            depth={0}
            {...(onProperty ? { onProperty } : {})}
            {...(described ? { descriptionOf: described.of } : {})}
          />
        </tbody>
      </table>
    </div>
  )
}

/** How a schema came to be so, the latest change first. */
export function SchemaHistory({ history }: Pick<Schema, 'history'>) {
  const w = useBrowseWords().browse.schema
  return (
    <section className="flex flex-col gap-1">
      <h2 className="eyebrow">{w.history}</h2>
      {history.length === 0 && <p className="text-ink-soft">{w.noHistory}</p>}
      <ol className="flex flex-col gap-1">
        {history.toReversed().map((change) => (
          <HistoryLine key={`${change.is} ${change.property} ${change.updated}`} change={change} />
        ))}
      </ol>
    </section>
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
  readonly onProperty?: (property: string) => void
  readonly descriptionOf?: (property: string) => ReactNode
}

function Rows({ properties, of, depth, onProperty, descriptionOf }: RowsProps) {
  const textOf = useTextOfTransit()
  return properties.map((property) => {
    const { name, types, items, present, distinct, more, examples } = property
    const kinds = types.map(({ kind, count: times }) => (types.length > 1 ? `${kind} (${count(times)})` : kind))
    const inside = items.length > 0 ? ` [${items.map(({ kind }) => kind).join(' | ')}]` : ''
    return [
      <tr key={name} className="border-t border-line align-top">
        <th scope="row" className="px-3 py-1 text-left font-normal" style={{ paddingLeft: 12 + 18 * depth }}>
          {onProperty ? (
            <button type="button" className="mono link break-all" onClick={() => onProperty(name)}>
              {name}
            </button>
          ) : (
            <span className="mono break-all">{name}</span>
          )}
        </th>
        <td className="px-3 py-1">
          {kinds.join(' | ')}
          {inside}
        </td>
        <td className="px-3 py-1 text-right tabular-nums" title={count(present)}>
          {percent(present / Math.max(1, of))}
        </td>
        <td className="px-3 py-1 text-right tabular-nums">
          {more ? `${count(distinct)}+` : distinct > 0 && count(distinct)}
        </td>
        <td className="mono max-w-80 truncate px-3 py-1 text-ink-soft">{examples.map(textOf).join(', ')}</td>
        {descriptionOf && <td className="min-w-48 px-3 py-0.5">{descriptionOf(name)}</td>}
      </tr>,
      ...(property.properties.length > 0
        ? [
            <Rows
              key={`${name}.`}
              properties={property.properties}
              of={present}
              depth={depth + 1}
              {...(descriptionOf ? { descriptionOf: () => null } : {})}
            />,
          ]
        : []),
    ]
  })
}
