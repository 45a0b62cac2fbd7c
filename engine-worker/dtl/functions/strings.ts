/** Making texts of other values, putting texts together and taking them apart. */

import { textOf } from '../../entity/text.ts'
import type { Value } from '../../entity/value.ts'
import { each, many, one, optional } from '../argument.ts'
import { characterCount, characters, splitAtSpaces } from '../characters.ts'
import { firstOf, listOf } from '../coerce.ts'
import { type Call, expression } from '../define.ts'
import type { Eval } from '../evaluation.ts'
import { checkLength, paid } from '../text-length.ts'
import { wildcard } from '../wildcard.ts'

const doc = 'dtl/dtl-functions-strings.rst'
const otherWords = 'Values that are not text are left out.'

/** A constant text, or what computes a part of it. */
type Piece = string | Eval

/** The arguments of a concatenation; constant texts that stand side by side become one. */
function piecesOf(call: Call): Piece[] {
  const pieces: Piece[] = []
  call.given.forEach(({ node }, at) => {
    const constant = typeof node.json === 'string' ? call.constant(at) : undefined
    const last = pieces.length - 1
    const before = pieces[last]
    if (typeof constant !== 'string') pieces.push(call.eval(at))
    else if (typeof before === 'string') pieces[last] = before + constant
    else pieces.push(constant)
  })
  return pieces
}

/** The texts in a value, one after the other. */
function joined(value: Value): string {
  let text = ''
  for (const item of listOf(value)) if (typeof item === 'string') text += item
  return text
}

/** Adds the parts of a text between the separators. */
function splitText(text: string, separator: string | undefined, parts: string[]): void {
  if (separator === undefined || separator === '') {
    for (const part of separator === '' ? text : splitAtSpaces(text)) parts.push(part)
    return
  }
  let start = 0
  for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, start)) {
    parts.push(text.slice(start, at))
    start = at + separator.length
  }
  parts.push(text.slice(start))
}

let lastPattern = ''
let lastTest = wildcard('')

/** The test of a pattern; the last one is kept, since a rule asks for the same pattern again and again. */
function testOf(pattern: string): (text: string) => boolean {
  if (pattern !== lastPattern) {
    lastPattern = pattern
    lastTest = wildcard(pattern)
  }
  return lastTest
}

