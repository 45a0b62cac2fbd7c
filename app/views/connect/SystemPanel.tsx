import { useState } from 'react'
import { addComponent, componentById, isObject, type KindDeclaration } from '../../../engine-worker/index.ts'
import { useWords } from '../../i18n/i18n.ts'
import { go } from '../../route.ts'
import { documentationOf } from '../../store/catalogue.ts'
import { editContent, useContent, useProject } from '../../store/project/project.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/Button.tsx'
import { FormField, Input } from '../../ui/Field.tsx'
import { KindIcon } from '../../ui/KindIcon.tsx'
import { useConnectWords } from './connect-words.ts'
import { isSystemName } from './system-name.ts'

/** A built-in system: what it does, what it needs, and adding one to the project. */
export function SystemPanel({ project, kind }: { readonly project: string; readonly kind: KindDeclaration }) {
  const w = useConnectWords()
  const words = useWords()
  const content = useContent()
  const readOnly = useProject((state) => state.readOnly)
  const [name, setName] = useState(kind.type.replace(/^system:/, ''))
  const isTaken = componentById(content, name) !== undefined
  const problem = !isSystemName(name) ? w.badName : isTaken ? w.taken(name) : null
  const fields = kind.fields
    .filter(({ deprecated }) => deprecated === undefined)
    .toSorted((a, b) => Number(b.required ?? false) - Number(a.required ?? false))
  const add = () => {
    const config = { _id: name, ...(isObject(kind.template) ? kind.template : {}), type: kind.type }
    editContent(w.createStep(name), (before) => addComponent(before, config).project)
    toast(w.done(name))
    go({ at: 'flow', project })
  }
  return (
    <div className="min-h-0 flex-1 overflow-auto p-4">
      <header className="flex flex-wrap items-end gap-3">
        <span className="flex size-9 shrink-0 items-center justify-center rounded-md border border-line bg-sunken">
          <KindIcon icon={kind.icon} size={20} />
        </span>
        <div className="min-w-60 flex-1">
          <h2 className="text-head">{kind.label}</h2>
          <p className="text-tiny text-ink-soft">
            {w.system} · <code>{kind.type}</code> ·{' '}
            <a className="link" href={documentationOf(kind)} target="_blank" rel="noreferrer">
              {words.forms.documentation}
            </a>
          </p>
        </div>
        <div className="w-56">
          <FormField label={w.name} problem={problem}>
            {(ids) => <Input mono {...ids} value={name} onChange={({ target }) => setName(target.value)} />}
          </FormField>
        </div>
        <Button look="main" disabled={readOnly || problem !== null} onClick={add}>
          {w.addSystem}
        </Button>
      </header>
      <p className="mt-3 max-w-prose">{kind.says}</p>
      {kind.more !== undefined && <p className="max-w-prose text-ink-soft">{kind.more}</p>}
      <h2 className="eyebrow mt-4 mb-1">{w.properties(fields.length)}</h2>
      <dl className="rounded-lg border border-line bg-surface">
        {fields.map(({ name: field, says, required }) => (
          <div key={field} className="border-b border-line px-3 py-1.5 last:border-b-0">
            <dt>
              {words.engine.field(field)} <code className="text-tiny text-ink-faint">{field}</code>
              {required && <span className="ml-2 text-tiny text-warn">{w.needed}</span>}
            </dt>
            <dd className="text-ink-soft">{says}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
