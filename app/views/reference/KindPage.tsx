import {
  type Field,
  type FieldType,
  fieldsInside,
  formatPart,
  type KindDeclaration,
  printJson,
} from '../../../engine-worker/index.ts'
import { JsonText } from '../../data/JsonText.tsx'
import { KindExampleView } from '../../data/KindExampleView.tsx'
import { useKindExampleWords } from '../../data/kind-example-words.ts'
import { documentationOf } from '../../store/catalogue.ts'
import { type ReferenceWords, useReferenceWords } from './reference-words.ts'

/** One source, transform, sink, system and so on: what it does, where it runs, and every property it has. */
export function KindPage({ declaration }: { readonly declaration: KindDeclaration }) {
  const w = useReferenceWords()
  const exampleWords = useKindExampleWords()
  const { role, type, label, says, more, runs, fields, template, example, doc } = declaration
  const rows = rowsOf(fields)
  return (
    <article className="min-h-0 flex-1 overflow-auto px-6 py-5">
      <div className="max-w-4xl">
        <p className="eyebrow">{w.kindRoles[role]}</p>
        <h1 className="my-1 text-head">
          {label} <code className="mono ml-1 text-title text-ink-soft">{type}</code>
        </h1>
        <p>{says}</p>
        {more !== undefined && <p className="mt-2 text-ink-soft">{more}</p>}
        <p className="mt-2 text-ink-soft">{w.reference.runs[runs]}</p>
        <h2 className="mt-6 mb-2 text-title">{w.reference.properties}</h2>
        <dl>
          {rows.map(({ path, field }) => (
            <div key={path} className="grid gap-x-4 border-b border-line py-1.5 sm:grid-cols-[minmax(8rem,2fr)_3fr]">
              <dt className="mono min-w-0 break-words">{path}</dt>
              <dd className="min-w-0">
                <span className="text-ink-soft">{factsOf(field, w).join(' · ')}</span>
                <span className="block">{field.says}</span>
                {field.doc !== undefined && (
                  <a className="link" href={documentationOf({ doc: field.doc })} target="_blank" rel="noreferrer">
                    {w.forms.documentation}
                  </a>
                )}
                {field.deprecated !== undefined && (
                  <span className="block text-warn">{w.reference.deprecated(field.deprecated)}</span>
                )}
              </dd>
            </div>
          ))}
        </dl>
        <h2 className="mt-6 mb-2 text-title">{w.reference.template}</h2>
        <div className="rounded-lg border border-line bg-surface">
          <JsonText label={w.reference.template} text={formatPart(template)} />
        </div>
        <h2 className="mt-6 mb-2 text-title">{exampleWords.title}</h2>
        <KindExampleView example={example} />
        <p className="mt-6 text-tiny text-ink-faint">
          <a className="link" href={documentationOf(declaration)} target="_blank" rel="noreferrer">
            {w.reference.documented(doc)}
          </a>
        </p>
      </div>
    </article>
  )
}

interface Row {
  readonly path: string
  readonly field: Field
}

/** The fields with those of objects inside of them, by their path. */
function rowsOf(fields: readonly Field[], before = ''): readonly Row[] {
  return fields.flatMap((field) => {
    const path = before + field.name
    return [{ path, field }, ...rowsOf(fieldsInside(field.type), `${path}${isList(field.type) ? '[].' : '.'}`)]
  })
}

function isList(type: FieldType): boolean {
  return type.is === 'list' || (type.is === 'either' && type.of.some(isList))
}

function factsOf(field: Field, w: ReferenceWords): readonly string[] {
  return [
    typeText(field.type, w),
    ...(field.required ? [w.reference.quantifiers.one] : []),
    ...(field.default === undefined ? [] : [w.forms.byDefault(printJson(field.default))]),
    ...(field.sesamOnly ? [w.forms.sesamOnly] : []),
  ]
}

function typeText(type: FieldType, w: ReferenceWords): string {
  const { types } = w.reference
  switch (type.is) {
    case 'choice':
      return type.of.map((each) => `"${each}"`).join(' | ')
    case 'reference':
      return types.reference[type.to]
    case 'kind':
      return types.kind[type.of]
    case 'list':
      return types.list(typeText(type.of, w))
    case 'map':
      return types.map(typeText(type.of, w))
    case 'either':
      return type.of.map((each) => typeText(each, w)).join(' | ')
    default:
      return types[type.is]
  }
}
