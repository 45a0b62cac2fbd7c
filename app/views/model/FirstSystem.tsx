import { Database, FileInput as FileInputIcon, FilePlus2, Sparkles, Workflow } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { useEngine } from '../../store/engine/state.ts'
import { failureText } from '../../store/failure.ts'
import { readPipesIntoModel } from '../../store/project/model-file.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/Button.tsx'
import { FileInput } from '../../ui/FileInput.tsx'
import { FilesDialog } from './FilesDialog.tsx'
import { questionFiles, useFileQuestion } from './file-question.ts'
import { importMappingFile } from './model-files.ts'
import { useModelWords } from './model-words.ts'
import { showUnread } from './ReadingDialog.tsx'
import { addSampleModel } from './sample.ts'

/** What a model is, and three ways to begin one. */
export function FirstSystem({ readOnly }: { readonly readOnly: boolean }) {
  const w = useModelWords()
  const input = useRef<HTMLInputElement>(null)
  const mapping = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const hasData = useEngine((state) => state.datasets.some(({ role, live }) => role === 'dataset' && live > 0))
  const addSample = async () => {
    setBusy(true)
    try {
      await addSampleModel(w.first.sampleStep, w.board.linkStep)
    } catch (error) {
      toast(failureText(error), 'bad')
    } finally {
      setBusy(false)
    }
  }
  const hasGlobals = useEngine((state) => state.facts.some((fact) => fact.global))
  const readPipes = async () => {
    setBusy(true)
    try {
      const problems = await readPipesIntoModel(w.first.fromPipesStep)
      showUnread(problems, w.first.notRead(problems.length), w.first.notReadSays)
    } catch (error) {
      toast(failureText(error), 'bad')
    } finally {
      setBusy(false)
    }
  }
  const drop = (event: DragEvent) => {
    const files = [...event.dataTransfer.files]
    if (files.length === 0 || readOnly) return
    event.preventDefault()
    event.stopPropagation()
    void questionFiles(files)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop on; the button does the same by keyboard
    <div
      className="flex min-h-0 flex-1 flex-col items-center overflow-auto bg-canvas p-8"
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes('Files')) event.preventDefault()
      }}
      onDrop={drop}
    >
      <div className="flex w-full max-w-3xl flex-col gap-6">
        <div>
          <h1 className="text-head">{w.first.title}</h1>
          <p className="text-ink-soft">{w.first.says}</p>
        </div>
        <ol className="grid grid-cols-4 gap-3 max-md:grid-cols-1">
          {w.first.steps.map(({ title, says }, index) => (
            <li key={title} className="rounded-lg border border-line bg-surface p-3 shadow-low">
              <span className="inline-flex size-5 items-center justify-center rounded-full bg-accent-soft text-tiny font-semibold text-accent">
                {index + 1}
              </span>
              <h2 className="mt-1">{title}</h2>
              <p className="text-ink-soft">{says}</p>
            </li>
          ))}
        </ol>
        <FileInput ref={input} testId="model-first-files" onFiles={(files) => void questionFiles(files)} />
        <div className="flex flex-wrap gap-2">
          <Button
            look="main"
            disabled={readOnly || busy}
            icon={<FilePlus2 size={14} aria-hidden />}
            onClick={() => input.current?.click()}
          >
            {w.first.fromFiles}
          </Button>
          {hasData && (
            <Button
              disabled={readOnly || busy}
              icon={<Database size={14} aria-hidden />}
              onClick={() => useFileQuestion.setState({ open: true })}
            >
              {w.first.fromData}
            </Button>
          )}
          {hasGlobals && (
            <Button
              disabled={readOnly || busy}
              icon={<Workflow size={14} aria-hidden />}
              onClick={() => void readPipes()}
            >
              {w.first.fromPipes}
            </Button>
          )}
          <FileInput
            ref={mapping}
            accept=".yaml,.yml"
            testId="model-first-mapping"
            onFiles={(files) => void importMappingFile(w, files)}
          />
          <Button
            disabled={readOnly || busy}
            icon={<FileInputIcon size={14} aria-hidden />}
            onClick={() => mapping.current?.click()}
          >
            {w.file.import}
          </Button>
          <Button
            disabled={readOnly || busy}
            icon={<Sparkles size={14} aria-hidden />}
            onClick={() => void addSample()}
          >
            {busy ? w.reading : w.first.sample}
          </Button>
        </div>
        <p className="text-tiny text-ink-faint">{w.first.note}</p>
      </div>
      {!busy && <FilesDialog />}
    </div>
  )
}
