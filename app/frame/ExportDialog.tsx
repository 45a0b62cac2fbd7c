import { FileArchive, FolderOpen } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useWords } from '../i18n/i18n.ts'
import { closeDialog, useDialogs } from '../store/dialogs.ts'
import { failureText } from '../store/failure.ts'
import { type ExportKind, hasPrograms, saveFolder, saveZip } from '../store/project/exports.ts'
import { useProject } from '../store/project/project.ts'
import { markExported } from '../store/project/projects.ts'
import { keepVersion } from '../store/project/versions.ts'
import { canWriteFolders } from '../store/save-file.ts'
import { toast } from '../store/toasts.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'

/** The dialog that exports the project. */
export function ExportDialog() {
  const w = useWords()
  const open = useDialogs((state) => state.open === 'export')
  const inProject = useProject((state) => state.id !== null)
  const [chosen, setKind] = useState<ExportKind>('project')
  const content = useProject((state) => (open ? state.document.content : null))
  const kinds = useMemo<readonly ExportKind[]>(
    () => ['project', 'deploy', ...(content !== null && hasPrograms(content) ? ['services' as const] : [])],
    [content],
  )
  const kind = kinds.includes(chosen) ? chosen : 'project'
  const finishExport = () => {
    closeDialog()
    void markExported().then(() => keepVersion(w.versions.exported))
  }
  const exportZip = async () => {
    const { document, id } = useProject.getState()
    try {
      await saveZip(document.content, document.name, kind, id)
      toast(w.exporting.saved(document.name))
      finishExport()
    } catch (error) {
      toast(w.exporting.failed(failureText(error)), 'bad')
    }
  }
  const exportFolder = async () => {
    try {
      const { document, id } = useProject.getState()
      const written = await saveFolder(document.content, kind, id)
      toast(w.exporting.written(written))
      finishExport()
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return
      toast(w.exporting.failed(failureText(error)), 'bad')
    }
  }
  return (
    <Dialog
      open={open && inProject}
      onClose={closeDialog}
      title={w.exporting.title}
      says={w.exporting.says}
      footer={
        <>
          {canWriteFolders() && (
            <Button icon={<FolderOpen size={14} aria-hidden />} onClick={() => void exportFolder()}>
              {w.exporting.folder}
            </Button>
          )}
          <Button look="main" icon={<FileArchive size={14} aria-hidden />} onClick={() => void exportZip()}>
            {w.exporting.zip}
          </Button>
        </>
      }
    >
      <fieldset className="flex flex-col gap-3">
        <legend className="sr-only">{w.exporting.what}</legend>
        {kinds.map((each) => (
          <label
            key={each}
            className="flex cursor-pointer items-start gap-3 rounded-lg border border-line p-3 has-checked:border-accent has-checked:bg-accent-soft"
          >
            <input
              type="radio"
              name="kind"
              className="mt-1 accent-accent"
              checked={kind === each}
              onChange={() => setKind(each)}
            />
            <span>
              <span className="block font-semibold">{w.exporting.kinds[each]}</span>
              <span className="block text-ink-soft">{w.exporting.kindSays[each]}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </Dialog>
  )
}
