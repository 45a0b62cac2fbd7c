/** One property of an object's JSON text, found without reading the others. The text is one that our printers made: without spaces. */
import { get } from './dict.ts'
import { readEntity, readValue } from './transit.ts'
import type { Value } from './value.ts'

const QUOTE = 34
const COMMA = 44
const COLON = 58
const BACKSLASH = 92
const TILDE = 126

/**
 * The value of a property in the object that stands from `from` to before `to`; undefined where it has none. A text that is
 * not written as our printers do is read as a whole.
 */
export function propertyValue(text: string, from: number, to: number, name: string): Value | undefined {
  const key = keyOf(name)
  for (let at = from + 1; at < to - 1; at++) {
    const found = text.startsWith(key, at)
    const colon = found ? at + key.length - 1 : endOfText(text, at)
    const end = endOfValue(text, colon + 1, to)
    const isPrinted = text.charCodeAt(at) === QUOTE && text.charCodeAt(colon) === COLON
    if (!isPrinted || (end < to - 1 && text.charCodeAt(end) !== COMMA)) {
      return get(readEntity(text.slice(from, to)), name)
    }
    if (found) return valueAt(text, colon + 1, end)
    at = end
  }
  return undefined
}

let lastKey = { name: '', key: '"":' }

/** A property's name as it stands in such texts. The same one is asked for again and again. */
function keyOf(name: string): string {
  if (lastKey.name !== name) lastKey = { name, key: `${JSON.stringify(name)}:` }
  return lastKey.key
}

/** Behind the quote that ends a text. */
function endOfText(text: string, quote: number): number {
  for (let end = text.indexOf('"', quote + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++
    if (escapes % 2 === 0) return end + 1
  }
  return text.length
}

/** Behind a value: where a comma follows, or the object ends. */
function endOfValue(text: string, from: number, to: number): number {
  const first = text.charCodeAt(from)
  if (first === QUOTE) return endOfText(text, from)
  let depth = 0
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = endOfText(text, at) - 1
    else if (code === 123 || code === 91) depth++
    else if ((code === 125 || code === 93) && --depth <= 0) return depth < 0 ? at : at + 1
    else if (code === COMMA && depth === 0) return at
  }
  return to
}

function valueAt(text: string, from: number, to: number): Value {
  const literal = text.slice(from, to)
  if (literal.charCodeAt(0) !== QUOTE) return /^\d{1,15}$/.test(literal) ? Number(literal) : readValue(literal)
  const isPlain = !literal.includes('\\') && literal.charCodeAt(1) !== TILDE
  return isPlain ? literal.slice(1, -1) : readValue(literal)
}
