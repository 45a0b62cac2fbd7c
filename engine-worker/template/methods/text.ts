/** The methods of Python's `str`. */

import { charsetOf } from '../../entity/charset.ts'
import { Bytes } from '../../entity/value.ts'
import { truth } from '../compare.ts'
import { TemplateError, typeError, valueError } from '../error.ts'
import { escapeHtml } from '../html.ts'
import { iterate } from '../iterate.ts'
import { characterOf } from '../number-format.ts'
import { asIndex } from '../numbers.ts'
import { type FixedRoutine, type Routine, requiredArgument, routine } from '../routine.ts'
import type { RenderState } from '../state.ts'
import {
  capitalized,
  caseFolded,
  characterIndex,
  charactersOf,
  isCase,
  isPrintable,
  isTitle,
  isWhitespace,
  lengthOf,
  linesOf,
  strip,
  subText,
  titled,
} from '../text.ts'
import { formatBraces } from '../text-format.ts'
import { type JinjaValue, Markup, PyDict, PyList, PyTuple, stringOf, typeName } from '../values.ts'
import { indexOr, likeText, needText, optionalText } from './arguments.ts'
import { partition, splitText, splitter } from './text-parts.ts'

type TextChange = (text: string, state: RenderState, ...args: JinjaValue[]) => string

/** A method that gives a text. */
function changeRoutine(name: string, takes: FixedRoutine['takes'], change: TextChange): Routine {
  return routine({
    name,
    takes,
    run: (state, value, ...args) => likeText(value, change(needText(value), state, ...args), state),
  })
}

/** A method that tells something of the whole text. */
function testRoutine(name: string, test: (text: string) => boolean): Routine {
  return routine({ name, takes: {}, run: (_, value) => test(needText(value)) })
}

/** The fill character of a padded text. */
function fillOf(value: JinjaValue): string {
  const fill = needText(value)
  if (lengthOf(fill) !== 1) throw typeError('The fill character must be exactly one character long')
  return fill
}

function padChange(place: 'left' | 'right' | 'center'): TextChange {
  return (text, state, width = 0, fill = ' ') => {
    const missing = Math.max(0, asIndex(width) - lengthOf(text))
    state.spendText(missing)
    const sign = fillOf(fill)
    const wanted = asIndex(width)
    // In the middle Python puts the odd blank to the left where the width is odd.
    const left = place === 'right' ? missing : place === 'left' ? 0 : Math.floor(missing / 2) + (missing & wanted & 1)
    return sign.repeat(left) + text + sign.repeat(missing - left)
  }
}

function stripChange(ends: 'both' | 'left' | 'right'): TextChange {
  return (text, _, characters = null) => strip(text, optionalText(characters), ends)
}

/** Replaces texts, all or a number of them; an empty text stands before every character and at the end. */
export function replaceText(text: string, old: string, by: string, count: number, state: RenderState): string {
  if (count === 0) return text
  if (old === '') {
    const characters = charactersOf(text)
    const limit = count < 0 ? characters.length + 1 : Math.min(count, characters.length + 1)
    state.spendText(text.length + by.length * limit)
    return (
      characters.map((each, index) => (index < limit ? by + each : each)).join('') +
      (limit > characters.length ? by : '')
    )
  }
  const parts = splitText(text, old, count)
  state.spendText(text.length + by.length * parts.length)
  return parts.join(by)
}

interface TextSection {
  readonly text: string
  readonly from: number
  readonly length: number
}

/** The part of a text from `start` up to `end`, which may be counted from the end. */
function sectionOf(text: string, start: JinjaValue, end: JinjaValue): TextSection | null {
  const length = lengthOf(text)
  const clamp = (index: number) => Math.max(0, index < 0 ? index + length : index)
  const from = clamp(indexOr(start, 0))
  const to = Math.min(length, clamp(indexOr(end, length)))
  return from > length ? null : { text: subText(text, from, Math.max(from, to)), from, length: to - from }
}

function findRoutine(name: string, fromRight: boolean, must: boolean): Routine {
  return routine({
    name,
    takes: { sub: requiredArgument, start: null, end: null },
    run: (_, value, sub = null, start = null, end = null) => {
      const part = needText(sub)
      const section = sectionOf(needText(value), start, end)
      const found =
        section === null || section.length < 0
          ? -1
          : fromRight
            ? section.text.lastIndexOf(part)
            : section.text.indexOf(part)
      if (found < 0 || section === null) {
        if (must) throw valueError('substring not found')
        return -1
      }
      return section.from + characterIndex(section.text, found)
    },
  })
}

