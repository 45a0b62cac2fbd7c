import { type DragEvent, useRef, useState } from 'react'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { failureText } from '../../store/failure.ts'
import { canBeShown, encodingOf, maxMegabytes, readText, supplyFile, supplySource } from '../../store/project/ingest.ts'
import { isInbox, pushToInbox } from '../../store/project/push.ts'
import { isRecording, takeRecording } from '../../store/project/recordings.ts'
import { chooseKey } from '../../store/project/table-key.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/Field.tsx'

/** Entities for a source: pasted, dropped or from a file. */
export function SupplyDialog({ pipe, onClose }: { readonly pipe: string; readonly onClose: () => void }) {
  const w = usePipeWords()
  const [text, setText] = useState('')
  const [name, setName] = useState('pasted.json')
  const [problem, setProblem] = useState<string | null>(null)
  const [collides, setCollides] = useState(false)
  const [busy, setBusy] = useState(false)
  const [share, setShare] = useState<number | null>(null)
  const file = useRef<HTMLInputElement>(null)
  const takeFiles = async (files: FileList | null) => {
    const [first] = files ?? []
    if (!first) return
    if (isRecording(first)) return takeRecordingFile(first)
    if (!canBeShown(first)) return supplyWith(() => supplyFile(pipe, first, setShare), first.name)
    setName(first.name)
    const { text, charset } = await readText(first, encodingOf(pipe))
    setText(text)
    if (charset !== 'utf-8') toast(w.pipe.readAs(first.name, charset))
  }
  const takeRecordingFile = async (har: File) => {
    setBusy(true)
    try {
      await takeRecording(pipe, har)
      onClose()
    } catch (error) {
      setProblem(failureText(error))
    } finally {
      setBusy(false)
    }
  }
  const apply = () => supplyWith(() => supplySource({ pipe, name, text }))
  const inbox = isInbox(pipe)
  const supplyWith = async (work: () => ReturnType<typeof supplyFile>, file = '') => {
    setBusy(true)
    try {
      const supplied = await work()
      if (!supplied) return setProblem(w.pipe.tooLarge(file, maxMegabytes))
      const { entities, problems } = supplied
      const [first] = problems
      if (first) setProblem(w.engine.message(first))
      setCollides(first?.code === 'csv-rows-collide')
      if (entities > 0) {
        toast(w.pipe.supplied(entities))
        if (!first) onClose()
      }
    } catch (error) {
      setProblem(failureText(error))
    } finally {
      setBusy(false)
      setShare(null)
    }
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={w.pipe.supplyTitle(pipe)}
      says={inbox ? w.pipe.inbox.says(pipe) : w.pipe.supplySays}
      footer={
        <>
          <Button onClick={() => file.current?.click()}>{w.pipe.supplyFile}</Button>
          {inbox && (
            <Button disabled={text.trim() === '' || busy} onClick={() => void apply()}>
              {w.pipe.inbox.replace}
            </Button>
          )}
          <Button
            look="main"
            disabled={text.trim() === '' || busy}
            onClick={() => void (inbox ? supplyWith(() => pushToInbox(pipe, text)) : apply())}
          >
            {inbox ? w.pipe.inbox.push : w.pipe.apply}
          </Button>
        </>
      }
    >
      <input
        ref={file}
        type="file"
        accept=".json,.ndjson,.jsonl,.csv,.tsv,.txt,.ttl,.nt,.n3,.rdf,.owl,.xml,.har"
        className="sr-only"
        tabIndex={-1}
        aria-hidden
        onChange={(event) => void takeFiles(event.target.files)}
      />
      <TextArea
        mono
        rows={14}
        aria-label={w.pipe.supplyTitle(pipe)}
        placeholder={w.pipe.supplyPlaceholder}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setName(/^\s*[[{]/.test(event.target.value) ? 'pasted.json' : 'pasted.csv')
          setProblem(null)
        }}
        onDragOver={(event: DragEvent) => event.preventDefault()}
        onDrop={(event: DragEvent) => {
          event.preventDefault()
          void takeFiles(event.dataTransfer.files)
        }}
      />
      {share !== null && (
        <progress className="mt-2 w-full accent-accent" value={share} aria-label={w.pipe.supplyTitle(pipe)} />
      )}
      {problem !== null && (
        <p role="alert" className="mt-2 flex items-center gap-2 rounded-md bg-bad-soft px-2 py-1 text-bad">
          <span className="min-w-0 flex-1">{problem}</span>
          {collides && (
            <Button
              small
              onClick={() => {
                onClose()
                chooseKey(pipe)
              }}
            >
              {w.pipe.key.choose}
            </Button>
          )}
        </p>
      )}
    </Dialog>
  )
}
