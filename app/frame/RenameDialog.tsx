import { useWords } from '../i18n/i18n.ts'
import { closeDialog, useDialogs } from '../store/dialogs.ts'
import { useProject } from '../store/project/project.ts'
import { renameStoredProject } from '../store/project/projects.ts'
import { NameDialog } from '../ui/NameDialog.tsx'

/** The dialog that renames the open project. */
export function RenameDialog() {
  const w = useWords()
  const open = useDialogs((state) => state.open === 'rename')
  const id = useProject((state) => state.id)
  const name = useProject((state) => state.document.name)
  if (!open || id === null) return null
  return (
    <NameDialog
      title={w.projects.rename}
      name={name}
      onClose={closeDialog}
      onName={(next) => {
        closeDialog()
        void renameStoredProject(id, next)
      }}
    />
  )
}
