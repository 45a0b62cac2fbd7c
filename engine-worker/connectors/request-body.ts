/** The body of a REST request by the operation's `payload-type`; configuration-systems-rest.rst. */
import { printJson } from '../entity/json.ts'
import { encodeTransit } from '../entity/transit.ts'
import { isDict, type Value } from '../entity/value.ts'
import type { BodyFormat } from './http-exchange.ts'
import { encodeAround } from './query.ts'
import { plainJson } from './to-text.ts'

/** A body as it goes out, with secrets as names. */
interface RequestBody {
  readonly text: string
  readonly contentType: string
  /** How secrets are written into it. */
  readonly format: BodyFormat
}

/** Writes a payload. */
export function requestBody(payload: Value, type: string): RequestBody {
  if (type === 'form' || type === 'multipart-form') {
    const fields = (isDict(payload) ? Object.entries(payload) : []).map(
      ([name, value]) => [name, formText(value)] as const,
    )
    return type === 'form' ? formBody(fields) : multipartBody(fields)
  }
  if (typeof payload === 'string' || type === 'text') {
    const text = typeof payload === 'string' ? payload : printJson(encodeTransit(payload))
    return { text, contentType: 'text/plain', format: 'text' }
  }
  const text = type === 'json-transit' ? printJson(encodeTransit(payload)) : plainJson(payload)
  return { text, contentType: 'application/json', format: 'json' }
}

type FormFields = readonly (readonly [name: string, value: string])[]

/** Values of forms are encoded in transit form. */
function formText(value: Value): string {
  const encoded = encodeTransit(value)
  return typeof encoded === 'string' ? encoded : printJson(encoded)
}

function formBody(fields: FormFields): RequestBody {
  const text = fields.map(([name, value]) => `${formEncoded(name)}=${encodeAround(value, formEncoded)}`).join('&')
  return { text, contentType: 'application/x-www-form-urlencoded', format: 'form' }
}

/** A text as forms write it: blanks are plus signs. */
export function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
}

/** A form in parts (RFC 7578). */
function multipartBody(fields: FormFields): RequestBody {
  let boundary = 'form-part'
  while (fields.flat().some((text) => text.includes(boundary))) boundary += '-'
  const parts = fields.map(([name, value]) => {
    const quoted = name.replaceAll('"', '%22').replace(/[\r\n]+/g, ' ')
    return `--${boundary}\r\nContent-Disposition: form-data; name="${quoted}"\r\n\r\n${value}\r\n`
  })
  const text = `${parts.join('')}--${boundary}--\r\n`
  return { text, contentType: `multipart/form-data; boundary=${boundary}`, format: 'text' }
}