export const stringFunctions = [
  expression({
    name: 'string',
    common: 10,
    group: 'strings',
    doc,
    says: 'Turns values into text.',
    more:
      'Lists inside a list and dictionaries become JSON with sorted keys, bytes are read as UTF-8, and namespaced identifiers, URIs ' +
      'and dates lose their type prefix. Null alone stays null, and is left out of a list.',
    sentence: '{values} as text',
    chain: 'text',
    takes: [each('values', 'any', { says: 'What to turn into text.' })],
    gives: 'string',
    converts: [['string', '_.']],
    examples: [
      { dtl: ['string', '_S.number'], source: { number: 4711 }, gives: '4711' },
      {
        dtl: ['string', ['list', 1.5, '~:crm:ada', { b: 1, a: [true] }]],
        gives: ['1.5', 'crm:ada', '{"a": [true], "b": 1}'],
      },
    ],
    run: (value, ctx) => {
      const text = textOf(value)
      return text === undefined ? undefined : paid(text, ctx)
    },
  }),

  expression({
    name: 'is-string',
    group: 'strings',
    doc,
    says: 'Tells whether a value is text.',
    more: 'Only the first value of a list counts.',
    sentence: '{values} is text',
    takes: [one('values', 'any', { says: 'The value to look at.' })],
    gives: 'boolean',
    examples: [
      { dtl: ['is-string', '_S.zip'], source: { zip: '0150' }, gives: true },
      { dtl: ['is-string', '_S.zip'], source: { zip: 150 }, gives: false },
    ],
    run: (values) => typeof firstOf(values) === 'string',
  }),

  expression({
    name: 'concat',
    common: 1,
    group: 'strings',
    doc,
    says: 'Puts texts together into one, without anything between them.',
    more: `Lists of texts are put together too. ${otherWords} Turn numbers into text with \`string\` first. Without any text the result is an empty text.`,
    sentence: '({values}) put together',
    gist: '{n} parts put together{systems}',
    takes: [many('values', 'any', { says: 'Texts and lists of texts, in order.' })],
    gives: 'string',
    examples: [
      {
        dtl: ['concat', '_S.zip', ' ', '_S.city'],
        source: { zip: '7010', city: 'Trondheim' },
        gives: '7010 Trondheim',
      },
      { dtl: ['concat', 'order-', ['string', '_S.no']], source: { no: 12 }, gives: 'order-12' },
      {
        dtl: ['concat', 'order-', '_S.no'],
        source: { no: 12 },
        gives: 'order-',
        says: 'The number is not text and is left out.',
      },
    ],
    compile: (call) => {
      const pieces = piecesOf(call)
      return (frame) => {
        let text = ''
        for (const piece of pieces) {
          if (typeof piece === 'string') text += piece
          else {
            const value = piece(frame)
            if (typeof value === 'string') text += value
            else if (Array.isArray(value)) text += joined(value)
          }
          checkLength(text.length)
        }
        return paid(text, frame.ctx)
      }
    },
  }),

  expression({
    name: 'join',
    group: 'strings',
    doc,
    says: 'Puts the texts of a list together with a separator between them.',
    more: `${otherWords} Null when there is no text at all.`,
    sentence: '{values} joined by {separator}',
    takes: [
      one('separator', 'string', { says: 'What stands between two texts.', placeholder: ', ' }),
      one('values', 'any', { says: 'A list of texts, or a single one.' }),
    ],
    gives: 'string',
    examples: [
      {
        dtl: ['join', ', ', '_S.lines'],
        source: { lines: ['Storgata 1', '0155 Oslo'] },
        gives: 'Storgata 1, 0155 Oslo',
      },
      { dtl: ['join', '/', ['list', 'a', 2, null, 'b']], gives: 'a/b' },
      { dtl: ['join', '/', ['list']], gives: null },
    ],
    run: (separator, values, ctx) => {
      const list = listOf(values)
      ctx.spend(list.length)
      let text: string | null = null
      for (const value of list) {
        if (typeof value !== 'string') continue
        text = text === null ? value : text + separator + value
        checkLength(text.length)
      }
      return text === null ? null : paid(text, ctx)
    },
  }),

  expression({
    name: 'split',
    group: 'strings',
    doc,
    says: 'Splits texts at a separator.',
    more: `An empty separator splits between all characters; without a separator, texts are split at white space. The parts of all texts come in one list. ${otherWords}`,
    sentence: 'split {values} at {separator}',
    chain: 'split at {separator}',
    takes: [
      optional('separator', 'string', {
        says: 'Where to split; the separator itself is not part of the result.',
        placeholder: ',',
      }),
      one('values', 'any', { says: 'A text, or a list of texts.' }),
    ],
    gives: 'list',
    examples: [
      { dtl: ['split', ';', '_S.colours'], source: { colours: 'red;green;blue' }, gives: ['red', 'green', 'blue'] },
      { dtl: ['split', '', 'abc'], gives: ['a', 'b', 'c'] },
      { dtl: ['split', ['list', 'new  york', 'rome']], gives: ['new', 'york', 'rome'] },
    ],
    run: (separator, values, ctx) => {
      const result: string[] = []
      for (const value of typeof values === 'string' ? [values] : listOf(values)) {
        if (typeof value === 'string') splitText(value, separator, result)
      }
      ctx.spend(result.length)
      return result
    },
  }),

  expression({
    name: 'substring',
    positional: true,
    group: 'strings',
    doc,
    says: 'Gives the part of a text from one position up to, but not including, another one.',
    more: `Positions count characters from 0, and from the end when they are below 0; beyond the text they mean its beginning or its end. ${otherWords}`,
    sentence: 'part of {values} from {start-index} up to {end-index}',
    chain: 'characters from {start-index} up to {end-index}',
    takes: [
      one('start-index', 'integer', { says: 'Where the part begins; 0 is the first character.', placeholder: '0' }),
      optional('end-index', 'integer', {
        says: 'Where it stops; the character there is not included. Left out: the end of the text.',
      }),
      each('values', 'string', { says: 'The text to cut from.' }),
    ],
    gives: 'string',
    examples: [
      { dtl: ['substring', 0, 4, '_S.date'], source: { date: '2024-06-30' }, gives: '2024' },
      { dtl: ['substring', -2, ['list', 'a-NO', 'b-SE']], gives: ['NO', 'SE'] },
    ],
    run: (start, end, text) => characters(text, Number(start), end === undefined ? text.length : Number(end)),
  }),

  expression({
    name: 'length',
    group: 'strings',
    doc,
    says: 'Counts the characters of a text.',
    more: `A list gives the list of lengths; use \`count\` for the number of values. ${otherWords}`,
    sentence: 'the length of {values}',
    chain: 'its length',
    takes: [each('values', 'string', { says: 'The text to measure.' })],
    gives: 'integer',
    examples: [
      { dtl: ['length', '_S.code'], source: { code: 'NO-4711' }, gives: 7 },
      { dtl: ['length', ['list', 'a', '', 5]], gives: [1, 0] },
    ],
    run: (text) => characterCount(text),
  }),

  expression({
    name: 'matches',
    group: 'strings',
    doc,
    says: 'Tells whether all texts fit a pattern with wildcards.',
    more:
      'In the pattern * stands for any text, also none, and ? for one character; upper and lower case differ. ' +
      'False when there are no values, or when one of them is not text. Only the first pattern of a list counts.',
    sentence: '{values} matches {pattern}',
    takes: [
      one('pattern', 'any', {
        says: 'The pattern; * is any text, ? is any one character.',
        names: 'text-pattern',
        placeholder: 'no-*',
      }),
      one('values', 'any', { says: 'A text, or a list of texts.' }),
    ],
    gives: 'boolean',
    examples: [
      { dtl: ['matches', 'inv-????', '_S.no'], source: { no: 'inv-2024' }, gives: true },
      {
        dtl: ['matches', '*.pdf', '_S.files'],
        source: { files: ['a.pdf', 'b.txt'] },
        gives: false,
        says: 'All of them must fit.',
      },
      { dtl: ['matches', '*', '_S.files'], source: {}, gives: false },
    ],
    run: (pattern, values, ctx) => {
      const wanted = listOf(pattern).find((item) => typeof item === 'string')
      if (wanted === undefined) return false
      if (typeof values === 'string') return testOf(wanted)(values)
      if (!Array.isArray(values) || values.length === 0) return false
      const test = testOf(wanted)
      ctx.spend(values.length)
      return values.every((value) => typeof value === 'string' && test(value))
    },
  }),
]
