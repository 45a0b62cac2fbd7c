import type { CataloguedFunction } from '../../../engine-worker/index.ts'
import { ExampleView } from './ExampleView.tsx'
import { useReferenceWords } from './reference-words.ts'

type Argument = CataloguedFunction['takes'][number]

/** One function: what it does, what it takes and gives, and its examples, run here. */
export function FunctionPage({ declaration }: { readonly declaration: CataloguedFunction }) {
  const w = useReferenceWords()
  const { name, kind, group, says, more, takes, gives, examples, deprecated, doc } = declaration
  return (
    <article className="min-h-0 flex-1 overflow-auto px-6 py-5">
      <div className="max-w-3xl">
        <p className="eyebrow">
          {w.engine.declared(group)} · {w.reference.kinds[kind]}
        </p>
        <h1 className="mono my-1 text-head">{name}</h1>
        <p>{says}</p>
        {more !== undefined && <p className="mt-2 text-ink-soft">{more}</p>}
        {deprecated !== undefined && (
          <p className="mt-2 rounded-md bg-warn-soft px-3 py-1.5 text-warn">{w.reference.deprecated(deprecated)}</p>
        )}
        <p className="mono mt-4 rounded-lg border border-line bg-surface px-3 py-2">
          ["<b className="text-transform">{name}</b>"
          {takes.map((argument) => (
            <span key={argument.name} className="text-ink-soft">
              , <Signature argument={argument} />
            </span>
          ))}
          ]
          {gives !== 'nothing' && (
            <span className="text-ink-faint"> → {gives === 'same' ? w.reference.same : gives}</span>
          )}
        </p>
        {takes.length > 0 && (
          <dl className="mt-3">
            {takes.map((argument) => (
              <div key={argument.name} className="flex gap-4 border-b border-line py-1.5">
                <dt className="mono w-40 shrink-0">{argument.name}</dt>
                <dd className="min-w-0">
                  <span className="text-ink-soft">
                    {w.reference.modes[argument.mode](typeOf(argument))} ·{' '}
                    {w.reference.quantifiers[argument.quantifier]}
                  </span>
                  {argument.says !== undefined && <span className="block">{argument.says}</span>}
                </dd>
              </div>
            ))}
          </dl>
        )}
        <h2 className="mt-6 mb-2 text-title">{w.reference.examples}</h2>
        <ol className="flex flex-col gap-3">
          {examples.map((each, index) => (
            <li key={JSON.stringify([each.says, index])}>
              <ExampleView name={name} index={index} example={each} />
            </li>
          ))}
        </ol>
        <p className="mt-6 text-tiny text-ink-faint">{w.reference.documented(doc)}</p>
      </div>
    </article>
  )
}

function Signature({ argument }: { readonly argument: Argument }) {
  switch (argument.quantifier) {
    case 'optional':
      return <>[{argument.name}]</>
    case 'many':
      return <>{argument.name}…</>
    case 'any-number':
      return <>[{argument.name}…]</>
    default:
      return <>{argument.name}</>
  }
}

function typeOf({ type }: Argument): string {
  return typeof type === 'string' ? type : type.join(' | ')
}
