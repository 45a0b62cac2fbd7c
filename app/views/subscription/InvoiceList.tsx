import type { AnswerOf, KeptInvoice } from '../../../engine-worker/index.ts'
import { SectionCard } from './SectionCard.tsx'
import { useSubscriptionWords } from './subscription-words.ts'

interface InvoiceListProps {
  readonly invoices: readonly KeptInvoice[]
  readonly checks: AnswerOf<'checkInvoices'> | null
  readonly shown: string
  readonly onShow: (number: string) => void
}

const millisecondsPerDay = 86_400_000

/** All invoices with what is to be paid, when, and whether they agree with the own count. */
export function InvoiceList({ invoices, checks, shown, onShow }: InvoiceListProps) {
  const w = useSubscriptionWords()
  const today = new Date().toISOString().slice(0, 10)
  return (
    <SectionCard title={w.invoices.title} says={String(invoices.length)}>
      <ul aria-label={w.invoices.list} className="-mx-4 -my-2">
        {invoices.map((invoice) => {
          const check = checks?.find(({ number }) => number === invoice.number)
          const days = Math.round((Date.parse(invoice.due) - Date.parse(today)) / millisecondsPerDay)
          const difference = check?.difference ?? null
          return (
            <li key={invoice.number} className="border-t border-line first:border-0">
              <button
                type="button"
                aria-current={invoice.number === shown}
                onClick={() => onShow(invoice.number)}
                className="grid w-full grid-cols-[auto_1fr_auto] gap-x-3 border-l-2 border-transparent px-4 py-2 text-left hover:bg-sunken aria-[current=true]:border-accent aria-[current=true]:bg-accent-soft"
              >
                <strong className="row-span-2 self-center tabular-nums">{invoice.month}</strong>
                <span className="truncate text-ink-soft">{w.invoices.issued(invoice.number, invoice.issued)}</span>
                <strong className="text-right tabular-nums">{w.subscription.cents(invoice.payable)}</strong>
                {invoice.paid === null ? (
                  <span className={days < 0 ? 'text-bad' : 'text-warn'}>{w.invoices.dueIn(days)}</span>
                ) : (
                  <span className="text-good">{w.invoices.paidOn(invoice.paid)}</span>
                )}
                <span className={`text-right tabular-nums ${Number(difference) > 0 ? 'text-warn' : 'text-ink-soft'}`}>
                  {difference === null
                    ? w.invoices.notCounted
                    : Number(difference) === 0
                      ? w.invoices.agrees
                      : signedAmount(difference, w.subscription.money)}
                </span>
              </button>
            </li>
          )
        })}
      </ul>
    </SectionCard>
  )
}

/** A difference with its sign. */
export function signedAmount(figure: string, money: (figure: string) => string): string {
  return Number(figure) > 0 ? `+${money(figure)}` : money(figure)
}
