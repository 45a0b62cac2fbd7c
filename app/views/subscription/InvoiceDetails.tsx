import { Check, Copy, FileText, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { AnswerOf, KeptInvoice } from '../../../engine-worker/index.ts'
import { copyToClipboard } from '../../store/clipboard.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox, FormField, Input } from '../../ui/Field.tsx'
import { signedAmount } from './InvoiceList.tsx'
import { PdfDialog } from './PdfDialog.tsx'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'

type InvoiceCheck = AnswerOf<'checkInvoices'>[number]

interface InvoiceDetailsProps {
  readonly invoice: KeptInvoice
  /** Null until it has been compared. */
  readonly check: InvoiceCheck | null
  readonly onChange: (invoice: KeptInvoice) => void
  readonly onRemove: () => void
}

/** The lines of an invoice beside the own count of its month, and what explains a difference. */
export function InvoiceDetails({ invoice, check, onChange, onRemove }: InvoiceDetailsProps) {
  const w = useSubscriptionWords()
  const [isShown, setShown] = useState(false)
  const isCompared = check !== null && check.own !== null
  const explanations = check === null ? [] : explanationsOf(check, w)
  const today = new Date().toISOString().slice(0, 10)
  return (
    <SectionCard
      title={w.invoices.issued(invoice.number, invoice.issued)}
      says={invoice.isDueComputed ? w.invoices.dueComputed(invoice.due) : w.invoices.due(invoice.due)}
      aside={
        <>
          {invoice.document !== null && (
            <Button small icon={<FileText size={14} aria-hidden />} onClick={() => setShown(true)}>
              {w.invoices.document}
            </Button>
          )}
          <Button
            small
            icon={<Copy size={14} aria-hidden />}
            onClick={() => void copyToClipboard(asText(invoice, check, explanations, w), w.invoices.copied)}
          >
            {w.invoices.deviationMail}
          </Button>
          <Button small icon={<Trash2 size={14} aria-hidden />} onClick={onRemove}>
            {w.invoices.remove}
          </Button>
        </>
      }
    >
      <div className="flex flex-wrap items-end gap-4 py-1">
        <Checkbox
          label={w.invoices.paid}
          checked={invoice.paid !== null}
          onChange={({ target }) => onChange({ ...invoice, paid: target.checked ? today : null })}
        />
        {invoice.paid !== null && (
          <FormField label={w.invoices.paidDay}>
            {(ids) => (
              <Input
                {...ids}
                type="date"
                value={invoice.paid ?? ''}
                onChange={({ target }) => target.value !== '' && onChange({ ...invoice, paid: target.value })}
              />
            )}
          </FormField>
        )}
        <FormField label={w.invoices.month}>
          {(ids) => (
            <Input
              {...ids}
              type="month"
              value={invoice.month}
              onChange={({ target }) => target.value !== '' && onChange({ ...invoice, month: target.value })}
            />
          )}
        </FormField>
      </div>
      <table className="w-full tabular-nums">
        <thead>
          <tr className="text-ink-soft">
            <th scope="col" className="h-7 text-left font-normal">
              {w.invoices.line}
            </th>
            <td />
            <th scope="col" className="text-right font-normal">
              {w.invoices.invoiced}
            </th>
            <th scope="col" className="text-right font-normal">
              {w.invoices.own}
            </th>
            <th scope="col" className="text-right font-normal">
              {w.invoices.difference}
            </th>
          </tr>
        </thead>
        <tbody>
          {(check?.lines ?? []).map((line, at) => (
            <LineRow key={`${at} ${line.description}`} line={line} isCompared={isCompared} />
          ))}
        </tbody>
        <tfoot>
          <tr className="border-t border-line-strong font-semibold">
            <th scope="row" className="py-1 text-left">
              {w.invoices.sum}
            </th>
            <td />
            <td className="text-right">{w.subscription.cents(invoice.sum)}</td>
            <td className="text-right">{check?.own == null ? '–' : w.subscription.money(check.own)}</td>
            <td className="text-right">
              {check?.difference == null ? '–' : signedAmount(check.difference, w.subscription.money)}
            </td>
          </tr>
          <tr>
            <th scope="row" className="py-1 text-left font-normal">
              {w.invoices.payable(invoice.currency)}
            </th>
            <td />
            <td className="text-right">{w.subscription.cents(invoice.payable)}</td>
            <td />
            <td />
          </tr>
        </tfoot>
      </table>
      {check !== null && (
        <div className="py-2">
          {check.problem !== null && <p className="text-warn">{w.engine.message(check.problem)}</p>}
          <p className="text-tiny text-ink-faint">
            {check.days === 0 ? w.invoices.noCount(invoice.month) : w.invoices.counted(check.days, invoice.month)}
          </p>
          {explanations.map((text) => (
            <p key={text} className="mt-1 rounded-md bg-warn-soft px-3 py-2">
              {text}
            </p>
          ))}
        </div>
      )}
      {isShown && invoice.document !== null && (
        <PdfDialog id={invoice.document} name={`${invoice.number}.pdf`} onClose={() => setShown(false)} />
      )}
    </SectionCard>
  )
}

function LineRow({ line, isCompared }: { readonly line: InvoiceCheck['lines'][number]; readonly isCompared: boolean }) {
  const w = useSubscriptionWords()
  const { invoiced, own, difference } = line
  const agrees = Number(difference) === 0
  const factors = invoiced ?? own
  return (
    <tr className={`border-t border-line ${isCompared && !agrees ? 'bg-warn-soft' : ''}`}>
      <th scope="row" className="py-1 text-left font-normal">
        {invoiced === null ? w.subscription.entry(line.description) : line.description}
      </th>
      <td className="text-right text-ink-soft">
        {factors !== null &&
          w.invoices.times(w.subscription.money(factors.quantity), w.subscription.money(factors.price))}
        {isCompared && invoiced !== null && own !== null && !agrees && (
          <span className="block text-tiny text-warn">
            {w.invoices.own}: {w.invoices.times(w.subscription.money(own.quantity), w.subscription.money(own.price))}
          </span>
        )}
        {isCompared && invoiced === null && <span className="block text-tiny text-warn">{w.invoices.onlyOwn}</span>}
        {isCompared && own === null && <span className="block text-tiny text-warn">{w.invoices.onlyInvoiced}</span>}
      </td>
      <td className="text-right">{invoiced === null ? '–' : w.subscription.money(invoiced.amount)}</td>
      <td className="text-right">{own === null ? '–' : w.subscription.money(own.amount)}</td>
      <td className="text-right">
        {!isCompared ? (
          '–'
        ) : agrees ? (
          <>
            <Check size={14} className="inline text-good" aria-hidden />
            <span className="sr-only">{w.invoices.agrees}</span>
          </>
        ) : (
          <strong className="text-warn">{signedAmount(difference, w.subscription.money)}</strong>
        )}
      </td>
    </tr>
  )
}

type SubscriptionWords = ReturnType<typeof useSubscriptionWords>

/** A sentence for each line whose difference another way to count explains. */
function explanationsOf(check: InvoiceCheck, w: SubscriptionWords): readonly string[] {
  return check.lines.flatMap(({ description, explanation }) => {
    if (explanation === null) return []
    const { days, day, search, isDurableOnce } = explanation
    const what = days === 'mean' ? w.invoices.explained.mean : w.invoices.explained[days](day ?? '')
    return [w.invoices.explanation(description, what, search, isDurableOnce)]
  })
}

/** The comparison as plain text, for a letter to the sender of the invoice. */
function asText(
  invoice: KeptInvoice,
  check: InvoiceCheck | null,
  explanations: readonly string[],
  w: SubscriptionWords,
): string {
  const lines = (check?.lines ?? []).map(({ description, invoiced, own, difference }) =>
    [
      description,
      `${w.invoices.invoiced}: ${invoiced?.amount ?? '–'}`,
      `${w.invoices.own}: ${own?.amount ?? '–'}`,
      `${w.invoices.difference}: ${difference}`,
    ].join('; '),
  )
  const sum = `${w.invoices.sum}: ${invoice.sum}; ${w.invoices.own}: ${check?.own ?? '–'}; ${w.invoices.difference}: ${check?.difference ?? '–'}`
  return [w.invoices.issued(invoice.number, invoice.issued), ...lines, sum, ...explanations].join('\n')
}
