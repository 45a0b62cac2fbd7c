/** JSON: a list of objects, or an object that holds one. */
import { decodeBytes } from '../../entity/charset.ts'
import { decodeTransit, readEntityLines, readValue } from '../../entity/transit.ts'
import { type Dict, isDict, type Value } from '../../entity/value.ts'
import { defineFormat } from '../format.ts'
import { tableOfObjects } from '../table.ts'

export const jsonFormat = defineFormat({
  kind: 'json',
  endings: ['json'],
  partial: false,
  begins: (bytes) => /^\s*[[{]/.test(new TextDecoder().decode(bytes.subarray(0, 100))),
  read: async (bytes) => {
    const { text } = decodeBytes(bytes)
    // One object a line is what many programs write under this ending, too.
    if (/^\s*\{[^\n]*\}\s*\n\s*\{/.test(text)) return tableOfObjects(readEntityLines(text), true)
    return tableOfObjects(recordsIn(readValue(text)), true)
  },
})

export const ndjsonFormat = defineFormat({
  kind: 'ndjson',
  endings: ['ndjson', 'jsonl'],
  partial: true,
  read: async (bytes, _settings, complete) => {
    const { text } = decodeBytes(bytes)
    const whole = complete ? text : text.slice(0, text.lastIndexOf('\n') + 1)
    return tableOfObjects(readEntityLines(whole), complete)
  },
})

/** The objects that a document is about: its longest list of objects, or itself. */
export function recordsIn(value: Value, depth = 4): readonly Dict[] {
  const found = longestList(value, depth)
  if (found.length > 0) return found
  if (isDict(value)) return [value]
  return Array.isArray(value) ? value.map((item) => ({ value: item })) : [{ value: decodeTransit(null) }]
}

function longestList(value: Value, depth: number): readonly Dict[] {
  if (Array.isArray(value)) {
    const objects = value.filter((item) => isDict(item))
    return objects.length === value.length ? objects : []
  }
  if (!isDict(value) || depth === 0) return []
  return Object.values(value)
    .map((inner) => longestList(inner ?? null, depth - 1))
    .reduce((best, each) => (each.length > best.length ? each : best), [])
}
