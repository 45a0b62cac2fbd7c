/** Entities as the text they cross the wall in: taken apart without parsing values, so that numbers stay as written. */

/** The properties of an entity with their values as text, numbers exactly as they are written. */
export function propertyTexts(text: string): readonly (readonly [string, string])[] {
  const found: [string, string][] = []
  let at = text.indexOf('{') + 1
  for (;;) {
    const key = nextPiece(text, at)
    if (!key?.text.startsWith('"')) return found
    const value = nextPiece(text, text.indexOf(':', key.end) + 1)
    if (!value) return found
    found.push([String(JSON.parse(key.text)), value.text])
    at = text.indexOf(',', value.end) + 1
    const closing = text.indexOf('}', value.end)
    if (at === 0 || (closing >= 0 && closing < at)) return found
  }
}

/** The next JSON value from a place of a text: strings and brackets are matched, nothing is parsed. */
function nextPiece(text: string, from: number): { readonly text: string; readonly end: number } | null {
  let start = from
  while (/\s/.test(text[start] ?? 'x')) start++
  let depth = 0
  let at = start
  for (; at < text.length; at++) {
    const char = text[at]
    if (char === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++
      if (depth === 0) return { text: text.slice(start, at + 1), end: at + 1 }
    } else if (char === '{' || char === '[') depth++
    else if (char === '}' || char === ']') {
      if (depth === 0) break
      depth--
      if (depth === 0) return { text: text.slice(start, at + 1), end: at + 1 }
    } else if (depth === 0 && (char === ',' || char === ':')) break
  }
  const scalar = text.slice(start, at).trim()
  return scalar === '' ? null : { text: scalar, end: at }
}

/** Nested values on several lines where one would be long. */
export function indentedJson(value: string): string {
  if (value.length <= 72 || !/^[[{]/.test(value)) return value
  let depth = 1
  const lineStart = () => `\n${'  '.repeat(depth)}`
  return value.replace(/"(?:[^"\\]|\\.)*"|[[\]{}]|,\s*/g, (piece) => {
    if (piece === '[' || piece === '{') {
      depth++
      return piece + lineStart()
    }
    if (piece === ']' || piece === '}') {
      depth--
      return lineStart() + piece
    }
    return piece.startsWith(',') ? `,${lineStart()}` : piece
  })
}
