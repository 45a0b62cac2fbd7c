import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { ask } from '../../store/engine/open-project.ts'
import { failureText } from '../../store/failure.ts'
import { saveFile } from '../../store/save-file.ts'
import { toast } from '../../store/toasts.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { bytesOfBase64 } from './base64.ts'
import { useSubscriptionWords } from './subscription-words.ts'

interface PdfPagesProps {
  /** A kept document. */
  readonly id: string
}

/** The pages of a kept PDF, one at a time. */
export function PdfPages({ id }: PdfPagesProps) {
  const w = useSubscriptionWords()
  const canvas = useRef<HTMLCanvasElement | null>(null)
  const [at, setAt] = useState(1)
  const [failure, setFailure] = useState<string | null>(null)
  const { value: file, failure: unread } = useQuery(id, async () => {
    const { openPdf } = await import('./pdf.ts')
    return openPdf(bytesOfBase64((await ask('documentContent', { id })) ?? ''))
  })
  useEffect(() => {
    if (file === null) return
    let isShown = true
    void import('./pdf.ts').then(async ({ drawPage }) => {
      const target = canvas.current
      if (!isShown || target === null) return
      try {
        await drawPage(file, at, target, target.parentElement?.clientWidth ?? 600)
      } catch (error) {
        if (isShown) setFailure(failureText(error))
      }
    })
    return () => {
      isShown = false
    }
  }, [file, at])
  const wrong = unread ?? failure
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {wrong !== null && (
        <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
          {w.agreement.notShown(wrong)}
        </p>
      )}
      {file === null && wrong === null && <p className="text-ink-soft">{w.common.loading}</p>}
      {file !== null && file.numPages > 1 && (
        <div className="flex items-center gap-2">
          <IconButton label={w.agreement.previous} disabled={at === 1} onClick={() => setAt(at - 1)}>
            <ChevronLeft size={16} aria-hidden />
          </IconButton>
          <span className="tabular-nums">{w.agreement.page(at, file.numPages)}</span>
          <IconButton label={w.agreement.next} disabled={at === file.numPages} onClick={() => setAt(at + 1)}>
            <ChevronRight size={16} aria-hidden />
          </IconButton>
        </div>
      )}
      <div className="min-w-0 overflow-hidden rounded-md border border-line bg-white empty:hidden">
        <canvas ref={canvas} role="img" aria-label={w.agreement.page(at, file?.numPages ?? 1)} className="w-full" />
      </div>
    </div>
  )
}

interface PdfDialogProps extends PdfPagesProps {
  readonly name: string
  readonly onClose: () => void
}

/** A kept PDF in a dialog, to be read and saved. */
export function PdfDialog({ id, name, onClose }: PdfDialogProps) {
  const w = useSubscriptionWords()
  const save = () =>
    ask('documentContent', { id }).then(
      (content) => content !== null && saveFile(bytesOfBase64(content), name, 'application/pdf'),
      (error: unknown) => toast(failureText(error), 'bad'),
    )
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={name}
      footer={<Button onClick={() => void save()}>{w.agreement.save}</Button>}
    >
      <PdfPages id={id} />
    </Dialog>
  )
}