function edgeRoutine(name: 'startswith' | 'endswith'): Routine {
  return routine({
    name,
    takes: { part: requiredArgument, start: null, end: null },
    run: (_, value, part = null, start = null, end = null) => {
      const section = sectionOf(needText(value), start, end)
      const parts = part instanceof PyTuple ? part.items : [part]
      return parts.some((each) => {
        const text = needText(each, `${name} first arg`)
        if (section === null || section.length < 0) return false
        return name === 'startswith' ? section.text.startsWith(text) : section.text.endsWith(text)
      })
    },
  })
}

const swapCase: TextChange = (text) =>
  [...text].map((each) => (each === each.toUpperCase() ? each.toLowerCase() : each.toUpperCase())).join('')

const expandTabs: TextChange = (text, state, tabsize = 8) => {
  const size = asIndex(tabsize)
  let column = 0
  let result = ''
  for (const sign of text) {
    if (sign === '\t') {
      const blanks = size > 0 ? size - (column % size) : 0
      state.spendText(blanks)
      result += ' '.repeat(blanks)
      column += blanks
    } else {
      result += sign
      column = sign === '\n' || sign === '\r' ? 0 : column + 1
    }
  }
  return result
}

const zfill: TextChange = (text, state, width = 0) => {
  const missing = Math.max(0, asIndex(width) - lengthOf(text))
  state.spendText(missing)
  const sign = /^[+-]/.exec(text)?.[0] ?? ''
  return sign + '0'.repeat(missing) + text.slice(sign.length)
}

const translate: TextChange = (text, state, table = null) => {
  if (!(table instanceof PyDict)) throw typeError(`'${typeName(table)}' object is not subscriptable`)
  return [...text]
    .map((sign) => {
      const found = table.get(sign.codePointAt(0) ?? 0)
      state.spend(1)
      if (found === undefined) return sign
      const replacement = found === null ? '' : (stringOf(found) ?? characterOf(asIndex(found)))
      state.spendText(replacement.length)
      return replacement
    })
    .join('')
}

const everyCharacter = (pattern: RegExp) => (text: string) =>
  text !== '' && [...text].every((each) => pattern.test(each))

