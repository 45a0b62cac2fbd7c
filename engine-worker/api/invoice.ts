/** Invoices that a person has: read, and held against the own count and the price table, line by line. */
import { type CheckedInvoice, checkKept } from '../subscription/invoice/check-kept.ts'
import { readCsvInvoices } from '../subscription/invoice/csv.ts'
import { readUbl } from '../subscription/invoice/ubl.ts'
import { type KeptInvoice, keptInvoice } from '../subscription/kept-invoice.ts'
import type { Ledger, SubscriptionEnvironment } from '../subscription/ledger.ts'
import { capability } from './capability.ts'
import { samplesIn } from './used-datasets.ts'

/** Reads invoices: one of UBL 2.1 in XML, or those of CSV. The text is not trusted: a Fault says why it is refused. */
export const readInvoices = capability(
  'readInvoices',
  'page',
  async ({ text }: { readonly text: string }): Promise<readonly KeptInvoice[]> => {
    const plain = text.replace(/^\uFEFF/, '')
    return (plain.trimStart().startsWith('<') ? [readUbl(plain)] : readCsvInvoices(plain)).map(keptInvoice)
  },
)

interface CheckInvoicesRequest {
  readonly environment: Pick<SubscriptionEnvironment, 'id' | 'settings' | 'agreement' | 'groups' | 'invoices'>
  readonly own: Ledger['prices']
}

/** The invoices of an environment beside the own count of their months, in their order. */
export const checkInvoices = capability(
  'checkInvoices',
  'draft',
  async ({ environment, own }: CheckInvoicesRequest, { host }): Promise<readonly CheckedInvoice[]> => {
    const samples = await samplesIn(host.current(), environment.id)
    return environment.invoices.map((invoice) => checkKept(invoice, samples, environment, own))
  },
)
