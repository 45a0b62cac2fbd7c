import type { ReactNode } from 'react'
import { formatPart, type Json, type KindExample, printJson } from '../../engine-worker/index.ts'
import { JsonText } from './JsonText.tsx'
import { useKindExampleWords } from './kind-example-words.ts'

/** The worked case of a kind: its configuration, what goes in with it and what comes out, each under its name. */
export function KindExampleView({ example }: { readonly example: KindExample }) {
  const w = useKindExampleWords()
  return (
    <div className="flex flex-col gap-2">
      <Part label={w.config} json={example.config} />
      {'system' in example && example.system !== undefined && <Part label={w.system} json={example.system} />}
      {'variables' in example && example.variables && <Part label={w.variables} json={example.variables} />}
      {'datasets' in example &&
        Object.entries(example.datasets ?? {}).map(([name, entities]) => (
          <Entities key={name} label={w.dataset(name)} entities={entities} />
        ))}
      {'reads' in example && <Texts label={w.reads} texts={example.reads ?? []} />}
      {'takes' in example && <Entities label={w.takes} entities={example.takes} />}
      {'answers' in example && <Texts label={w.answers} texts={example.answers ?? []} />}
      {'gives' in example && <Entities label={w.gives} entities={example.gives} />}
      {'sends' in example && <Texts label={w.sends} texts={example.sends ?? []} />}
      {'stores' in example && <Entities label={w.stores} entities={example.stores ?? []} />}
      {'table' in example && example.table && (
        <>
          <Entities label={w.takes} entities={example.table.takes} />
          <Texts label={w.sends} texts={example.table.sends ?? []} />
        </>
      )}
    </div>
  )
}

function Framed({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <p className="mb-0.5 text-tiny text-ink-soft">{label}</p>
      <div className="rounded-lg border border-line bg-surface">{children}</div>
    </div>
  )
}

function Part({ label, json }: { readonly label: string; readonly json: Json }) {
  return (
    <Framed label={label}>
      <JsonText label={label} text={formatPart(json)} />
    </Framed>
  )
}

/** Longer entities take several lines. */
const LINE = 90

/** One entity a line, long ones a property a line. */
function Entities({ label, entities }: { readonly label: string; readonly entities: readonly Json[] }) {
  const w = useKindExampleWords()
  const text = entities.length === 0 ? w.nothing : entities.map(entityText).join('\n')
  return (
    <Framed label={label}>
      <JsonText label={label} text={text} />
    </Framed>
  )
}

function entityText(entity: Json): string {
  const line = printJson(entity)
  return line.length > LINE ? formatPart(entity) : line
}

function Texts({ label, texts }: { readonly label: string; readonly texts: readonly string[] }) {
  return texts.map((text, index) => (
    <Framed key={index} label={texts.length === 1 ? label : `${label} ${index + 1}`}>
      <section tabIndex={0} aria-label={label} className="overflow-auto -outline-offset-2">
        <pre className="p-3 break-words whitespace-pre-wrap">{text}</pre>
      </section>
    </Framed>
  ))
}
