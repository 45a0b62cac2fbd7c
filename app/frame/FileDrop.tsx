import { useEffect, useState } from 'react'
import { useWords } from '../i18n/i18n.ts'
import { go, projectOfRoute, type Route } from '../route.ts'
import { type ChosenFile, filesOfDrop } from '../store/project/import/chosen-files.ts'
import { bringFiles, forgetDataFiles, useDataFiles } from '../store/project/import/data-files.ts'
import { fileOfText, holdsConfiguration, useFileDrop } from '../store/project/import/file-drop.ts'
import { useProject } from '../store/project/project.ts'
import { toast } from '../store/toasts.ts'
import { useEventCallback } from '../ui/use-event-callback.ts'
import { replayEarlyInput } from './early-input.ts'

/** Takes files that are dropped anywhere, and tables that are pasted where nothing else takes them. */
export function FileDrop({ route }: { readonly route: Route }) {
  const w = useWords()
  const [over, setOver] = useState(false)
  const project = projectOfRoute(route)

  const takeFiles = async (files: readonly ChosenFile[]) => {
    if (files.length === 0) return
    if (await holdsConfiguration(files)) {
      const { onConfiguration } = useFileDrop.getState()
      if (onConfiguration) onConfiguration(files)
      else toast(w.dataFiles.configuration, 'bad')
      return
    }
    if (project !== null && useProject.getState().readOnly) {
      toast(w.dataFiles.readOnly, 'bad')
      return
    }
    if (route.at !== 'files' && useDataFiles.getState().files.length > 0) forgetDataFiles()
    if (route.at !== 'files') go({ at: 'files', project })
    await bringFiles(files.map(({ file }) => file))
  }
  const handleDragEnter = useEventCallback((event: DragEvent) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    setOver(true)
  })
  const handleDragLeave = useEventCallback((event: DragEvent) => {
    if (event.relatedTarget === null) setOver(false)
  })
  const handleDrop = useEventCallback((event: DragEvent) => {
    setOver(false)
    if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    void filesOfDrop([...event.dataTransfer.items]).then(takeFiles)
  })
  const handlePaste = useEventCallback((event: ClipboardEvent) => {
    const { target, clipboardData } = event
    if (event.defaultPrevented || !clipboardData || isTextField(target)) return
    const files = [...clipboardData.files]
    const text = fileOfText(clipboardData.getData('text/plain'), w.dataFiles.pastedName)
    const chosen = files.length > 0 ? files : text ? [text] : []
    if (chosen.length === 0) return
    event.preventDefault()
    void takeFiles(chosen.map((file) => ({ path: file.name, file })))
  })
  useEffect(() => {
    addEventListener('dragenter', handleDragEnter)
    addEventListener('dragover', handleDragEnter)
    addEventListener('dragleave', handleDragLeave)
    addEventListener('drop', handleDrop)
    addEventListener('paste', handlePaste)
    return () => {
      removeEventListener('dragenter', handleDragEnter)
      removeEventListener('dragover', handleDragEnter)
      removeEventListener('dragleave', handleDragLeave)
      removeEventListener('drop', handleDrop)
      removeEventListener('paste', handlePaste)
    }
  }, [handleDragEnter, handleDragLeave, handleDrop, handlePaste])
  const takeEarlyFiles = useEventCallback((files: readonly ChosenFile[]) => void takeFiles(files))
  useEffect(() => {
    // Behind the effects of the view, which says what it does with files.
    const timer = setTimeout(() => void replayEarlyInput(takeEarlyFiles))
    return () => clearTimeout(timer)
  }, [takeEarlyFiles])
  if (!over) return null
  return (
    <div className="pointer-events-none fixed inset-3 z-40 flex animate-fade items-center justify-center rounded-xl border-2 border-dashed border-accent bg-accent-soft/80 text-title font-semibold text-accent">
      {w.dataFiles.dropHere}
    </div>
  )
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null
}
