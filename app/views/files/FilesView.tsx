import { useEffect, useState } from 'react'
import { go } from '../../route.ts'
import { failureText } from '../../store/failure.ts'
import { leaveRelations, useDataFiles } from '../../store/project/import/data-files.ts'
import { addToProject, makeProject } from '../../store/project/import/make-pipes.ts'
import { useProject } from '../../store/project/project.ts'
import { toast } from '../../store/toasts.ts'
import { FileCard } from './FileCard.tsx'
import { FileList } from './FileList.tsx'
import { useFilesWords } from './files-words.ts'
import { Relations } from './Relations.tsx'
import { ResultPanel } from './ResultPanel.tsx'

/** Data files before they become pipes: how they are read, what their columns become, how they belong together. */
export function FilesView({ project }: { readonly project: string | null }) {
  const w = useFilesWords()
  const files = useDataFiles((state) => state.files)
  const chosen = useDataFiles((state) => state.files.find(({ id }) => id === state.chosen))
  const readOnly = useProject((state) => state.readOnly) && project !== null
  const [name, setName] = useState<string | null>(null)
  const [isAdding, setIsAdding] = useState(false)
  const projectName = name ?? suggestedName(files.map((file) => file.name)) ?? w.projects.untitled
  const isReady = !isAdding && !readOnly && files.some(({ report }) => report !== null)

  const makePipes = async () => {
    if (!isReady) return
    setIsAdding(true)
    try {
      if (project === null) go({ at: 'flow', project: await makeProject(projectName) }, 'replace')
      else {
        await addToProject(w.dataFiles.step(files.map(({ pipe }) => pipe).join(', ')))
        go({ at: 'flow', project }, 'replace')
      }
    } catch (error) {
      toast(failureText(error), 'bad')
      setIsAdding(false)
    }
  }
  useEffect(() => {
    const handleKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      void makePipes()
    }
    addEventListener('keydown', handleKeyDown)
    return () => removeEventListener('keydown', handleKeyDown)
  })
  return (
    <section
      aria-label={project === null ? w.dataFiles.title : w.dataFiles.addTitle}
      className="flex min-h-0 flex-1 overflow-auto max-lg:flex-col"
    >
      <div className="flex w-60 shrink-0 flex-col gap-4 border-r border-line bg-surface p-3 max-lg:w-full max-lg:border-r-0 max-lg:border-b lg:overflow-auto">
        <FileList
          title={project === null ? w.dataFiles.title : w.dataFiles.addTitle}
          name={project === null ? projectName : null}
          onName={setName}
        />
      </div>
      <div className="min-w-0 flex-1 bg-canvas p-4 lg:overflow-auto">{chosen && <FileCard file={chosen} />}</div>
      {files.length > 0 && (
        <div className="flex w-84 shrink-0 flex-col gap-4 border-l border-line bg-surface p-4 max-[1400px]:w-76 max-lg:w-full max-lg:border-t max-lg:border-l-0 lg:overflow-auto">
          {files.length > 1 && <Relations />}
          <ResultPanel
            label={project === null ? w.dataFiles.make : w.dataFiles.add}
            isReady={isReady}
            isNew={project === null}
            onMake={() => void makePipes()}
            onMakeBare={() => {
              leaveRelations()
              void makePipes()
            }}
          />
        </div>
      )}
    </section>
  )
}

/** The name of the only file, or nothing. */
function suggestedName(names: readonly string[]): string | null {
  const [first] = names
  return first === undefined ? null : first.replace(/\.\w+$/, '')
}
