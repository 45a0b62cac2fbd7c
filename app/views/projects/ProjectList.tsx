import { Copy, Download, MoreHorizontal, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { ago, useWords } from '../../i18n/i18n.ts'
import { go, href } from '../../route.ts'
import { disk } from '../../store/disk/disk.ts'
import type { ProjectRow } from '../../store/disk/schema.ts'
import { useProject } from '../../store/project/project.ts'
import { duplicateProject, isOpenElsewhere, removeProject, renameStoredProject } from '../../store/project/projects.ts'
import { toast } from '../../store/toasts.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { NameDialog } from '../../ui/NameDialog.tsx'

/** The projects, last changed first, with what can be done with each. */
export function ProjectList({ rows }: { readonly rows: readonly ProjectRow[] }) {
  const w = useWords()
  const [renaming, setRenaming] = useState<ProjectRow | null>(null)
  const [deleting, setDeleting] = useState<ProjectRow | null>(null)
  return (
    <>
      <ul className="overflow-hidden rounded-xl border border-line bg-surface shadow-low">
        {rows.map((row) => (
          <li key={row.id} className="flex items-center border-b border-line pr-2 last:border-b-0 hover:bg-hover">
            <a
              href={href({ at: 'flow', project: row.id })}
              className="flex min-w-0 flex-1 items-baseline gap-4 rounded-md px-4 py-3 -outline-offset-2"
            >
              <span className="min-w-0 flex-1 truncate font-semibold">{row.name}</span>
              <span className="text-ink-soft">{w.projects.parts(row.pipes, row.systems)}</span>
              <span className="hidden w-36 text-right text-ink-faint sm:block">{ago(row.changed, w)}</span>
            </a>
            <ProjectMenu row={row} onRename={() => setRenaming(row)} onDelete={() => setDeleting(row)} />
          </li>
        ))}
      </ul>
      {renaming && (
        <NameDialog
          title={w.projects.rename}
          name={renaming.name}
          onClose={() => setRenaming(null)}
          onName={(name) => {
            setRenaming(null)
            void renameStoredProject(renaming.id, name)
          }}
        />
      )}
      {deleting && <DeleteDialog row={deleting} onClose={() => setDeleting(null)} />}
    </>
  )
}

interface ProjectMenuProps {
  readonly row: ProjectRow
  readonly onRename: () => void
  readonly onDelete: () => void
}

function ProjectMenu({ row, onRename, onDelete }: ProjectMenuProps) {
  const w = useWords()
  const duplicate = async () => {
    const id = await duplicateProject(row.id, w.projects.copyOf)
    if (id !== null) go({ at: 'flow', project: id })
  }
  return (
    <Menu
      align="end"
      groups={[
        [
          { id: 'rename', label: w.projects.renameAction, icon: <Pencil size={14} aria-hidden />, onSelect: onRename },
          {
            id: 'duplicate',
            label: w.projects.duplicate,
            icon: <Copy size={14} aria-hidden />,
            onSelect: () => void duplicate(),
          },
          {
            id: 'backup',
            label: w.projects.backup,
            icon: <Download size={14} aria-hidden />,
            onSelect: () => void backup(row, w.projects.backedUp),
          },
        ],
        [
          {
            id: 'delete',
            label: w.projects.deleteAction,
            icon: <Trash2 size={14} aria-hidden />,
            danger: true,
            onSelect: onDelete,
          },
        ],
      ]}
      trigger={
        <button
          type="button"
          aria-label={w.projects.actions(row.name)}
          className="inline-flex size-7 items-center justify-center rounded-md text-ink-soft hover:bg-surface hover:text-ink"
        >
          <MoreHorizontal size={16} aria-hidden />
        </button>
      }
    />
  )
}

async function backup(row: ProjectRow, says: (name: string) => string): Promise<void> {
  const { id, document } = useProject.getState()
  const content = id === row.id ? document.content : (await disk.load(row.id))?.document.content
  if (!content) return
  const { saveZip } = await import('../../store/project/exports.ts')
  await saveZip(content, row.name, 'project', row.id)
  toast(says(row.name))
}

function DeleteDialog({ row, onClose }: { readonly row: ProjectRow; readonly onClose: () => void }) {
  const w = useWords()
  const { value: openElsewhere } = useQuery(row.id, () => isOpenElsewhere(row.id))
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.projects.deleteTitle(row.name)}
      says={openElsewhere ? `${w.projects.deleteSays} ${w.elsewhere.openElsewhere}` : w.projects.deleteSays}
      footer={
        <>
          <Button onClick={() => void backup(row, w.projects.backedUp)}>{w.projects.backupFirst}</Button>
          <Button onClick={onClose}>{w.common.cancel}</Button>
          <Button
            look="danger"
            onClick={() => {
              onClose()
              void removeProject(row.id).then(
                () => toast(w.projects.deleted(row.name)),
                (error: unknown) => toast(String(error), 'bad'),
              )
            }}
          >
            {w.common.delete}
          </Button>
        </>
      }
    />
  )
}
