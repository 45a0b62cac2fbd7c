/** Where the values and texts of a JSON text end. */

/** The first place from `from` on that is no white space. */
export function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && isSpace(text.charCodeAt(at))) at++
  return at
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0xfeff
}

/** One pass without recursion, so that depth is no limit. */
export function valueEnd(text: string, from: number): number {
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

/** The place behind a text that begins at `from`. */
export function stringEnd(text: string, from: number): number {
  let at = from + 1
  while (at < text.length) {
    const char = text[at]
    if (char === '\\') at += 2
    else if (char === '"') return at + 1
    else at++
  }
  return at
}