export const textMethods: readonly Routine[] = [
  changeRoutine('capitalize', {}, capitalized),
  changeRoutine('casefold', {}, caseFolded),
  changeRoutine('lower', {}, (text) => text.toLowerCase()),
  changeRoutine('upper', {}, (text) => text.toUpperCase()),
  changeRoutine('title', {}, titled),
  changeRoutine('swapcase', {}, swapCase),
  changeRoutine('strip', { chars: null }, stripChange('both')),
  changeRoutine('lstrip', { chars: null }, stripChange('left')),
  changeRoutine('rstrip', { chars: null }, stripChange('right')),
  changeRoutine('center', { width: requiredArgument, fillchar: ' ' }, padChange('center')),
  changeRoutine('ljust', { width: requiredArgument, fillchar: ' ' }, padChange('left')),
  changeRoutine('rjust', { width: requiredArgument, fillchar: ' ' }, padChange('right')),
  changeRoutine('zfill', { width: requiredArgument }, zfill),
  changeRoutine('expandtabs', { tabsize: 8 }, expandTabs),
  changeRoutine('translate', { table: requiredArgument }, translate),
  changeRoutine('removeprefix', { prefix: requiredArgument }, (text, _, prefix = null) => {
    const part = needText(prefix)
    return text.startsWith(part) ? text.slice(part.length) : text
  }),
  changeRoutine('removesuffix', { suffix: requiredArgument }, (text, _, suffix = null) => {
    const part = needText(suffix)
    return part !== '' && text.endsWith(part) ? text.slice(0, -part.length) : text
  }),
  routine({
    name: 'replace',
    takes: { old: requiredArgument, new: requiredArgument, count: -1 },
    run: (state, value, old = null, by = null, count = -1) => {
      const text = value instanceof Markup ? escapeHtml(by, state) : needText(by)
      return likeText(value, replaceText(needText(value), needText(old), text, asIndex(count), state), state)
    },
  }),
  splitter(false),
  splitter(true),
  partition(false),
  partition(true),
  routine({
    name: 'splitlines',
    takes: { keepends: false },
    run: (state, value, keepends = false) => {
      const lines = linesOf(needText(value), truth(keepends))
      state.spend(lines.length)
      return new PyList(lines.map((line) => likeText(value, line, state)))
    },
  }),
  routine({
    name: 'join',
    takes: { iterable: requiredArgument },
    run: (state, value, iterable = null) => {
      const parts: string[] = []
      for (const each of iterate(iterable, state)) {
        const text = stringOf(each)
        if (text === undefined && !(value instanceof Markup))
          throw typeError(`sequence item ${parts.length}: expected str instance, ${typeName(each)} found`)
        parts.push(value instanceof Markup ? escapeHtml(each, state) : (text ?? ''))
        state.spendText((text?.length ?? 0) + needText(value).length)
      }
      return likeText(value, parts.join(needText(value)), state)
    },
  }),
  routine({
    name: 'count',
    takes: { sub: requiredArgument, start: null, end: null },
    run: (_, value, sub = null, start = null, end = null) => {
      const section = sectionOf(needText(value), start, end)
      const part = needText(sub)
      if (section === null || section.length < 0) return 0
      return part === '' ? lengthOf(section.text) + 1 : section.text.split(part).length - 1
    },
  }),
  findRoutine('find', false, false),
  findRoutine('rfind', true, false),
  findRoutine('index', false, true),
  findRoutine('rindex', true, true),
  edgeRoutine('startswith'),
  edgeRoutine('endswith'),
  routine({
    name: 'format',
    variadic: (state, value, args) =>
      likeText(value, formatBraces(needText(value), args, state, value instanceof Markup), state),
  }),
  routine({
    name: 'format_map',
    takes: { mapping: requiredArgument },
    run: (state, value, mapping = null) => {
      if (!(mapping instanceof PyDict)) throw typeError(`'${typeName(mapping)}' object is not subscriptable`)
      const named = new Map(mapping.pairs().map(([key, item]) => [stringOf(key) ?? '', item]))
      const args = { positional: [], named }
      return likeText(value, formatBraces(needText(value), args, state, value instanceof Markup), state)
    },
  }),
  routine({
    name: 'encode',
    takes: { encoding: 'utf-8', errors: 'strict' },
    run: (state, value, encoding = null) => {
      const text = needText(value)
      state.spendText(text.length)
      const name = needText(encoding).toLowerCase().replaceAll('_', '-')
      if (name === 'utf-8' || name === 'utf8') return new Bytes(new TextEncoder().encode(text))
      const limit = name === 'ascii' || name === 'us-ascii' ? 0x80 : 0x100
      if (limit === 0x100 && charsetOf(name) === null && !/^(latin-?1|iso-?8859-?1)$/.test(name))
        throw new TemplateError('TemplateRuntimeError', `unknown encoding: ${name}`)
      const codes = [...text].map((each) => each.codePointAt(0) ?? 0)
      if (codes.some((code) => code >= limit)) throw valueError(`'${name}' codec can't encode the text`)
      return new Bytes(Uint8Array.from(codes))
    },
  }),
  routine({
    name: 'maketrans',
    takes: { x: requiredArgument, y: null, z: null },
    run: (_, __, x = null, y = null, z = null) => {
      const table = new PyDict()
      const code = (sign: string | undefined) => sign?.codePointAt(0) ?? 0
      if (y === null) {
        if (!(x instanceof PyDict)) throw typeError('if you give only one argument to maketrans it must be a dict')
        for (const [key, item] of x.pairs()) table.set(stringOf(key) === undefined ? key : code(stringOf(key)), item)
        return table
      }
      const [from, to] = [[...needText(x)], [...needText(y)]]
      if (from.length !== to.length) throw valueError('the first two maketrans arguments must have equal length')
      for (const [index, sign] of from.entries()) table.set(code(sign), code(to[index]))
      for (const sign of z === null ? [] : needText(z)) table.set(code(sign), null)
      return table
    },
  }),
  testRoutine('isalpha', everyCharacter(/\p{L}/u)),
  testRoutine('isdigit', everyCharacter(/[\p{Nd}²³¹⁰⁴-⁹₀-₉①-⑨]/u)),
  testRoutine('isdecimal', everyCharacter(/\p{Nd}/u)),
  testRoutine('isnumeric', everyCharacter(/\p{N}/u)),
  testRoutine('isalnum', everyCharacter(/[\p{L}\p{N}]/u)),
  testRoutine('isascii', (text) => [...text].every((each) => each < '\u0080')),
  testRoutine('isspace', (text) => text !== '' && [...text].every(isWhitespace)),
  testRoutine('islower', (text) => isCase(text, true)),
  testRoutine('isupper', (text) => isCase(text, false)),
  testRoutine('istitle', isTitle),
  testRoutine('isprintable', (text) => [...text].every(isPrintable)),
  testRoutine('isidentifier', (text) => /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$/u.test(text)),
]
