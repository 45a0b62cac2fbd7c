import { useState } from 'react'
import {
  addComponent,
  componentById,
  type Field,
  fieldAims,
  isObject,
  type KindDeclaration,
  systemTypes,
} from '../../../engine-worker/index.ts'
import { KindExampleView } from '../../data/KindExampleView.tsx'
import { useKindExampleWords } from '../../data/kind-example-words.ts'
import { useWords } from '../../i18n/i18n.ts'
import { go } from '../../route.ts'
import { documentationOf, useCatalogue } from '../../store/catalogue.ts'
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
  const exampleWords = useKindExampleWords()
  const content = useContent()
  const readOnly = useProject((state) => state.readOnly)
  const [name, setName] = useState(kind.type.replace(/^system:/, ''))
  const isTaken = componentById(content, name) !== undefined
  const problem = !isSystemName(name) ? w.badName : isTaken ? w.taken(name) : null
  const users = (useCatalogue()?.kinds ?? []).filter((each) => systemTypes(each).includes(kind.type))
  const fields = kind.fields
    .filter(({ deprecated }) => deprecated === undefined)
    .toSorted((a, b) => placeOf(a) - placeOf(b))
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
      <h2 className="eyebrow mt-4 mb-1">{exampleWords.title}</h2>
      <KindExampleView example={kind.example} />
      {users.length > 0 && <h2 className="eyebrow mt-4 mb-1">{w.usedBy}</h2>}
      {users.map((user) => (
        <details key={`${user.role} ${user.type}`} className="border-t border-line py-2">
          <summary>
            <span className="font-medium">{user.label}</span>{' '}
            <span className="text-tiny text-ink-soft">{words.kindRoles[user.role]}</span>{' '}
            <span className="text-ink-soft">{user.says}</span>
          </summary>
          <div className="mt-2">
            <KindExampleView example={user.example} />
          </div>
        </details>
      ))}
      <h2 className="eyebrow mt-4 mb-1">{w.properties(fields.length)}</h2>
      <dl className="rounded-lg border border-line bg-surface">
        {fields.map(({ name: field, says, required, doc }) => (
          <div key={field} className="border-b border-line px-3 py-1.5 last:border-b-0">
            <dt>
              {words.engine.field(field)}
              {words.engine.field(field) !== field && <code className="ml-1 text-tiny text-ink-faint">{field}</code>}
              {required && <span className="ml-2 text-tiny text-warn">{w.needed}</span>}
            </dt>
            <dd className="text-ink-soft">
              {says}{' '}
              {doc !== undefined && (
                <a
                  className="link"
                  href={documentationOf({ doc })}
                  aria-label={words.forms.documentationOf(field)}
                  target="_blank"
                  rel="noreferrer"
                >
                  {words.forms.documentation}
                </a>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** The needed ones first, then in the order of forms, the advanced ones last. */
function placeOf({ required, advanced, aim }: Field): number {
  if (required) return 0
  return (advanced ? 100 : 1) + (aim === undefined ? 0 : fieldAims.indexOf(aim) + 1)
}
