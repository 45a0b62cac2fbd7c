/**
 * POSIX patterns of SQL (`~`, `regexp_replace`) as DTL, which has wildcards and no patterns: those that are built of
 * texts, classes of characters and counts can be said, others are refused with a reason.
 */
import type { Json } from '../../entity/value.ts'
import { call, conjunction, disjunction } from '../calls.ts'

/** One piece of a pattern: a set of characters (null is any), and how often it occurs. */
interface Piece {
  readonly among: readonly string[] | null
  /** Whether it is any character but these. */
  readonly except: boolean
  readonly least: number
  /** Infinity has no end. */
  readonly most: number
}

/** A pattern as pieces. */
interface PatternPieces {
  readonly fromStart: boolean
  readonly toEnd: boolean
  readonly pieces: readonly Piece[]
}

/** A pattern that cannot be said in DTL: why. */
export class PatternRefused extends Error {}

const digits = [...'0123456789']
const blanks = [' ', '\t', '\n', '\r']
const letters = range('a', 'z')
const classEscapes: Readonly<Record<string, readonly string[]>> = {
  d: digits,
  s: blanks,
  w: [...letters, ...range('A', 'Z'), ...digits, '_'],
}
const posixClasses: Readonly<Record<string, readonly string[]>> = {
  digit: digits,
  space: blanks,
  alpha: [...letters, ...range('A', 'Z')],
  alnum: [...letters, ...range('A', 'Z'), ...digits],
  lower: letters,
  upper: range('A', 'Z'),
  punct: [...'!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
}

function range(from: string, to: string): string[] {
  const [first, last] = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0]
  if (last < first || last - first > 500) throw new PatternRefused(`the range ${from}-${to} is too large`)
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index))
}

/** A condition that is true where the text has a match. */
export function patternTest(pattern: string, text: Json, anyCase: boolean): Json {
  const subject = anyCase ? call.lower(text) : text
  const choices = alternatives(pattern).map((each) =>
    testOf(piecesOf(anyCase ? each.toLowerCase() : each), subject, anyCase),
  )
  return disjunction(...choices)
}

/** A text with matches replaced. */
export function patternReplaced(pattern: string, text: Json, by: string, flags: string): Json {
  const { fromStart, toEnd, pieces } = piecesOf(pattern)
  const [piece] = pieces
  if (piece === undefined || /\\\d/.test(by)) throw new PatternRefused('what it replaces is not one class or text')
  const fixed = literalOf(pieces)
  if (fixed !== null && !fromStart && !toEnd && flags === 'g') return call.replace(fixed, by, text)
  if (fixed !== null && fromStart && !toEnd)
    return call.if(
      testOf({ fromStart, toEnd, pieces }, text, false),
      call.concat(by, call.substring(fixed.length, text)),
      text,
    )
  if (pieces.length > 1 || piece.among === null) throw new PatternRefused('it is more than one class of characters')
  if (fromStart !== toEnd && by === '' && piece.most === Number.POSITIVE_INFINITY && !piece.except)
    return (fromStart ? call.lstrip : call.rstrip)(piece.among.join(''), text)
  if (fromStart || toEnd) throw new PatternRefused('it is bound to the beginning or the end')
  if (!flags.includes('g')) throw new PatternRefused('it replaces only the first match')
  if (piece.least === 0 || (piece.most > 1 && piece.most !== Number.POSITIVE_INFINITY))
    throw new PatternRefused('it counts')
  const runs = piece.most > 1 && by !== ''
  const [open, close] = ['\u0001', '\u0002']
  const mark = runs ? `${open}${close}` : by
  const among = flags.includes('i') ? bothCases(piece.among) : piece.among
  const inside = call.in('_.', call.list(...among))
  const characters = call.map(
    piece.except ? call.if(inside, '_.', mark) : call.if(inside, mark, '_.'),
    call.split('', text),
  )
  const marked = call.join('', characters)
  return runs ? call.replace(`${open}${close}`, by, call.replace(`${close}${open}`, '', marked)) : marked
}

function bothCases(among: readonly string[]): string[] {
  return [...new Set(among.flatMap((each) => [each.toLowerCase(), each.toUpperCase()]))]
}

/** The choices of a pattern that is one group of choices, or has choices outside groups. */
function alternatives(pattern: string): string[] {
  const group = /^(\^?)\((?:\?:)?([^()[\]\\]*)\)(\$?)$/.exec(pattern)
  if (group !== null) return (group[2] ?? '').split('|').map((each) => `${group[1]}${each}${group[3]}`)
  return /[[\]()\\]/.test(pattern) ? [pattern] : pattern.split('|')
}

function literalOf(pieces: readonly Piece[]): string | null {
  const isOne = ({ among, except, least, most }: Piece): boolean =>
    among?.length === 1 && !except && least === 1 && most === 1
  return pieces.every(isOne) ? pieces.map(({ among }) => among?.[0]).join('') : null
}

