import { Download, FileText, Pencil } from 'lucide-react'
import { useRef, useState } from 'react'
import { decodeXml, type KeptInvoice, type Ledger, type SubscriptionEnvironment } from '../../../engine-worker/index.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { failureText } from '../../store/failure.ts'
import { toast } from '../../store/toasts.ts'
import { useQuery } from '../../store/use-query.ts'
import { Button } from '../../ui/Button.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { FileInput } from '../../ui/FileInput.tsx'
import { fileToBase64 } from './base64.ts'
import { InvoiceDetails } from './InvoiceDetails.tsx'
import { InvoiceForm } from './InvoiceForm.tsx'
import { InvoiceList } from './InvoiceList.tsx'
import { invoiceRows, saveCsv, saveInvoicesJson } from './invoice-files.ts'
import { useMeasuredVersion } from './measured-version.ts'
import { useSubscriptionWords } from './subscription-words.ts'
import type { KeepEnvironment } from './use-ledger.ts'

interface InvoiceSectionProps {
  readonly environment: SubscriptionEnvironment
  readonly own: Ledger['prices']
  readonly keep: KeepEnvironment
}

/** Invoices that were imported or entered: due and paid, and each line beside the own count of its month. */
export function InvoiceSection({ environment, own, keep }: InvoiceSectionProps) {
  const w = useSubscriptionWords()
  const input = useRef<HTMLInputElement | null>(null)
  const [refused, setRefused] = useState<readonly string[]>([])
  const [chosen, setChosen] = useState<string | null>(null)
  /** The document for which an invoice is entered; empty for one without a document. */
  const [entered, setEntered] = useState<string | null>(null)
  const dataVersion = useEngine((state) => state.dataVersion)
  const { invoices } = environment
  const version = useMeasuredVersion((state) => state.version)
  const { value: checks, failure } = useQuery(JSON.stringify([environment, own, dataVersion, version]), (signal) =>
    ask('checkInvoices', { environment, own }, { signal }),
  )
  const keepInvoices = (added: readonly KeptInvoice[]) => {
    const known = new Map(invoices.map((invoice) => [invoice.number, invoice]))
    // One that is read again keeps what a person has said of it.
    for (const each of added) {
      const before = known.get(each.number)
      const { paid = null, document = null } = before ?? {}
      known.set(each.number, { ...each, paid: each.paid ?? paid, document: each.document ?? document })
    }
    const all = [...known.values()]
    keep({ invoices: all.toSorted((a, b) => (a.issued < b.issued ? 1 : a.issued > b.issued ? -1 : 0)) })
    const [first] = added
    if (first !== undefined) setChosen(first.number)
  }
  const takeFiles = async (files: readonly File[]) => {
    const read: KeptInvoice[] = []
    const failures: string[] = []
    for (const file of files) {
      try {
        if (/\.pdf$/i.test(file.name)) {
          const content = await fileToBase64(file)
          const { id } = await ask('keepDocument', { name: file.name, environment: environment.id, content })
          setEntered(id)
        } else read.push(...(await ask('readInvoices', { text: decodeXml(new Uint8Array(await file.arrayBuffer())) })))
      } catch (error) {
        failures.push(`${file.name}: ${failureText(error)}`)
      }
    }
    setRefused(failures)
    if (read.length > 0) keepInvoices(read)
  }
  const removeInvoice = (invoice: KeptInvoice) => {
    keep({ invoices: invoices.filter((each) => each !== invoice) })
    toast(w.invoices.removed(invoice.number), 'good', { label: w.edit.undo, run: () => keep({ invoices }) })
  }
  const shown = invoices.find(({ number }) => number === chosen) ?? invoices[0]
  const actions = (
    <div className="flex flex-wrap gap-2">
      <Button look="main" icon={<FileText size={14} aria-hidden />} onClick={() => input.current?.click()}>
        {w.invoices.choose}
      </Button>
      <Button icon={<Pencil size={14} aria-hidden />} onClick={() => setEntered('')}>
        {w.invoices.enter}
      </Button>
      {invoices.length > 0 && (
        <>
          <Button
            icon={<Download size={14} aria-hidden />}
            onClick={() => void saveCsv(invoiceRows(invoices), 'invoices.csv')}
          >
            {w.invoices.exportCsv}
          </Button>
          <Button icon={<Download size={14} aria-hidden />} onClick={() => saveInvoicesJson(invoices)}>
            {w.invoices.exportJson}
          </Button>
        </>
      )}
    </div>
  )
  return (
    <div className="flex flex-col gap-4">
      <FileInput
        ref={input}
        accept=".xml,.csv,.pdf"
        testId="invoice-files"
        onFiles={(files) => void takeFiles(files)}
      />
      {refused.length > 0 && (
        <ul role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
          {refused.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {failure !== null && <p className="rounded-md bg-bad-soft px-3 py-2 text-bad">{failure}</p>}
      {shown === undefined ? (
        <Empty icon={<FileText size={20} aria-hidden />} title={w.invoices.none} action={actions}>
          {w.invoices.noneSays}
        </Empty>
      ) : (
        <>
          {actions}
          <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,5fr)]">
            <InvoiceList invoices={invoices} checks={checks} shown={shown.number} onShow={setChosen} />
            <InvoiceDetails
              key={shown.number}
              invoice={shown}
              check={checks?.find(({ number }) => number === shown.number) ?? null}
              onChange={(changed) => keep({ invoices: invoices.map((each) => (each === shown ? changed : each)) })}
              onRemove={() => removeInvoice(shown)}
            />
          </div>
        </>
      )}
      {entered !== null && (
        <InvoiceForm
          document={entered || null}
          onClose={() => setEntered(null)}
          onKeep={(invoice) => {
            keepInvoices([invoice])
            setEntered(null)
          }}
        />
      )}
    </div>
  )
}
