/** Values as text for formats that know only text: CSV fields, SQL literals, XML, templates, mails. */

import { decimalValue } from '../entity/bigdecimal.ts'
import { printDecimal } from '../entity/decimal.ts'
import { printJson } from '../entity/json.ts'
import { encodeTransit } from '../entity/transit.ts'
import { DateTime, Day, Decimal, type Dict, Float, isDict, NI, URI, UUID, type Value } from '../entity/value.ts'

/** A value as a person would write it: without transit tags; lists and dicts as JSON; null as nothing. */
export function plainText(value: Value): string {
  if (typeof value === 'string') return value
  if (value === null) return ''
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  if (value instanceof NI || value instanceof URI || value instanceof UUID) return value.text
  if (value instanceof Float) return Number.isFinite(value.value) ? printJson(value) : ''
  const encoded = encodeTransit(value)
  if (typeof encoded === 'string') return encoded.startsWith('~') ? encoded.slice(2) : encoded
  return printJson(encoded)
}

/** A value as plain JavaScript for templates and ordinary JSON: decimals as numbers, moments and ids as texts. */
export function plainValue(value: Value): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(plainValue)
  if (value instanceof Float) return value.value
  if (value instanceof Decimal) return Number(value.text ?? decimalValue(value).toString())
  if (isDict(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainValue(item)]))
  }
  return plainText(value)
}

/** Ordinary JSON of a value, with every digit of its numbers. */
export function plainJson(value: Value): string {
  if (value instanceof Decimal) return printDecimal(value)
  if (Array.isArray(value)) return `[${value.map(plainJson).join(',')}]`
  if (isDict(value)) {
    const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${plainJson(item)}`)
    return `{${members.join(',')}}`
  }
  if (typeof value !== 'object' || value === null) return printJson(value)
  if (value instanceof Float) return printJson(encodeTransit(value))
  return JSON.stringify(plainText(value))
}

/** Whether a value is a moment or a date. */
export function isTime(value: Value): value is DateTime | Day {
  return value instanceof DateTime || value instanceof Day
}

/** The entity without reserved properties: those that begin with `_`, or also with `$`. */
export function withoutReserved(entity: Dict, dollars = true): Dict {
  const kept = Object.entries(entity).filter(([key]) => !key.startsWith('_') && !(dollars && key.startsWith('$')))
  return Object.fromEntries(kept)
}
