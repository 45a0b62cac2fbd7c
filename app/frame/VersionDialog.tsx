import { useWords } from '../i18n/i18n.ts'
import { closeDialog, useDialogs } from '../store/dialogs.ts'
import { useProject } from '../store/project/project.ts'
import { saveVersion } from '../store/project/versions.ts'
import { toast } from '../store/toasts.ts'
import { NameDialog } from '../ui/NameDialog.tsx'

/** Keeps the open project as it is now, under a name. */
export function VersionDialog() {
  const w = useWords()
  const open = useDialogs((state) => state.open === 'version')
  const id = useProject((state) => state.id)
  if (!open || id === null) return null
  return (
    <NameDialog
      title={w.versions.name}
      name=""
      onClose={closeDialog}
      onName={(name) => {
        closeDialog()
        void saveVersion(name).then(() => toast(w.versions.kept(name)))
      }}
    />
  )
}
