import { FileSpreadsheet, FileWarning, Lock, Wand, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { failureText } from '../../store/failure.ts'
import {
  type BroughtFile,
  bringFiles,
  bringUrl,
  dropFile,
  useDataFiles,
} from '../../store/project/import/data-files.ts'
import { toast } from '../../store/toasts.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { FormField, Input } from '../../ui/Field.tsx'
import { FileInput } from '../../ui/FileInput.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Keys } from '../../ui/Keys.tsx'
import { useFilesWords } from './files-words.ts'

interface FileListProps {
  readonly title: string
  /** The name of the project that is made; null where the files are added to one. */
  readonly name: string | null
  readonly onName: (name: string) => void
}

/** The files that were brought, and the ways to bring more. */
export function FileList({ title, name, onName }: FileListProps) {
  const w = useFilesWords()
  const files = useDataFiles((state) => state.files)
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <h1 className="eyebrow">{title}</h1>
      {name !== null && (
        <FormField label={w.dataFiles.name}>
          {(ids) => <Input {...ids} value={name} onChange={({ target }) => onName(target.value)} />}
        </FormField>
      )}
      <div className="flex flex-col gap-1.5 rounded-xl border border-dashed border-accent bg-accent-soft/50 p-2">
        {files.length > 0 && (
          <ul
            aria-label={w.dataFiles.list}
            className="flex flex-col gap-1.5 max-lg:grid max-lg:grid-cols-[repeat(auto-fill,minmax(13rem,1fr))]"
          >
            {files.map((file) => (
              <FileRow key={file.id} file={file} />
            ))}
          </ul>
        )}
        <Button look="quiet" className="text-accent" onClick={() => input.current?.click()}>
          {files.length === 0 ? w.dataFiles.choose : w.dataFiles.dropMore}
        </Button>
        <FileInput ref={input} testId="data-files" onFiles={(chosen) => void bringFiles(chosen)} />
      </div>
      <LinkField />
      <p className="flex gap-2 text-tiny text-ink-soft">
        <Lock size={13} aria-hidden className="mt-0.5 shrink-0" />
        <span>
          {w.dataFiles.stays} <Keys of="Mod+V" />
        </span>
      </p>
    </>
  )
}

function FileRow({ file }: { readonly file: BroughtFile }) {
  const w = useFilesWords()
  const isChosen = useDataFiles((state) => state.chosen === file.id)
  const { report, failure } = file
  return (
    <li
      className={classes(
        'relative flex items-start gap-2 rounded-lg border p-2',
        isChosen ? 'border-accent bg-surface' : 'border-transparent hover:bg-hover',
      )}
    >
      {failure === null ? (
        <FileSpreadsheet size={16} aria-hidden className="mt-0.5 shrink-0 text-accent" />
      ) : (
        <FileWarning size={16} aria-hidden className="mt-0.5 shrink-0 text-bad" />
      )}
      <button
        type="button"
        aria-pressed={isChosen}
        onClick={() => useDataFiles.setState({ chosen: file.id })}
        className="min-w-0 flex-1 rounded-sm text-left after:absolute after:inset-0"
      >
        <span className="block truncate font-semibold">{file.name}</span>
        <span className={classes('block text-tiny', failure === null ? 'text-ink-soft' : 'text-bad')}>
          {failure ?? (report ? w.dataFiles.rowsColumns(report.rows, report.columns.length) : w.dataFiles.reading)}
        </span>
      </button>
      <span className="flex flex-col items-end">
        <IconButton label={w.dataFiles.remove(file.name)} className="relative z-10" onClick={() => dropFile(file.id)}>
          <X size={13} aria-hidden />
        </IconButton>
        {file.converted.size > 0 && (
          <span
            className="flex items-center gap-1 text-tiny text-accent"
            title={w.dataFiles.conversions(file.converted.size)}
          >
            <Wand size={11} aria-hidden /> {file.converted.size}
          </span>
        )}
      </span>
    </li>
  )
}

/** Reads the file behind a link, once a person asks for it. */
function LinkField() {
  const w = useFilesWords()
  const [link, setLink] = useState('')
  const [busy, setBusy] = useState(false)
  const isLink = /^https?:\/\/\S+\.\S+/.test(link.trim())
  const readLink = async () => {
    setBusy(true)
    try {
      await bringUrl(link.trim())
      setLink('')
    } catch (error) {
      toast(w.dataFiles.notFetched(failureText(error)), 'bad')
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="flex gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (isLink && !busy) void readLink()
      }}
    >
      <Input
        aria-label={w.dataFiles.link}
        placeholder="https://…"
        value={link}
        onChange={({ target }) => setLink(target.value)}
      />
      <Button type="submit" disabled={!isLink || busy}>
        {w.dataFiles.fetch}
      </Button>
    </form>
  )
}
