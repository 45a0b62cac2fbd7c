/** PDF files that a person keeps with the subscription: invoices as they came, agreements, orders. They are not read. */
import { isObject, type Json } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'
import { utcDay } from '../subscription/calendar.ts'
import { memberText, numberAt } from '../subscription/fields.ts'
import { capability } from './capability.ts'
import type { OpenedProject } from './host.ts'

/** The state of the project's store that holds the list of documents; each has one of its own for what is in it. */
const DOCUMENTS_KEY = 'subscription-documents'
const contentKey = (id: string) => `${DOCUMENTS_KEY}:${id}`

const MAX_BYTES = 20_000_000
const MAX_DOCUMENTS = 500

const notPdf = problem<{ name: string }>({
  code: 'not-a-pdf',
  severity: 'error',
  says: ({ name }) => `${name} is not a PDF file.`,
  fix: () => 'Choose a PDF file; invoices can also be read from XML and CSV.',
})

const documentTooLarge = problem<{ name: string }>({
  code: 'document-too-large',
  severity: 'error',
  says: ({ name }) => `${name} is larger than 20 MB, or 500 documents are kept already.`,
  fix: () => 'Keep the file elsewhere, or remove documents.',
})

interface KeptDocument {
  readonly id: string
  readonly name: string
  /** `yyyy-mm-dd`. */
  readonly kept: string
  readonly bytes: number
  /** The environment that it belongs to. */
  readonly environment: string
}

/** The documents of the open project, the latest first. */
export const documents = capability(
  'documents',
  'draft',
  async (_: null, { host }): Promise<readonly KeptDocument[]> => {
    return listOf(await host.current().store.state(DOCUMENTS_KEY))
  },
)

interface KeepDocumentRequest {
  readonly name: string
  readonly environment: string
  /** The file in base64. */
  readonly content: string
}

/** Keeps a PDF file. Throws a Fault for any other file. */
export const keepDocument = capability(
  'keepDocument',
  'draft',
  async ({ name, environment, content }: KeepDocumentRequest, { host }): Promise<KeptDocument> => {
    const { store } = host.current()
    const { now, randomBytes } = host.platform.environment
    const known = listOf(await store.state(DOCUMENTS_KEY))
    // `%PDF-` in base64, wherever the bytes begin.
    if (!/^JVBERi0/.test(content) || /[^A-Za-z0-9+/=]/.test(content)) throw new Fault(notPdf({ name }))
    const bytes = Math.floor((content.length * 3) / 4)
    if (bytes > MAX_BYTES || known.length >= MAX_DOCUMENTS) throw new Fault(documentTooLarge({ name }))
    const id = Array.from(randomBytes(8), (byte) => byte.toString(16).padStart(2, '0')).join('')
    const kept = utcDay(now())
    const added = { id, name: name.slice(0, 200), kept, bytes, environment }
    await commitList(store, [added, ...known], { key: contentKey(id), value: content })
    return added
  },
)

/** The content of a document in base64; null where it is gone. */
export const documentContent = capability(
  'documentContent',
  'draft',
  async ({ id }: { readonly id: string }, { host }): Promise<string | null> => {
    const content = await host.current().store.state(contentKey(id))
    return typeof content === 'string' ? content : null
  },
)

/** Removes a document. */
export const removeDocument = capability(
  'removeDocument',
  'draft',
  async ({ id }: { readonly id: string }, { host }): Promise<readonly KeptDocument[]> => {
    const { store } = host.current()
    const left = listOf(await store.state(DOCUMENTS_KEY)).filter((each) => each.id !== id)
    await commitList(store, left, { key: contentKey(id), value: null })
    return left
  },
)

async function commitList(
  store: OpenedProject['store'],
  list: readonly KeptDocument[],
  content: { readonly key: string; readonly value: string | null },
): Promise<void> {
  await store.commit({ states: [{ key: DOCUMENTS_KEY, value: JSON.parse(JSON.stringify(list)) }, content] })
}

function listOf(stored: unknown): readonly KeptDocument[] {
  if (!Array.isArray(stored)) return []
  return (stored as readonly Json[]).flatMap((json) => {
    if (!isObject(json) || !/^[0-9a-f]{16}$/.test(memberText(json, 'id'))) return []
    return [
      {
        ...{ id: memberText(json, 'id'), name: memberText(json, 'name'), kept: memberText(json, 'kept') },
        ...{ bytes: numberAt(json, 'bytes'), environment: memberText(json, 'environment') },
      },
    ]
  })
}
