/** The shape of a text: what kind of characters it has, in which order. */

/** The most signs of a shape. */
const MAX_LENGTH = 24

/**
 * The shape of a text: `a` for letters, `9` for digits, a blank for white space, other signs as they are; a run of one
 * kind is one sign. `ada@example.org` is `a@a.a`.
 */
export function characterShape(text: string): string {
  let shape = ''
  let last = ''
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const sign = code < 128 ? asciiSign(code, text, at) : otherSign(text, at)
    if (code >= 0xd800 && (text.codePointAt(at) ?? 0) > 0xffff) at++
    if (sign === last && (sign === 'a' || sign === '9' || sign === ' ')) continue
    if (shape.length >= MAX_LENGTH) return `${shape}…`
    shape += sign
    last = sign
  }
  return shape
}

function asciiSign(code: number, text: string, at: number): string {
  if (code >= 48 && code <= 57) return '9'
  const lower = code | 32
  if (lower >= 97 && lower <= 122) return 'a'
  return code === 32 || (code >= 9 && code <= 13) ? ' ' : (text[at] ?? '')
}

function otherSign(text: string, at: number): string {
  const sign = String.fromCodePoint(text.codePointAt(at) ?? 0)
  if (/^\p{N}/u.test(sign)) return '9'
  if (/^\s/u.test(sign)) return ' '
  return /^[\p{L}\p{M}]/u.test(sign) ? 'a' : sign
}
