/** A kept invoice beside the own count of its month: line by line, with what explains a difference. */
import { BigDecimal } from '../../entity/bigdecimal.ts'
import { Fault, type Problem } from '../../problem.ts'
import type { Agreement } from '../agreement.ts'
import { exactInvoice, type KeptInvoice } from '../kept-invoice.ts'
import type { PriceSettings } from '../ledger.ts'
import { countOfMonth, gbOf, type MonthCount, type OwnLine, ownLines } from '../own-lines.ts'
import type { PriceTable } from '../prices.ts'
import type { SampledBytes, SearchCopies, UsageSample } from '../usage.ts'

/** What an environment is counted and priced by. */
interface InvoicedEnvironment {
  readonly settings: PriceSettings
  readonly agreement: Agreement
  readonly groups: readonly string[] | null
}

/** Figures as decimal texts. */
interface CheckedLine {
  readonly description: string
  /** Null where the line stands in one of both only. */
  readonly invoiced: LineFigures | null
  readonly own: LineFigures | null
  /** Invoiced less own. */
  readonly difference: string
  /** How else data could have been counted to give the invoiced quantity; null where nothing does. */
  readonly explanation: CountedOtherwise | null
}

interface LineFigures {
  readonly quantity: string
  readonly price: string
  readonly amount: string
}

/** Another way to count that gives what was invoiced. */
interface CountedOtherwise {
  readonly days: 'mean' | 'highest' | 'last'
  /** The day of the count; null for the mean. */
  readonly day: string | null
  /** How many more times globals count for search. */
  readonly search: SearchCopies
  /** Whether durable data counts once only. */
  readonly isDurableOnce: boolean
}

export interface CheckedInvoice {
  readonly number: string
  /** Days of the month that were counted; 0: there is nothing to compare with. */
  readonly days: number
  readonly lines: readonly CheckedLine[]
  /** The sum of the own lines; null without a count. */
  readonly own: string | null
  /** Invoiced less own; null without a count. */
  readonly difference: string | null
  /** Why there are no own lines although the month was counted. */
  readonly problem: Problem | null
}

/** Checks an invoice against the daily counts and the price table with own prices. */
export function checkKept(
  invoice: KeptInvoice,
  samples: readonly UsageSample[],
  { settings, agreement, groups }: InvoicedEnvironment,
  prices: Partial<PriceTable['entries']>,
): CheckedInvoice {
  const counted = countOfMonth(samples, groups, invoice.month)
  const { lines, sum } = exactInvoice(invoice)
  const notCompared = (problem: Problem | null): CheckedInvoice => ({
    number: invoice.number,
    days: counted?.days ?? 0,
    lines: lines.map((line) => ({
      ...{ description: line.description, invoiced: figuresOf(line), own: null },
      ...{ difference: line.amount.toFixed(2), explanation: null },
    })),
    own: null,
    difference: null,
    problem,
  })
  if (counted === null) return notCompared(null)
  let own: readonly OwnLine[]
  try {
    own = ownLines(settings, prices, agreement, invoice.month, counted.mean)
  } catch (error) {
    if (error instanceof Fault) return notCompared(error.problem)
    throw error
  }
  const unmatchedLines = [...own]
  const checked = lines.map((line): CheckedLine => {
    const at = unmatchedLines.findIndex(({ entry }) => entryPatterns[entry].test(line.description))
    const [row] = at < 0 ? [] : unmatchedLines.splice(at, 1)
    if (row === undefined)
      return {
        ...{ description: line.description, invoiced: figuresOf(line), own: null },
        ...{ difference: line.amount.toFixed(2), explanation: null },
      }
    const isSame = line.quantity.equals(row.quantity.toDecimalPlaces(line.quantity.decimalPlaces()))
    const isGb = isCountedInGb(row.entry)
    return {
      description: line.description,
      invoiced: figuresOf(line),
      own: figuresOf(row),
      // A quantity that is the own one rounded as the invoice rounds it makes no difference, and nor does a cent of it.
      difference: isSame && line.price.equals(row.price) ? '0.00' : line.amount.sub(row.amount).toFixed(2),
      explanation: isSame || !isGb ? null : explanationOf(line.quantity, counted),
    }
  })
  const missing = unmatchedLines.map(
    (row): CheckedLine => ({
      ...{ description: row.entry, invoiced: null, own: figuresOf(row) },
      ...{ difference: row.amount.negated().toFixed(2), explanation: null },
    }),
  )
  const total = own.reduce((all, { amount }) => all.add(amount), new BigDecimal(0))
  const all = [...checked, ...missing]
  return {
    number: invoice.number,
    days: counted.days,
    lines: all,
    own: total.toFixed(2),
    difference: all.every(({ difference }) => Number(difference) === 0) ? '0.00' : sum.sub(total).toFixed(2),
    problem: null,
  }
}

function figuresOf({ quantity, price, amount }: { quantity: BigDecimal; price: BigDecimal; amount: BigDecimal }) {
  return { quantity: quantity.toFixed(), price: price.toFixed(), amount: amount.toFixed(2) }
}

function isCountedInGb(entry: OwnLine['entry']): boolean {
  return entry === 'storage' || entry === 'vpn' || entry.startsWith('sla-')
}

/** Counts that are looked at, the likeliest first: what differs least from the own way. */
function explanationOf(invoiced: BigDecimal, counted: MonthCount): CountedOtherwise | null {
  const ways: readonly (readonly [CountedOtherwise['days'], SampledBytes, string | null])[] = [
    ['mean', counted.mean, null],
    ['highest', counted.highest, counted.highest.day],
    ['last', counted.last, counted.last.day],
  ]
  for (const isDurableOnce of [false, true])
    for (const search of [0, 1, 2] as const)
      for (const [days, bytes, day] of ways) {
        const { gb, durableGb } = gbOf(bytes, search)
        const total = isDurableOnce ? gb : gb.add(durableGb.mul(2))
        if (total.toDecimalPlaces(invoiced.decimalPlaces()).equals(invoiced))
          return { days, day, search, isDurableOnce }
      }
  return null
}

const computePattern = /compute|maskin/i
const slaPattern = /\bsla\b/i

/** How invoices name what an entry of the price table is. */
const entryPatterns: Readonly<Record<OwnLine['entry'], RegExp>> = {
  developer: computePattern,
  'developer-pro': computePattern,
  single: computePattern,
  flexi: computePattern,
  multi: computePattern,
  'flexi-step': /engines|step|motorer/i,
  storage: /storage|lagring/i,
  vpn: /\bvpn\b/i,
  'sla-standard': slaPattern,
  'sla-enterprise': slaPattern,
  'sla-premium': slaPattern,
  penalty: /penalt|reduction|reduksjon|kompensasjon/i,
}
