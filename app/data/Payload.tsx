import { Download } from 'lucide-react'
import { charsetIn, encodeText, type JsonObject } from '../../engine-worker/index.ts'
import { saveFile } from '../store/save-file.ts'
import { Button } from '../ui/Button.tsx'
import { useBrowseWords } from './browse-words.ts'
import { JsonText } from './JsonText.tsx'

/** What an outside sink would have sent: a request, a statement, a message, the text of a file. */
interface Payload {
  readonly line: string
  readonly text: string
  readonly type: string
  readonly file: string
}

/** The payload that an entity of an output holds, or null where it holds none. */
export function payloadOf({ kind, method, url, text, contentType, file, _id }: JsonObject): Payload | null {
  if (typeof text !== 'string' || typeof kind !== 'string') return null
  const type = typeof contentType === 'string' ? contentType : 'text/plain'
  const line = [method, url].filter((part) => typeof part === 'string').join(' ')
  const ending = type.includes('json') ? 'json' : type.includes('xml') ? 'xml' : type.includes('csv') ? 'csv' : 'txt'
  return { line: line || kind, text, type, file: typeof file === 'string' ? file : `${String(_id)}.${ending}` }
}

/** Saves CSV with its formulas made harmless; the parser is loaded when it is needed. */
async function saveForSpreadsheets({ text, file, type }: Payload): Promise<void> {
  const { withoutFormulas } = await import('./csv-formulas.ts')
  saveFile(encodeText(withoutFormulas(text), charsetIn(type)), file, type)
}

/** A payload as it would leave, to read and to save. */
export function PayloadView({ payload }: { readonly payload: Payload }) {
  const w = useBrowseWords()
  return (
    <div className="flex flex-col">
      <div className="flex flex-wrap items-center gap-3 px-4 py-2">
        <span className="mono min-w-0 flex-1 break-all">{payload.line}</span>
        <Button
          small
          icon={<Download size={12} aria-hidden />}
          onClick={() => saveFile(encodeText(payload.text, charsetIn(payload.type)), payload.file, payload.type)}
        >
          {w.browse.data.savePayload}
        </Button>
        {payload.type.startsWith('text/csv') && (
          <Button small title={w.browse.data.forSpreadsheetsSays} onClick={() => void saveForSpreadsheets(payload)}>
            {w.browse.data.forSpreadsheets}
          </Button>
        )}
      </div>
      <JsonText text={payload.text} label={payload.line} />
    </div>
  )
}
