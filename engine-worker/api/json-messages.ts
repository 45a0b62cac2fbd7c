/**
 * Requests, events and answers as JSON text, for transports that carry texts. Bytes are written as
 * `{"$bytes": "<base64>"}`; an object of data with such a key is wrapped in `{"$object": …}`. What is `undefined` is left
 * out of objects. Numbers stay exact (entity/json.ts).
 */
import { decodeBase64, encodeBase64 } from '../entity/base64.ts'
import { get, put } from '../entity/dict.ts'
import { KEY_ORDER, keepOrder, keysOf, printJson, readJson } from '../entity/json.ts'
import { Float, isObject, type Json, type JsonObject } from '../entity/value.ts'
import { Fault, problem } from '../problem.ts'

const BYTES_KEY = '$bytes'
const OBJECT_KEY = '$object'

const notPlain = problem<{ type: string }>({
  code: 'message-not-plain',
  severity: 'error',
  says: ({ type }) => `A message to or from the engine holds a ${type}, which is not plain data.`,
})

/** A request, event or answer as JSON text. Throws a Fault where it holds what is not plain data. */
export function printMessage(message: unknown): string {
  return printJson(encode(message))
}

/** The request, event or answer of a JSON text. Throws a Fault with line and column where it is not JSON. */
export function readMessage(text: string): unknown {
  return decode(readJson(text))
}

function encode(value: unknown): Json {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return value
  if (value instanceof Float) return value
  if (value instanceof Uint8Array) return { [BYTES_KEY]: encodeBase64(value) }
  if (Array.isArray(value)) return value.map(encode)
  if (typeof value !== 'object') throw new Fault(notPlain({ type: typeof value }))
  const prototype: object | null = Object.getPrototypeOf(value)
  if (prototype !== null && prototype !== Object.prototype)
    throw new Fault(notPlain({ type: prototype.constructor.name }))
  const object: JsonObject = {}
  for (const [key, member] of Object.entries(value)) if (member !== undefined) put(object, key, encode(member))
  if (KEY_ORDER in value) keepOrder(object, keysOf(value))
  return Object.hasOwn(object, BYTES_KEY) || Object.hasOwn(object, OBJECT_KEY) ? { [OBJECT_KEY]: object } : object
}

function decode(value: Json): unknown {
  if (Array.isArray(value)) return value.map(decode)
  if (!isObject(value)) return value
  const bytes = get(value, BYTES_KEY)
  if (typeof bytes === 'string') return decodeBase64(bytes)
  const wrapped = get(value, OBJECT_KEY)
  const object = isObject(wrapped) ? wrapped : value
  const members: { [key: string]: never } = {}
  for (const key of keysOf(object)) put(members, key, decode(get(object, key) ?? null) as never)
  if (KEY_ORDER in object) keepOrder(members, keysOf(object))
  return members
}
