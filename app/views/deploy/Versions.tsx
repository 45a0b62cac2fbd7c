import { History, RotateCcw, Trash2 } from 'lucide-react'
import { type FormEvent, useMemo, useState } from 'react'
import { ago, useWords } from '../../i18n/i18n.ts'
import type { VersionRow } from '../../store/disk/schema.ts'
import { useProject } from '../../store/project/project.ts'
import {
  removeVersion,
  restoreVersion,
  saveVersion,
  useVersions,
  versionContent,
} from '../../store/project/versions.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Input } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Changes } from './Changes.tsx'
import { changesBetween } from './changes.ts'

/** Kept states of the project at the left; what has changed since the chosen one at the right. */
export function Versions() {
  const w = useWords()
  const rows = useVersions((state) => state.rows) ?? []
  const readOnly = useProject((state) => state.readOnly)
  const [name, setName] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const shown = rows.find(({ id }) => id === chosen) ?? rows[0]
  const keepVersionNow = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    void saveVersion(name.trim())
    setName('')
    setChosen(null)
  }
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex w-56 shrink-0 flex-col border-r border-line bg-surface lg:w-80">
        {!readOnly && (
          <form onSubmit={keepVersionNow} className="flex gap-2 border-b border-line p-2">
            <Input
              aria-label={w.versions.name}
              placeholder={w.versions.name}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <Button type="submit" disabled={name.trim() === ''}>
              {w.versions.keep}
            </Button>
          </form>
        )}
        <ul aria-label={w.versions.title} className="min-h-0 flex-1 overflow-auto p-2">
          {rows.map((row) => (
            <li key={row.id} className="group relative">
              <button
                type="button"
                aria-current={row === shown ? 'true' : undefined}
                onClick={() => setChosen(row.id)}
                className={classes(
                  'flex w-full flex-col rounded-md px-2 py-1 text-left',
                  row === shown ? 'bg-accent-soft' : 'hover:bg-hover',
                )}
              >
                <span className={classes('truncate pr-7', row.automatic ? 'text-ink-soft' : 'font-semibold')}>
                  {row.automatic && row.name === '' ? w.versions.automatic : row.name}
                </span>
                <span className="text-tiny text-ink-soft" title={new Date(row.made).toLocaleString()}>
                  {ago(row.made, w)} · {w.versions.pipes(row.pipes)}
                </span>
              </button>
              {!readOnly && (
                <span className="absolute top-1 right-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100">
                  <IconButton label={w.versions.remove(row.name)} onClick={() => void removeVersion(row)}>
                    <Trash2 size={14} aria-hidden />
                  </IconButton>
                </span>
              )}
            </li>
          ))}
        </ul>
      </div>
      {shown ? (
        <Version key={shown.id} row={shown} />
      ) : (
        <Empty icon={<History size={20} aria-hidden />} title={w.versions.none}>
          {w.versions.noneSays}
        </Empty>
      )}
    </div>
  )
}

/** What has changed since a kept state, and the way back to it. */
function Version({ row }: { readonly row: VersionRow }) {
  const w = useWords()
  const content = useProject((state) => state.document.content)
  const readOnly = useProject((state) => state.readOnly)
  const { value: kept } = useQuery(row, () => versionContent(row), { about: row })
  const changes = useMemo(() => (kept ? changesBetween(kept, content) : []), [kept, content])
  const title = row.automatic ? w.versions.automatic : row.name
  return (
    <section aria-label={title} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <header className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2">
        <h2 className="min-w-0 flex-1 text-ink-soft">
          {kept ? w.versions.since(title, changes.length) : w.common.loading}
        </h2>
        {!readOnly && (
          <Button
            icon={<RotateCcw size={14} aria-hidden />}
            disabled={changes.length === 0}
            onClick={() => void restoreVersion(row, w.versions.restored(title))}
          >
            {w.versions.restore}
          </Button>
        )}
      </header>
      {kept && changes.length > 0 && <Changes changes={changes} />}
    </section>
  )
}
