/**
 * Values as text: what `string` gives, and JSON as DTL writes it, with a space after commas and colons and with sorted
 * keys. See dtl/dtl-functions-strings.rst and dtl/dtl-functions-json.rst.
 */
import { encodeBase64 } from './base64.ts'
import { printTime } from './datetime.ts'
import { printDecimal } from './decimal.ts'
import { printFloat } from './json.ts'
import { compareText } from './order.ts'
import { tagged } from './transit.ts'
import { Bytes, DateTime, Day, Decimal, Float, NI, URI, UUID, type Value } from './value.ts'

/** `transit` keeps the types of values by their tags, `plain` writes them as ordinary JSON. */
type JsonForm = 'plain' | 'transit'

/** The JSON text of a value. */
export function jsonText(value: Value, form: JsonForm): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'number':
      return Number.isInteger(value) ? String(value) : floatText(value)
    case 'bigint':
    case 'boolean':
      return String(value)
    default:
  }
  if (value === null) return 'null'
  if (Array.isArray(value)) return `[${value.map((item) => jsonText(item, form)).join(', ')}]`
  if (value instanceof Float) return floatText(value.value)
  if (value instanceof Decimal) return form === 'plain' ? printDecimal(value) : JSON.stringify(tagged(value))
  if (isScalar(value)) return JSON.stringify(form === 'plain' ? plainText(value) : tagged(value))
  const members = Object.keys(value)
    .sort(compareText)
    .map((key) => `${JSON.stringify(key)}: ${jsonText(value[key] ?? null, form)}`)
  return `{${members.join(', ')}}`
}

/** A float as Python writes it: with an exponent below 0.0001 and from 10^16 on, of at least two digits. */
function floatText(value: number): string {
  const size = Math.abs(value)
  if (size === 0 || (size >= 1e-4 && size < 1e16) || !Number.isFinite(value)) return printFloat(value)
  return value.toExponential().replace(/([+-])(\d)$/, '$10$2')
}

type Scalar = NI | URI | UUID | Bytes | DateTime | Day

function isScalar(value: object): value is Scalar {
  return (
    value instanceof NI ||
    value instanceof URI ||
    value instanceof UUID ||
    value instanceof Bytes ||
    value instanceof DateTime ||
    value instanceof Day
  )
}

function plainText(value: Scalar): string {
  if (value instanceof DateTime || value instanceof Day) return printTime(value)
  return value instanceof Bytes ? encodeBase64(value.data) : value.text
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of bytes in UTF-8, or undefined where they are something else. */
function utf8Text(data: Uint8Array): string | undefined {
  try {
    return utf8.decode(data)
  } catch {
    return undefined // not UTF-8, which is an answer and no failure
  }
}

/** A value cast to text; undefined for bytes that are no text. */
export function textOf(value: Value): string | undefined {
  if (typeof value === 'string') return value
  if (value instanceof Bytes) return utf8Text(value.data)
  if (typeof value === 'object' && value !== null && isScalar(value)) return plainText(value)
  return jsonText(value, 'plain')
}
