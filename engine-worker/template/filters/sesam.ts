/** Sesam's own filters, with the results of the DTL functions of the same names (documentation/jinja_filters.rst). */
import { decodeBase64, encodeBase64 } from '../../entity/base64.ts'
import { fromNanos, readTime } from '../../entity/datetime.ts'
import { Bytes, DateTime, Day } from '../../entity/value.ts'
import { typeError } from '../error.ts'
import { isIntegral } from '../numbers.ts'
import { type Routine, routine } from '../routine.ts'
import { signatures } from '../signatures.ts'
import type { RenderState } from '../state.ts'
import { formatTime } from '../time.ts'
import { type JinjaValue, PyList, PyTuple, stringOf, typeName, Undefined } from '../values.ts'

/** Applies a conversion to a value, or to each item of a list; items that cannot be converted are left out. */
function convertEach(value: JinjaValue, convert: (item: JinjaValue) => JinjaValue | undefined): JinjaValue {
  if (value instanceof Undefined) value.fail()
  if (!(value instanceof PyList) && !(value instanceof PyTuple)) return convert(value) ?? null
  return new PyList(value.items.map(convert).filter((item) => item !== undefined))
}

/** The text of a value, with the values of the secrets that it names where they are known here. */
export function revealedText(value: JinjaValue, state: RenderState): string | undefined {
  const { reveal } = state.options
  const text = stringOf(value)
  return reveal ? text?.replace(/\$SECRET\(([^()]*)\)/g, (name, secret: string) => reveal(secret.trim()) ?? name) : text
}

/** The bytes of a text or of bytes. */
export function bytesOf(value: JinjaValue, state: RenderState): Uint8Array | undefined {
  if (value instanceof Bytes) return value.data
  const text = revealedText(value, state)
  if (text === undefined) return undefined
  state.spendText(text.length)
  return new TextEncoder().encode(text)
}

/** Texts as bytes; other values, bytes among them, are left out as by the function of DTL. */
function toBytes(value: JinjaValue, state: RenderState): Bytes | undefined {
  const data = value instanceof Bytes ? undefined : bytesOf(value, state)
  return data === undefined ? undefined : new Bytes(data)
}

/** Base64 of bytes, or of the UTF-8 of a text. */
export function encodeBase64Text(value: JinjaValue, state: RenderState): string {
  const data = bytesOf(value, state)
  if (data === undefined) throw typeError(`bytes or text are needed, not ${typeName(value)}`)
  return encodeBase64(data)
}

function toTime(value: JinjaValue): JinjaValue | undefined {
  if (value instanceof DateTime) return value
  if (value instanceof Day) return new DateTime(value.days * 86_400, 0)
  if (isIntegral(value) && typeof value !== 'boolean') return fromNanos(BigInt(value)) ?? undefined
  const read = readTime(stringOf(value) ?? '')
  return read instanceof Day ? new DateTime(read.days * 86_400, 0) : (read ?? undefined)
}

/** The format of `datetime_format` where none is given. */
const ISO_FORMAT = '%Y-%m-%dT%H:%M:%SZ'

/** HMAC with SHA-256 as bytes. */
export function hmacSha256(key: JinjaValue, message: JinjaValue, state: RenderState): Bytes {
  const [secret, data] = [bytesOf(key, state), bytesOf(message, state)]
  if (secret === undefined || data === undefined) throw typeError('hmacsha256digest needs a key and a message')
  return new Bytes(signatures().hmac('sha256', secret, data))
}

export const sesamFilters: readonly Routine[] = [
  routine({ name: 'bytes', takes: {}, run: (state, value) => convertEach(value, (item) => toBytes(item, state)) }),
  routine({
    name: 'base64_encode',
    takes: {},
    run: (_, value) => convertEach(value, (item) => (item instanceof Bytes ? encodeBase64(item.data) : undefined)),
  }),
  routine({
    name: 'b64encode',
    takes: {},
    run: (state, value) =>
      convertEach(value, (item) => {
        const data = bytesOf(item, state)
        return data === undefined ? undefined : encodeBase64(data)
      }),
  }),
  routine({
    name: 'base64_decode',
    takes: {},
    run: (state, value) =>
      convertEach(value, (item) => {
        const bare = revealedText(item, state)?.replace(/\s+/g, '')
        const data = bare === undefined || bare.length % 4 !== 0 ? null : decodeBase64(bare)
        return data === null ? undefined : new Bytes(data)
      }),
  }),
  routine({ name: 'datetime', takes: {}, run: (_, value) => convertEach(value, toTime) }),
  routine({
    name: 'datetime_format',
    alias: ['datetime_filter'],
    variadic: (_, value, { positional, named }) => {
      const [first, second] = positional.map(stringOf)
      const namedText = (...names: string[]) =>
        names.map((name) => stringOf(named.get(name) ?? null)).find((text) => text !== undefined)
      const format = (second === undefined ? first : second) ?? namedText('format', 'formatstring') ?? ISO_FORMAT
      const zone = (second === undefined ? undefined : first) ?? namedText('timezone', 'timezone_name') ?? 'UTC'
      return convertEach(value, (item) => {
        // Moments of entities are texts in templates (values.ts), so texts that are moments count as such.
        const time = toTime(isIntegral(item) ? null : item)
        return time instanceof DateTime ? formatTime(time, format, zone) : undefined
      })
    },
  }),
  routine({
    name: 'hmacsha256digest',
    takes: { message: null },
    run: (state, value, message = null) => hmacSha256(value, message, state),
  }),
]
