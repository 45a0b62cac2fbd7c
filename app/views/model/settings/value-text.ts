/** Values as people write them in a field: numbers and true or false are that, everything else is text. */
import { isObject, type Json, readJson } from '../../../../engine-worker/index.ts'

function readOrNull(text: string): { readonly json: Json } | null {
  try {
    return { json: readJson(text) }
  } catch {
    return null
  }
}

/** The text of a value in a field; a text that would be read as something else is in quotes. */
export function valueText(value: Json | undefined): string {
  if (value === undefined) return ''
  if (typeof value !== 'string') return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value)
  return valueFromText(value) === value ? value : JSON.stringify(value)
}

/** The value that a text in a field means. */
export function valueFromText(text: string): Json {
  const trimmed = text.trim()
  if (!/^([-\d"[{]|true$|false$|null$)/.test(trimmed)) return text
  const found = readOrNull(trimmed)
  return found === null ? text : found.json
}
