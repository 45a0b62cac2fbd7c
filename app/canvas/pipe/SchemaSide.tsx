import { useMemo } from 'react'
import { type PropertySchema, printValue, readEntity, schemaOf } from '../../../engine-worker/index.ts'
import { PropertyName } from '../../data/PropertyName.tsx'
import { ShownTransit } from '../../data/ShownValue.tsx'
import { count, percent } from '../../i18n/numbers.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'

interface SchemaSideProps {
  readonly title: string
  /** Entities as transit texts. */
  readonly texts: readonly string[]
}

/** What the entities at one side of a stage look like: each property with its types and how often it is there. */
export function SchemaSide({ title, texts }: SchemaSideProps) {
  const w = usePipeWords()
  const schema = useMemo(() => schemaOf(texts.map((text) => readEntity(text))), [texts])
  return (
    <div className="flex min-h-0 min-w-0 flex-col">
      <h2 className="eyebrow flex h-8 shrink-0 items-center gap-2 px-3">
        {title} <span className="normal-case">· {w.pipe.allEntities(schema.entities)}</span>
      </h2>
      <div
        role="region"
        aria-label={title}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto px-3 py-1 -outline-offset-2"
      >
        {schema.properties.length === 0 ? (
          <p className="text-ink-faint">{w.pipe.noEntity}</p>
        ) : (
          <table className="w-full">
            <thead className="text-left text-tiny text-ink-soft">
              <tr>
                <th className="py-1 pr-3 font-semibold">{w.pipe.schema.property}</th>
                <th className="py-1 pr-3 font-semibold">{w.pipe.schema.types}</th>
                <th className="py-1 pr-3 text-right font-semibold">{w.pipe.schema.present}</th>
                <th className="py-1 pr-3 text-right font-semibold">{w.pipe.schema.distinct}</th>
                <th className="py-1 font-semibold">{w.pipe.schema.example}</th>
              </tr>
            </thead>
            <tbody>
              <Rows properties={schema.properties} of={schema.entities} depth={0} />
            </tbody>
          </table>
        )}
      </div>
    </div>
  )
}

interface RowsProps {
  readonly properties: readonly PropertySchema[]
  /** Dicts at this place. */
  readonly of: number
  readonly depth: number
}

function Rows({ properties, of, depth }: RowsProps) {
  return properties.map((property) => {
    const { name, present, distinct, more, examples, properties: inside } = property
    const [example] = examples
    const dicts = [...property.types, ...property.items].find(({ kind }) => kind === 'dict')?.count ?? 0
    return [
      <tr key={name} className="border-t border-line/60">
        <td className="mono max-w-0 truncate py-0.5 pr-3" style={{ paddingLeft: depth * 14 }} title={name}>
          <PropertyName name={name} />
        </td>
        <td className="py-0.5 pr-3 text-ink-soft">{typesOf(property)}</td>
        <td className="py-0.5 pr-3 text-right whitespace-nowrap text-ink-soft">{percent(present / Math.max(1, of))}</td>
        <td className="py-0.5 pr-3 text-right text-ink-soft">
          {inside.length > 0 ? '' : `${count(distinct)}${more ? '+' : ''}`}
        </td>
        <td className="mono max-w-0 truncate py-0.5 text-ink-soft">
          {example !== undefined && <ShownTransit text={printValue(example)} />}
        </td>
      </tr>,
      ...(inside.length > 0
        ? [<Rows key={`${name}.`} properties={inside} of={Math.max(1, dicts)} depth={depth + 1} />]
        : []),
    ]
  })
}

function typesOf({ types, items }: PropertySchema): string {
  const names = items.map(({ kind }) => kind).join(' | ')
  return types.map(({ kind }) => (kind === 'list' && names !== '' ? `list of ${names}` : kind)).join(' | ')
}
