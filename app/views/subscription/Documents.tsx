import { FileText, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { ask } from '../../store/engine/open-project.ts'
import { failureText } from '../../store/failure.ts'
import { toast } from '../../store/toasts.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { FileInput } from '../../ui/FileInput.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { fileToBase64 } from './base64.ts'
import { PdfDialog } from './PdfDialog.tsx'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'

interface DocumentsProps {
  /** The environment that new ones belong to. */
  readonly environment: string
  /** Whether those of an environment are shown here. */
  readonly isShown: (environment: string) => boolean
}

/** The PDF files that are kept for an environment: added, shown, saved and removed. */
export function Documents({ environment, isShown }: DocumentsProps) {
  const w = useSubscriptionWords()
  const input = useRef<HTMLInputElement | null>(null)
  const [changes, setChanges] = useState(0)
  const [shown, setShown] = useState<{ readonly id: string; readonly name: string } | null>(null)
  const { value, failure } = useQuery(changes, () => ask('documents', null))
  const shownDocuments = value?.filter((each) => isShown(each.environment)) ?? []
  /** Does something with the documents, says what fails, and looks at them again. */
  const changeAndReload = async (work: () => Promise<unknown>) => {
    await work().catch((error: unknown) => toast(failureText(error), 'bad'))
    setChanges((before) => before + 1)
  }
  const takeFiles = async (files: readonly File[]) => {
    for (const file of files)
      await changeAndReload(async () =>
        ask('keepDocument', { name: file.name, environment, content: await fileToBase64(file) }),
      )
  }
  const removeDocument = (id: string) => changeAndReload(() => ask('removeDocument', { id }))
  return (
    <SectionCard
      title={w.agreement.documents}
      says={w.agreement.documentsSays}
      aside={
        <Button small icon={<FileText size={14} aria-hidden />} onClick={() => input.current?.click()}>
          {w.agreement.keep}
        </Button>
      }
    >
      <FileInput ref={input} accept=".pdf" testId="document-files" onFiles={(files) => void takeFiles(files)} />
      {failure !== null && <p className="py-1 text-bad">{failure}</p>}
      {value !== null && shownDocuments.length === 0 && <p className="py-1 text-ink-soft">{w.agreement.noDocument}</p>}
      <ul>
        {shownDocuments.map(({ id, name, kept, bytes }) => (
          <li key={id} className="flex items-center gap-3 border-t border-line py-1 first:border-0">
            <button
              type="button"
              className="min-h-6 min-w-0 flex-1 truncate text-left text-accent underline"
              onClick={() => setShown({ id, name })}
            >
              {name}
            </button>
            <span className="text-tiny text-ink-faint">{w.agreement.kept(kept)}</span>
            <span className="text-tiny text-ink-faint tabular-nums">{w.subscription.size(bytes)}</span>
            <IconButton label={w.agreement.remove(name)} onClick={() => void removeDocument(id)}>
              <Trash2 size={14} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      {shown !== null && <PdfDialog id={shown.id} name={shown.name} onClose={() => setShown(null)} />}
    </SectionCard>
  )
}
