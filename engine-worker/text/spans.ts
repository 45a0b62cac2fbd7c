/**
 * Where the values of a JSON text stand, without reading them: enough to replace one component of an array file and
 * leave every other byte alone. Only for text that the reader (entity/json.ts) has accepted.
 */

export interface Span {
  readonly from: number
  readonly to: number
}

/** The span of the value that a text holds, without the white space and byte order mark around it. */
export function valueSpan(text: string): Span {
  const from = skipSpace(text, 0)
  return { from, to: valueEnd(text, from) }
}

/** The spans of the elements of the array at `from`. */
export function elementSpans(text: string, from: number): Span[] {
  const spans: Span[] = []
  let at = skipSpace(text, from + 1)
  while (at < text.length && text[at] !== ']') {
    const to = valueEnd(text, at)
    spans.push({ from: at, to })
    at = skipSpace(text, to)
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  return spans
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && isSpace(text.charCodeAt(at))) at++
  return at
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0xfeff
}

/** One pass without recursion, so that depth is no limit. */
function valueEnd(text: string, from: number): number {
  let depth = 0
  let at = from
  while (at < text.length) {
    const char = text[at]
    if (char === '"') at = stringEnd(text, at)
    else if (char === '{' || char === '[') {
      depth++
      at++
    } else if (char === '}' || char === ']') {
      if (depth === 0) return at
      depth--
      at++
    } else if (depth === 0 && (char === ',' || isSpace(text.charCodeAt(at)))) return at
    else at++
    if (depth === 0 && (char === '"' || char === '}' || char === ']')) return at
  }
  return at
}

function stringEnd(text: string, from: number): number {
  let at = from + 1
  while (at < text.length) {
    const char = text[at]
    if (char === '\\') at += 2
    else if (char === '"') return at + 1
    else at++
  }
  return at
}
