import { useMemo, useState } from 'react'
import { printJson, type RenameEdit, references, rename, renameProject } from '../../../engine-worker/index.ts'
import { goToPlace, type RenameTarget, useNames, valuesOf } from '../../pipe/names.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { shortText } from '../../pipe/preview-store.ts'
import { go } from '../../route.ts'
import { useDeclared, useFunctionTable } from '../../store/catalogue.ts'
import { loadCatalogue } from '../../store/engine/open-project.ts'
import { editContent, useContent, useProject } from '../../store/project/project.ts'
import { keepVersion } from '../../store/project/versions.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormField, Input } from '../../ui/Field.tsx'

/** Where a name is used; with another name, what would change where, before it does. */
export function NamesDialog() {
  const asked = useNames((state) => state.asked)
  const isKnown = useDeclared() !== null
  if (asked === null) return null
  // Without the declared functions, names in their arguments would be missed.
  return isKnown ? <Uses key={`${asked.what} ${asked.from}`} asked={asked} /> : <Loading asked={asked} />
}

function Loading({ asked }: { readonly asked: RenameTarget }) {
  const w = usePipeWords()
  const { failure } = useQuery('catalogue', loadCatalogue)
  return (
    <Dialog
      open
      wide
      onClose={() => useNames.setState({ asked: null })}
      title={w.pipe.names.title(w.pipe.names.kinds[asked.what], asked.from)}
      says={failure ?? w.common.loading}
    >
      {null}
    </Dialog>
  )
}

function Uses({ asked }: { readonly asked: RenameTarget }) {
  const w = usePipeWords()
  const content = useContent()
  const readOnly = useProject((state) => state.readOnly)
  const [to, setTo] = useState(asked.from)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const functions = useFunctionTable()
  const values = useMemo(() => valuesOf(content), [content])
  const { edits, problems } = useMemo(() => rename(values, { ...asked, to }, functions), [values, asked, to, functions])
  const uses = useMemo(() => usesOf(references(values, functions), asked), [values, asked, functions])
  const changes = to !== asked.from && to !== ''
  const chosen = edits.filter((edit) => !left.has(keyOf(edit)))
  const close = () => useNames.setState({ asked: null })
  const apply = () => {
    void keepVersion(w.versions.beforeRename(asked.from))
    editContent(w.pipe.names.step(asked.from, to), (before) => renameProject(before, { ...asked, to }, chosen))
    close()
    if (asked.what === 'pipe') go({ at: 'pipe', project: useProject.getState().id ?? '', pipe: to })
  }
  return (
    <Dialog
      open
      wide
      onClose={close}
      title={w.pipe.names.title(w.pipe.names.kinds[asked.what], asked.from)}
      says={w.pipe.names.says(uses.length)}
      footer={
        readOnly ? undefined : (
          <Button look="main" disabled={!changes || problems.length > 0 || chosen.length === 0} onClick={apply}>
            {w.pipe.names.rename(chosen.length)}
          </Button>
        )
      }
    >
      <div className="flex min-h-0 flex-col gap-3">
        {!readOnly && (
          <FormField
            label={w.pipe.names.newName}
            problem={changes && problems[0] ? w.engine.message(problems[0]) : null}
          >
            {(ids) => <Input mono {...ids} value={to} onChange={(event) => setTo(event.target.value)} />}
          </FormField>
        )}
        <ul className="flex max-h-96 flex-col overflow-auto" aria-label={w.pipe.names.says(uses.length)}>
          {changes
            ? edits.map((edit) => (
                <li key={keyOf(edit)} className="border-t border-line py-1">
                  <label className="flex items-start gap-2">
                    <input
                      type="checkbox"
                      className="mt-1 accent-accent"
                      checked={!left.has(keyOf(edit))}
                      onChange={() => setLeft(withToggled(left, keyOf(edit)))}
                    />
                    <span className="min-w-0 flex-1">
                      <Place component={edit.component} path={edit.path} />
                      {edit.before !== undefined && (
                        <span className="mono block truncate bg-bad-soft px-1 text-tiny">
                          − {shortText(printJson(edit.before), 100)}
                        </span>
                      )}
                      <span className="mono block truncate bg-good-soft px-1 text-tiny">
                        + {shortText(printJson(edit.after), 100)}
                      </span>
                    </span>
                  </label>
                </li>
              ))
            : uses.map((use) => (
                <li key={`${use.component} ${use.path.join('/')} ${use.start}`} className="border-t border-line">
                  <button
                    type="button"
                    className="w-full rounded-sm px-1 py-1 text-left hover:bg-hover"
                    onClick={() => {
                      close()
                      goToPlace(content, use.component, use.path)
                    }}
                  >
                    <Place component={use.component} path={use.path} />
                    {use.definition && <span className="ml-2 text-tiny text-accent">{w.pipe.names.made}</span>}
                  </button>
                </li>
              ))}
        </ul>
      </div>
    </Dialog>
  )
}

function Place({ component, path }: { readonly component: string; readonly path: readonly (string | number)[] }) {
  return (
    <span>
      <b>{component}</b> <span className="mono text-tiny text-ink-soft">{path.join(' / ')}</span>
    </span>
  )
}

/** The places that name the same thing. */
function usesOf(all: ReturnType<typeof references>, { what, from, component, scope }: RenameTarget) {
  const local = what === 'rule' || what === 'alias'
  return all.filter(
    (each) =>
      each.name === from &&
      (each.what === what || (what === 'pipe' && each.what === 'dataset')) &&
      (!local || (each.component === component && each.scope === scope)),
  )
}

function keyOf({ component, path, at }: RenameEdit): string {
  return `${component} ${at} ${path.join('/')}`
}

function withToggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set)
  if (!next.delete(key)) next.add(key)
  return next
}