function piecesOf(pattern: string): PatternPieces {
  const characters = [...pattern]
  let at = 0
  const fromStart = characters[0] === '^'
  if (fromStart) at++
  const pieces: Piece[] = []
  let toEnd = false
  while (at < characters.length) {
    const character = characters[at] ?? ''
    if (character === '$' && at === characters.length - 1) {
      toEnd = true
      break
    }
    let among: readonly string[] | null = [character]
    let except = false
    if (character === '.') among = null
    else if (character === '\\') {
      const name = characters[++at] ?? ''
      among = classEscapes[name.toLowerCase()] ?? (/[A-Za-z0-9]/.test(name) ? refuse(`\\${name} is not known`) : [name])
      except = /[DSW]/.test(name)
    } else if (character === '[') {
      const end = classEnd(characters, at)
      ;({ among, except } = classOf(characters.slice(at + 1, end).join('')))
      at = end
    } else if ('()|*+?{}^$'.includes(character)) refuse(`“${character}” is not expected there`)
    at++
    const count = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})/.exec(characters.slice(at).join(''))
    if (count === null) {
      pieces.push({ among, except, least: 1, most: 1 })
      continue
    }
    const [text, sign, least = '', comma, most] = count
    at += text.length
    if (sign !== undefined)
      pieces.push({ among, except, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Number.POSITIVE_INFINITY })
    else {
      const end = comma === '' ? Number(least) : most === '' ? Number.POSITIVE_INFINITY : Number(most)
      pieces.push({ among, except, least: Number(least), most: end })
    }
  }
  return { fromStart, toEnd, pieces }
}

function refuse(reason: string): never {
  throw new PatternRefused(reason)
}

function classEnd(characters: readonly string[], from: number): number {
  let at = from + (characters[from + 1] === '^' ? 2 : 1)
  // A bracket that comes first stands for itself.
  if (characters[at] === ']') at++
  for (; at < characters.length; at++) {
    if (characters[at] === '[' && characters[at + 1] === ':') {
      const end = characters.indexOf(']', at)
      at = end < 0 ? characters.length : end
    } else if (characters[at] === ']') return at
  }
  return refuse('a class has no end')
}

function classOf(text: string): { among: readonly string[]; except: boolean } {
  const except = text.startsWith('^')
  const among: string[] = []
  const found = (except ? text.slice(1) : text).matchAll(/\[:([a-z]+):\]|\\(.)|(.)-(.)|([\s\S])/gu)
  for (const [, name, escaped, from, to, one] of found) {
    if (name !== undefined) among.push(...(posixClasses[name] ?? refuse(`the class ${name} is not known`)))
    else if (escaped !== undefined) among.push(...(classEscapes[escaped] ?? [escaped]))
    else if (from !== undefined && to !== undefined) among.push(...range(from, to))
    else if (one !== undefined) among.push(one)
  }
  return { among, except }
}

function testOf({ fromStart, toEnd, pieces }: PatternPieces, text: Json, anyCase: boolean): Json {
  const glob = globOf(pieces)
  if (glob !== null) return call.matches(`${fromStart ? '' : '*'}${glob}${toEnd ? '' : '*'}`, text)
  const [only] = pieces
  if (!fromStart && !toEnd && pieces.length === 1 && only !== undefined && only.least <= 1)
    return only.least === 0
      ? call.isNotNull(text)
      : call.isNotEmpty(charactersIn(only, call.split('', text), anyCase, true))
  if (!fromStart) throw new PatternRefused('it has no ^ at its beginning')
  return fixedTest(
    toEnd ? pieces : [...pieces, { among: null, except: false, least: 0, most: Number.POSITIVE_INFINITY }],
    text,
    anyCase,
  )
}

/** Texts and dots as wildcards; null where there is more. */
function globOf(pieces: readonly Piece[]): string | null {
  const parts = pieces.map(({ among, except, least, most }) => {
    const one = among === null ? '?' : among.length === 1 && !except ? among[0] : undefined
    if (one === undefined || (among !== null && /[*?]/.test(one))) return null
    if (least === most) return one.repeat(least)
    return among === null && most === Number.POSITIVE_INFINITY ? `${'?'.repeat(least)}*` : null
  })
  return parts.includes(null) ? null : parts.join('')
}

/** All pieces of a fixed length but one, which is what is left between them. */
function fixedTest(pieces: readonly Piece[], text: Json, anyCase: boolean): Json {
  const open = pieces.findIndex(({ least, most }) => least !== most)
  if (pieces.some(({ least, most }, index) => least !== most && index !== open))
    throw new PatternRefused('more than one part of it has no fixed length')
  const lengthOf = (some: readonly Piece[]): number => some.reduce((sum, { least }) => sum + least, 0)
  const total = lengthOf(pieces)
  const length = call.length(text)
  const conditions: Json[] = []
  if (open < 0) conditions.push(call.eq(length, total))
  else {
    conditions.push(call.gte(length, total))
    const { least = 0, most = 0 } = pieces[open] ?? {}
    if (most !== Number.POSITIVE_INFINITY) conditions.push(call.lte(length, total - least + most))
  }
  for (const [index, piece] of pieces.entries()) {
    if (piece.among === null) continue
    const before = lengthOf(pieces.slice(0, index))
    const after = lengthOf(pieces.slice(index + 1))
    const isAfterOpen = open >= 0 && index > open
    const end: Json = index === open || isAfterOpen ? call['-'](length, after) : before + piece.least
    const start: Json = isAfterOpen ? call['-'](length, after + piece.least) : before
    const part = call.split('', call.substring(start, end, text))
    conditions.push(call.isEmpty(charactersIn(piece, part, anyCase, false)))
  }
  return conjunction(...conditions)
}

/** The characters that fit a piece, or those that do not. */
function charactersIn({ among, except }: Piece, characters: Json, anyCase: boolean, fit: boolean): Json {
  const all = anyCase ? [...new Set((among ?? []).map((each) => each.toLowerCase()))] : (among ?? [])
  const inside = call.in('_.', call.list(...all))
  return call.filter(fit === except ? call.not(inside) : inside, characters)
}
