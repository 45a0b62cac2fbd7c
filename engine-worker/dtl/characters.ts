/**
 * Texts by characters. JavaScript counts UTF-16 units; DTL counts characters, of which those beyond U+FFFF take two
 * units. Texts without such pairs, nearly all, take the short way.
 */

/** Whether the text has characters of two units. */
function hasSurrogatePairs(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0xd800 && unit <= 0xdfff) return true
  }
  return false
}

/** The number of characters. */
export function characterCount(text: string): number {
  let count = text.length
  for (let i = 0; i + 1 < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0xd800 || unit > 0xdbff) continue
    const next = text.charCodeAt(i + 1)
    if (next >= 0xdc00 && next <= 0xdfff) {
      count--
      i++
    }
  }
  return count
}

/** The characters from `start` to before `end`, both counted from the end when below 0. */
export function characters(text: string, start: number, end: number): string {
  return hasSurrogatePairs(text) ? Array.from(text).slice(start, end).join('') : text.slice(start, end)
}

/** What counts as white space where nothing else is said. */
function isSpace(unit: number): boolean {
  if (unit < 0x80) return unit === 32 || (unit >= 9 && unit <= 13) || (unit >= 28 && unit <= 31)
  return (
    unit === 0x85 ||
    unit === 0xa0 ||
    unit === 0x1680 ||
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x2028 ||
    unit === 0x2029 ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000
  )
}

/** The parts between runs of white space. */
export function splitAtSpaces(text: string): string[] {
  const found: string[] = []
  let start = -1
  for (let i = 0; i <= text.length; i++) {
    const inside = i < text.length && !isSpace(text.charCodeAt(i))
    if (inside && start < 0) start = i
    else if (!inside && start >= 0) {
      found.push(text.slice(start, i))
      start = -1
    }
  }
  return found
}

/** Which characters to take away from an end. */
type CharacterTest = (character: number) => boolean

let lastSet = ''
let lastTest: CharacterTest = () => false

/** The test for a set of characters; the last one is kept, since a rule asks for the same set again and again. */
export function unwantedOf(set: string | undefined): CharacterTest {
  if (set === undefined) return isSpace
  if (set !== lastSet) {
    const codes = new Set(Array.from(set, (character) => character.codePointAt(0)))
    lastSet = set
    lastTest = (character) => codes.has(character)
  }
  return lastTest
}

/** The text without the unwanted characters at its beginning, its end, or both. */
export function stripped(text: string, unwanted: CharacterTest, left: boolean, right: boolean): string {
  let start = 0
  let end = text.length
  if (left) {
    while (start < end) {
      const character = text.codePointAt(start) ?? 0
      if (!unwanted(character)) break
      start += character > 0xffff ? 2 : 1
    }
  }
  if (right) {
    while (end > start) {
      const unit = text.charCodeAt(end - 1)
      const pair = unit >= 0xdc00 && unit <= 0xdfff && end - start > 1 ? (text.codePointAt(end - 2) ?? 0) : 0
      const character = pair > 0xffff ? pair : unit
      if (!unwanted(character)) break
      end -= character > 0xffff ? 2 : 1
    }
  }
  return start === 0 && end === text.length ? text : text.slice(start, end)
}
