import { Download, FileText } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Ledger, Problem } from '../../../engine-worker/index.ts'
import { ask } from '../../store/engine/open-project.ts'
import { failureText } from '../../store/failure.ts'
import { saveFile } from '../../store/save-file.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { Checkbox } from '../../ui/Field.tsx'
import { FileInput } from '../../ui/FileInput.tsx'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'
import { type Costs, priceIn } from './use-costs.ts'

interface InvoiceSectionProps {
  readonly ledger: Ledger
  readonly keep: (parts: Partial<Ledger>) => void
  readonly costs: Costs
}

/** Invoices that were imported: due and paid, and what differs from the own count as it is now. */
export function InvoiceSection({ ledger, keep, costs }: InvoiceSectionProps) {
  const w = useSubscriptionWords()
  const input = useRef<HTMLInputElement | null>(null)
  const [found, setFound] = useState<ReadonlyMap<string, readonly Problem[]>>(new Map())
  const [refused, setRefused] = useState<readonly string[]>([])
  const { invoices } = ledger
  const take = async (files: readonly File[]) => {
    const own = priceIn(costs.now)?.lines ?? null
    let kept = invoices
    const failures: string[] = []
    for (const file of files) {
      try {
        const { invoice, problems } = await ask('readInvoice', { text: await file.text(), own })
        kept = [...kept.filter(({ number }) => number !== invoice.number), invoice]
        setFound((before) => new Map(before).set(invoice.number, problems))
      } catch (error) {
        failures.push(`${file.name}: ${failureText(error)}`)
      }
    }
    setRefused(failures)
    keep({ invoices: kept.toSorted((a, b) => (a.issued < b.issued ? 1 : -1)) })
  }
  const choose = (
    <Button look="main" icon={<FileText size={14} aria-hidden />} onClick={() => input.current?.click()}>
      {w.invoices.choose}
    </Button>
  )
  return (
    <div className="flex flex-col gap-4">
      <FileInput ref={input} accept=".xml,.csv" testId="invoice-files" onFiles={(files) => void take(files)} />
      {refused.length > 0 && (
        <ul role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
          {refused.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {invoices.length === 0 ? (
        <Empty icon={<FileText size={20} aria-hidden />} title={w.invoices.none} action={choose}>
          {w.invoices.noneSays}
        </Empty>
      ) : (
        <div className="flex gap-2">
          {choose}
          <Button
            icon={<Download size={14} aria-hidden />}
            onClick={() => saveFile(JSON.stringify(invoices, null, 2), 'invoices.json', 'application/json')}
          >
            {w.invoices.export}
          </Button>
        </div>
      )}
      {invoices.map((invoice) => (
        <SectionCard
          key={invoice.number}
          title={invoice.number}
          says={w.invoices.dates(invoice.issued, invoice.due)}
          aside={
            <Checkbox
              label={w.invoices.paid}
              checked={invoice.paid !== null}
              onChange={({ target }) => {
                const paid = target.checked ? new Date().toISOString().slice(0, 10) : null
                keep({ invoices: invoices.map((each) => (each === invoice ? { ...each, paid } : each)) })
              }}
            />
          }
        >
          <table className="w-full tabular-nums">
            <tbody>
              {invoice.lines.map((line, at) => (
                <tr key={`${at} ${line.description}`} className="border-t border-line first:border-0">
                  <th scope="row" className="py-1 text-left font-normal">
                    {line.description}
                  </th>
                  <td className="text-right text-ink-soft">
                    {w.subscription.money(line.quantity)} × {w.subscription.money(line.price)}
                  </td>
                  <td className="w-32 text-right">{w.subscription.money(line.amount)}</td>
                </tr>
              ))}
              <tr className="border-t border-line-strong font-semibold">
                <th scope="row" className="py-1 text-left">
                  {w.invoices.payable}
                </th>
                <td className="text-right">{invoice.currency}</td>
                <td className="text-right">{w.subscription.money(invoice.payable)}</td>
              </tr>
            </tbody>
          </table>
          <ul className="py-1 text-warn">
            {found.get(invoice.number)?.map((each) => {
              const text = w.engine.message(each)
              return <li key={text}>{text}</li>
            })}
          </ul>
        </SectionCard>
      ))}
    </div>
  )
}
