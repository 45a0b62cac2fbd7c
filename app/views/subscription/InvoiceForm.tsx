import { Plus, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { KeptInvoice } from '../../../engine-worker/index.ts'
import { ask } from '../../store/engine/open-project.ts'
import { failureText } from '../../store/failure.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormField, Input } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { PdfPages } from './PdfDialog.tsx'
import { useSubscriptionWords } from './subscription-words.ts'

interface InvoiceFormProps {
  /** The kept PDF that is shown while the invoice is entered; null without one. */
  readonly document: string | null
  readonly onClose: () => void
  readonly onKeep: (invoice: KeptInvoice) => void
}

const emptyLine = { description: '', quantity: '1', price: '', amount: '' }
type Line = typeof emptyLine

/** An invoice by hand: its figures are checked as those of a file are. */
export function InvoiceForm({ document, onClose, onKeep }: InvoiceFormProps) {
  const w = useSubscriptionWords()
  const [head, setHead] = useState({ number: '', issued: '', due: '', month: '', currency: 'USD' })
  const [lines, setLines] = useState<readonly Line[]>([emptyLine])
  const [failure, setFailure] = useState<string | null>(null)
  const changeLine = (at: number, part: Partial<Line>) =>
    setLines(lines.map((line, index) => (index === at ? { ...line, ...part } : line)))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    try {
      const { unparse } = await import('papaparse')
      const rows = lines.map((line) => ({ ...head, ...withPoints(line) }))
      const [invoice] = await ask('readInvoices', { text: unparse(rows) })
      if (invoice !== undefined) onKeep({ ...invoice, document })
    } catch (error) {
      setFailure(failureText(error))
    }
  }
  const headField = (member: keyof typeof head, label: string, type = 'text', help?: string) => (
    <FormField label={label} help={help}>
      {(ids) => (
        <Input
          {...ids}
          type={type}
          value={head[member]}
          onChange={({ target }) => setHead({ ...head, [member]: target.value })}
        />
      )}
    </FormField>
  )
  return (
    <Dialog open wide onClose={onClose} title={w.invoices.entry}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-3 pt-1">
        {failure !== null && (
          <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
            {failure}
          </p>
        )}
        <div className="grid gap-3 sm:grid-cols-3">
          {headField('number', w.invoices.number)}
          {headField('issued', w.invoices.issuedLabel, 'date')}
          {headField('due', w.invoices.dueLabel, 'date', w.invoices.dueHelp)}
          {headField('month', w.invoices.month, 'month')}
          {headField('currency', w.invoices.currency)}
        </div>
        <table className="w-full">
          <thead>
            <tr className="text-left text-ink-soft">
              <th className="h-7 font-normal">{w.invoices.description}</th>
              <th className="w-24 font-normal">{w.invoices.quantity}</th>
              <th className="w-28 font-normal">{w.invoices.price}</th>
              <th className="w-28 font-normal">{w.invoices.amount}</th>
              <td className="w-9" />
            </tr>
          </thead>
          <tbody>
            {lines.map((line, at) => (
              <tr key={at}>
                {(['description', 'quantity', 'price', 'amount'] as const).map((member) => (
                  <td key={member} className="py-0.5 pr-2">
                    <Input
                      aria-label={`${w.invoices[member]} ${at + 1}`}
                      inputMode={member === 'description' ? 'text' : 'decimal'}
                      value={line[member]}
                      onChange={({ target }) => changeLine(at, { [member]: target.value })}
                    />
                  </td>
                ))}
                <td>
                  <IconButton
                    label={w.invoices.removeLine(at + 1)}
                    disabled={lines.length === 1}
                    onClick={() => setLines(lines.filter((_, index) => index !== at))}
                  >
                    <Trash2 size={14} aria-hidden />
                  </IconButton>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className="flex gap-2">
          <Button icon={<Plus size={14} aria-hidden />} onClick={() => setLines([...lines, emptyLine])}>
            {w.invoices.addLine}
          </Button>
          <span className="flex-1" />
          <Button onClick={onClose}>{w.common.cancel}</Button>
          <Button type="submit" look="main">
            {w.invoices.keep}
          </Button>
        </div>
        {document !== null && <PdfPages id={document} />}
      </form>
    </Dialog>
  )
}

/** Figures with a decimal point and without blanks, as a file with commas between columns has them. */
function withPoints({ description, ...figures }: Line): Line {
  const plainFigure = (text: string) => text.replace(/\s/g, '').replace(',', '.')
  return {
    description,
    quantity: plainFigure(figures.quantity),
    price: plainFigure(figures.price),
    amount: plainFigure(figures.amount),
  }
}
