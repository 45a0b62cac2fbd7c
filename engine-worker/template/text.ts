/** Texts as Python counts them: by characters, not by halves of surrogate pairs; and its classes of characters. */

const SURROGATES = /[\ud800-\udfff]/

/** How many characters a text has. */
export function lengthOf(text: string): number {
  if (!SURROGATES.test(text)) return text.length
  let length = 0
  for (const _ of text) length++
  return length
}

/** The characters one by one. */
export function charactersOf(text: string): string[] {
  return SURROGATES.test(text) ? [...text] : text.split('')
}

/** The characters from `start` up to `end`, both counted from the beginning. */
export function subText(text: string, start: number, end: number): string {
  if (!SURROGATES.test(text)) return text.slice(Math.max(0, start), Math.max(0, end))
  return [...text].slice(Math.max(0, start), Math.max(0, end)).join('')
}

/** Where the character stands that begins at a position of JavaScript's text. */
export function characterIndex(text: string, position: number): number {
  return position <= 0 || !SURROGATES.test(text) ? position : lengthOf(text.slice(0, position))
}

/** White space in Python: what Unicode counts as such, and the four separators of ASCII. */
const SEPARATORS = '\\x1c-\\x1e'
const SPACE = '[\\s\\x1c-\\x1f\\x85]'
const spacesPattern = new RegExp(`${SPACE}+`, 'g')
const leadingSpaces = new RegExp(`^${SPACE}+`)
const bomPattern = /\ufeff/

/** Without white space, or without the given characters, at one or both ends. */
export function strip(text: string, characters: string | null, ends: 'both' | 'left' | 'right'): string {
  let from = 0
  let to = text.length
  const outer =
    characters === null
      ? (sign: string) => isWhitespace(sign)
      : (sign: string) => sign !== '' && characters.includes(sign)
  if (ends !== 'right') while (from < to && outer(text[from] ?? '')) from++
  if (ends !== 'left') while (to > from && outer(text[to - 1] ?? '')) to--
  return text.slice(from, to)
}

/** Whether one character is white space. */
export function isWhitespace(character: string): boolean {
  return leadingSpaces.test(character) && !bomPattern.test(character)
}

/** The words between white space. */
export function wordsOf(text: string): string[] {
  return text.split(spacesPattern).filter((word) => word !== '')
}

const lineEndPattern = new RegExp(`\\r\\n|[\\n\\r\\v\\f${SEPARATORS}\\x85\\u2028\\u2029]`, 'g')

/** The lines of a text as `splitlines` gives them. */
export function linesOf(text: string, keepEnds = false): string[] {
  const lines: string[] = []
  let from = 0
  for (const match of text.matchAll(lineEndPattern)) {
    const end = match.index + match[0].length
    lines.push(text.slice(from, keepEnds ? end : match.index))
    from = end
  }
  if (from < text.length) lines.push(text.slice(from))
  return lines
}

/** The first character upper case (title case where it has one), the others lower case. */
export function capitalized(text: string): string {
  const [first = '', ...rest] = charactersOf(text)
  return titleCase(first) + rest.join('').toLowerCase()
}

/** Letters that have a title case of their own. */
const titleCases: Readonly<Record<string, string>> = {
  ǆ: 'ǅ',
  Ǆ: 'ǅ',
  ǉ: 'ǈ',
  Ǉ: 'ǈ',
  ǌ: 'ǋ',
  Ǌ: 'ǋ',
  ǳ: 'ǲ',
  Ǳ: 'ǲ',
  ß: 'Ss',
  ﬁ: 'Fi',
  ﬂ: 'Fl',
}

const TITLE_CASE = /\p{Lt}/u

function titleCase(character: string): string {
  return titleCases[character] ?? (TITLE_CASE.test(character) ? character : character.toUpperCase())
}

const casedLetter = /[\p{Lu}\p{Ll}\p{Lt}]/u

/** Every run of letters with its first letter upper case. */
export function titled(text: string): string {
  let before = false
  let result = ''
  for (const character of text) {
    result += before ? character.toLowerCase() : titleCase(character)
    before = casedLetter.test(character)
  }
  return result
}

/** Whether all letters are of one case, and there is one. */
export function isCase(text: string, lower: boolean): boolean {
  const other = lower ? /[\p{Lu}\p{Lt}]/u : /[\p{Ll}\p{Lt}]/u
  const wanted = lower ? /[\p{Ll}\p{Lowercase}]/u : /[\p{Lu}\p{Uppercase}]/u
  return wanted.test(text) && !other.test(text)
}

/** Whether every word begins upper case and goes on lower case. */
export function isTitle(text: string): boolean {
  let before = false
  let found = false
  for (const character of text) {
    if (/[\p{Lu}\p{Lt}]/u.test(character)) {
      if (before) return false
      before = true
      found = true
    } else if (/\p{Ll}/u.test(character)) {
      if (!before) return false
      found = true
    } else before = false
  }
  return found
}

/** A text for comparisons without regard to case (`str.casefold`). */
export function caseFolded(text: string): string {
  return text
    .replace(/[^\p{ASCII}ı\u13a0-\u13fd]/gu, (sign) => (sign === 'ẞ' ? 'ss' : sign.toUpperCase().toLowerCase()))
    .toLowerCase()
}

/** A `repr` in which everything beyond ASCII is escaped. */
export function inAscii(text: string): string {
  return text.replace(/\P{ASCII}/gu, (sign) => {
    const code = (sign.codePointAt(0) ?? 0).toString(16)
    if (code.length <= 2) return `\\x${code.padStart(2, '0')}`
    return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`
  })
}

/** Whether a character is printed as it is, or escaped in `repr`. */
export function isPrintable(character: string): boolean {
  return character === ' ' || !/[\p{C}\p{Z}]/u.test(character)
}
