import { FileSpreadsheet, FolderOpen, Plus, Server, Upload } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useWords } from '../../i18n/i18n.ts'
import { go } from '../../route.ts'
import { useDialogs } from '../../store/dialogs.ts'
import { bringFiles, forgetDataFiles } from '../../store/project/import/data-files.ts'
import { useFileDrop } from '../../store/project/import/file-drop.ts'
import { readFiles } from '../../store/project/import/read-project.ts'
import { addEmpty } from '../../store/project/new-projects.ts'
import { useProjects } from '../../store/project/projects.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { FileInput } from '../../ui/FileInput.tsx'
import { ImportDialog, useImport } from './ImportDialog.tsx'
import { ProjectList } from './ProjectList.tsx'
import { Samples } from './Samples.tsx'
import { StorageNote } from './StorageNote.tsx'

/** The projects of this browser, the samples, and the ways in. */
export function ProjectsView() {
  const w = useWords()
  const rows = useProjects((state) => state.rows)
  const unread = useProjects((state) => state.unread)
  const take = useImport((state) => state.take)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    useFileDrop.setState({ onConfiguration: (files) => void take((context) => readFiles(files, context)) })
    return () => useFileDrop.setState({ onConfiguration: null })
  }, [take])
  const createProject = async () => go({ at: 'flow', project: await addEmpty(w.projects.untitled) })
  return (
    <section aria-label={w.views.projects.label} className="relative min-h-0 flex-1 overflow-auto">
      <div className="mx-auto flex max-w-5xl flex-col gap-8 px-6 py-8">
        <header className="flex flex-wrap items-end gap-3">
          <div className="min-w-60 flex-1">
            <h1 className="text-head">{w.projects.title}</h1>
            <p className="text-ink-soft">{w.projects.says}</p>
          </div>
          <Button icon={<Plus size={14} aria-hidden />} onClick={() => void createProject()}>
            {w.projects.create}
          </Button>
          <Button icon={<Server size={14} aria-hidden />} onClick={() => useDialogs.setState({ open: 'server' })}>
            {w.connected.connect}
          </Button>
          <Button icon={<FileSpreadsheet size={14} aria-hidden />} onClick={() => input.current?.click()}>
            {w.dataFiles.fromFiles}
          </Button>
          <FileInput
            ref={input}
            testId="new-from-files"
            onFiles={(chosen) => {
              forgetDataFiles()
              go({ at: 'files', project: null })
              void bringFiles(chosen)
            }}
          />
          <Button
            look="main"
            icon={<Upload size={14} aria-hidden />}
            onClick={() => useDialogs.setState({ open: 'import' })}
          >
            {w.projects.import}
          </Button>
        </header>
        {rows !== null && rows.length > 0 && <ProjectList rows={rows} />}
        {rows !== null && rows.length === 0 && (
          <div className="rounded-xl border border-dashed border-line-strong">
            <Empty
              icon={<FolderOpen size={20} aria-hidden />}
              title={unread ? w.missing[unread] : w.projects.emptyTitle}
            >
              {unread ? w.missing[`${unread}Says`] : w.projects.emptySays}
            </Empty>
          </div>
        )}
        {rows !== null && (
          <>
            <Samples />
            <StorageNote />
          </>
        )}
      </div>
      <ImportDialog />
    </section>
  )
}
