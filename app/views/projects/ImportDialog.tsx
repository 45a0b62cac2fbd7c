import { ClipboardPaste, FileArchive, FolderOpen } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { create } from 'zustand'
import { modelFile, type Project } from '../../../engine-worker/index.ts'
import { ProblemList } from '../../frame/ProblemList.tsx'
import { currentWords, useWords } from '../../i18n/i18n.ts'
import { go } from '../../route.ts'
import { closeDialog, useDialogs } from '../../store/dialogs.ts'
import { failureText } from '../../store/failure.ts'
import { configurationFiles, filesOfFolder, filesOfInput } from '../../store/project/import/chosen-files.ts'
import {
  type ImportContext,
  type ImportedProject,
  readFiles,
  readPastedText,
} from '../../store/project/import/read-project.ts'
import { addImported } from '../../store/project/new-projects.ts'
import { canWriteFolders } from '../../store/save-file.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/Field.tsx'
import { FileInput } from '../../ui/FileInput.tsx'

interface ImportState {
  /** Came in with problems: shown before the project is opened. */
  readonly incoming: ImportedProject | null
  /** What is being pasted; null where another way is taken. Kept while its problems are shown, to be corrected. */
  readonly pasted: string | null
  /** The import that is being read: how much of it, 0 to 1, and how it is given up. */
  readonly reading: { readonly share: number; readonly giveUp: () => void } | null
  readonly take: (read: (context: ImportContext) => Promise<ImportedProject>) => Promise<void>
}

/** Milliseconds until an import that takes its time shows how far it is. */
const showDelay = 300

/** Imports under way: what came in without problems is opened at once, otherwise the problems are shown first. */
export const useImport = create<ImportState>((set) => ({
  incoming: null,
  pasted: null,
  reading: null,
  take: async (read) => {
    const giving = new AbortController()
    // A short import needs no dialog.
    const showing = setTimeout(() => useDialogs.setState({ open: 'import' }), showDelay)
    const cancelReading = () => {
      clearTimeout(showing)
      giving.abort()
    }
    set({ reading: { share: 0, giveUp: cancelReading } })
    try {
      const incoming = await read({
        signal: giving.signal,
        onProgress: (share) =>
          set(({ reading }) =>
            reading?.giveUp === cancelReading ? { reading: { share, giveUp: cancelReading } } : {},
          ),
      })
      const { problems, project } = incoming.imported
      if (problems.length > 0 || isEmpty(project)) {
        useDialogs.setState({ open: 'import' })
        set({ incoming })
      } else await openIncoming(incoming)
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return
      toast(currentWords().importing.failed(failureText(error)), 'bad')
    } finally {
      clearTimeout(showing)
      set({ reading: null })
    }
  },
}))

async function openIncoming({ name, imported }: ImportedProject): Promise<void> {
  const w = currentWords()
  const id = await addImported(name || w.projects.imported, imported.project)
  useImport.setState({ incoming: null, pasted: null })
  closeDialog()
  toast(w.importing.done(Object.keys(imported.project.components).length))
  go({ at: 'flow', project: id })
}

/** The ways to bring a project in, and what was wrong with the one that came. */
export function ImportDialog() {
  const w = useWords()
  const open = useDialogs((state) => state.open === 'import')
  const incoming = useImport((state) => state.incoming)
  const reading = useImport((state) => state.reading)
  const close = () => {
    reading?.giveUp()
    useImport.setState({ incoming: null, pasted: null })
    closeDialog()
  }
  return (
    <Dialog open={open} onClose={close} title={w.importing.title} says={w.importing.says} wide>
      {reading ? (
        <ReadingProgress share={reading.share} onGiveUp={close} />
      ) : incoming ? (
        <ImportProblems incoming={incoming} />
      ) : (
        <Ways />
      )}
    </Dialog>
  )
}

function ReadingProgress({ share, onGiveUp }: { readonly share: number; readonly onGiveUp: () => void }) {
  const w = useWords()
  return (
    <div className="flex flex-col gap-3 pb-1">
      <p aria-live="polite">{w.importing.reading}</p>
      <progress className="w-full accent-accent" value={share} aria-label={w.importing.reading} />
      <div className="flex justify-end">
        <Button onClick={onGiveUp}>{w.common.cancel}</Button>
      </div>
    </div>
  )
}

function Ways() {
  const w = useWords()
  const take = useImport((state) => state.take)
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const text = useImport((state) => state.pasted)
  const setText = (pasted: string | null) => useImport.setState({ pasted })
  const chooseFolder = () => {
    if (canWriteFolders())
      void take(async (context) => readFiles(await filesOfFolder(await showDirectoryPicker({ mode: 'read' })), context))
    else folder.current?.click()
  }
  const takeFiles = (list: readonly File[]) => void take((context) => readFiles(filesOfInput(list), context))
  if (text !== null) {
    return (
      <div className="flex flex-col gap-3">
        <TextArea
          mono
          autoFocus
          rows={14}
          aria-label={w.importing.paste}
          placeholder={w.importing.pastePlaceholder}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={() => setText(null)}>{w.common.back}</Button>
          <Button look="main" disabled={text.trim() === ''} onClick={() => void take(async () => readPastedText(text))}>
            {w.importing.go}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <div className="grid gap-3 pb-1 sm:grid-cols-3">
      <Way
        icon={<FolderOpen size={18} aria-hidden />}
        title={w.importing.folder}
        says={w.importing.folderSays}
        onClick={chooseFolder}
      />
      <Way
        icon={<FileArchive size={18} aria-hidden />}
        title={w.importing.files}
        says={w.importing.filesSays}
        onClick={() => files.current?.click()}
      />
      <Way
        icon={<ClipboardPaste size={18} aria-hidden />}
        title={w.importing.paste}
        says={w.importing.pasteSays}
        onClick={() => setText('')}
      />
      <FileInput ref={files} accept={configurationFiles} testId="import-files" onFiles={takeFiles} />
      <FileInput ref={folder} folder testId="import-folder" onFiles={takeFiles} />
    </div>
  )
}

interface WayProps {
  readonly icon: ReactNode
  readonly title: string
  readonly says: string
  readonly onClick: () => void
}

function Way({ icon, title, says, onClick }: WayProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex flex-col gap-1 rounded-lg border border-line p-4 text-left hover:border-accent hover:bg-hover"
    >
      <span className="mb-1 text-accent">{icon}</span>
      <span className="font-semibold">{title}</span>
      <span className="text-ink-soft">{says}</span>
    </button>
  )
}

/** What was wrong with the files, before anything is kept. */
function ImportProblems({ incoming }: { readonly incoming: ImportedProject }) {
  const w = useWords()
  const components = Object.keys(incoming.imported.project.components).length
  const files = Object.keys(incoming.imported.project.files).length
  return (
    <div className="flex flex-col gap-4">
      <p>{w.importing.trouble(components, files)}</p>
      <div className="max-h-72 overflow-auto rounded-lg border border-line">
        <ProblemList problems={incoming.imported.problems} project={null} />
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={() => useImport.setState({ incoming: null })}>{w.common.back}</Button>
        {(components > 0 || files > 0) && (
          <Button look="main" onClick={() => void openIncoming(incoming)}>
            {w.importing.openAnyway}
          </Button>
        )}
      </div>
    </div>
  )
}

/** Whether there is neither configuration nor a model from which it is made. */
function isEmpty({ components, files, root }: Project): boolean {
  return Object.keys(components).length === 0 && !Object.hasOwn(files, `${root}${modelFile}`)
}
