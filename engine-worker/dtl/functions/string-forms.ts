/** Changing the form of texts: capitals, white space, width, and pieces replaced by others. */
import type { Value } from '../../entity/value.ts'
import { each, one, optional } from '../argument.ts'
import { characterCount, stripped, unwantedOf } from '../characters.ts'
import { expression } from '../define.ts'
import type { Context } from '../evaluation.ts'
import { checkLength, paid } from '../text-length.ts'
import { replaceAll, replacer } from './replacement.ts'

const doc = 'dtl/dtl-functions-strings.rst'
const otherWords = 'Values that are not text are left out.'
const texts = each('values', 'string', { says: 'A text, or a list of texts.' })
const unwanted = optional('characters', 'string', {
  says: 'The characters to remove, in any order; white space when left out.',
})
const width = one('width', 'integer', { says: 'The least number of characters.', placeholder: '10' })
const filling = one('fill-character', 'string', { says: 'The one character to pad with.', placeholder: '0' })

/** A text, or each text of a list, changed; what is not text is left out. */
function changeTexts(values: Value, change: (text: string) => string, ctx: Context): Value {
  if (typeof values === 'string') return paid(change(values), ctx)
  if (!Array.isArray(values)) return null
  const result: Value[] = []
  for (const value of values) if (typeof value === 'string') result.push(paid(change(value), ctx))
  return result
}

/** The filling that brings a text to `wanted` characters. */
function padText(text: string, wanted: number, character: string): string {
  const missing = wanted - characterCount(text)
  if (missing <= 0) return ''
  checkLength(text.length + missing * character.length)
  return character.repeat(missing)
}

export const stringFormFunctions = [
  expression({
    name: 'upper',
    group: 'strings',
    doc,
    says: 'Converts texts to upper case.',
    more: otherWords,
    sentence: '{values} in upper case',
    takes: [texts],
    gives: 'string',
    examples: [
      { dtl: ['upper', '_S.country'], source: { country: 'no' }, gives: 'NO' },
      { dtl: ['upper', ['list', 'straße', 7]], gives: ['STRASSE'] },
    ],
    run: (text) => text.toUpperCase(),
  }),

  expression({
    name: 'lower',
    common: 4,
    group: 'strings',
    doc,
    says: 'Converts texts to lower case.',
    more: otherWords,
    sentence: '{values} in lower case',
    takes: [texts],
    gives: 'string',
    reads: [
      {
        shape: 'e-mail',
        rank: 90,
        pattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$',
        evidence: '[A-ZÆØÅÄÖ]',
        dtl: ['lower', '_.'],
        offered: true,
      },
    ],
    folds: [
      ['lower', '_.'],
      ['lower', ['replace', ' ', '', '_.']],
      ['lower', ['replace', { ' ': '', '-': '', '.': '', ',': '', '/': '', '(': '', ')': '', '+': '', "'": '' }, '_.']],
    ],
    examples: [
      { dtl: ['lower', '_S.email'], source: { email: 'Per@Example.COM' }, gives: 'per@example.com' },
      { dtl: ['lower', ['list', 'ÆRLIG', 'OK']], gives: ['ærlig', 'ok'] },
    ],
    run: (text) => text.toLowerCase(),
  }),

  expression({
    name: 'strip',
    group: 'strings',
    doc,
    says: 'Removes white space, or the characters given, from both ends of texts.',
    more: `Characters inside the text are kept. ${otherWords}`,
    sentence: 'strip {values} of {characters}',
    chain: 'without surrounding spaces',
    variants: [{ argument: 'characters', chain: 'without surrounding {characters}' }],
    takes: [unwanted, texts],
    gives: 'string',
    reads: [{ shape: 'outer-spaces', rank: 95, pattern: '^', evidence: '^\\s|\\s$', dtl: ['strip', '_.'] }],
    examples: [
      { dtl: ['strip', '_S.name'], source: { name: '  Berit \n' }, gives: 'Berit' },
      { dtl: ['strip', '"*', ['list', '"a*b"', '**c']], gives: ['a*b', 'c'] },
    ],
    run: (set, text) => stripped(text, unwantedOf(set), true, true),
  }),

  expression({
    name: 'lstrip',
    group: 'strings',
    doc,
    says: 'Removes white space, or the characters given, from the beginning of texts.',
    more: otherWords,
    sentence: 'strip the beginning of {values} of {characters}',
    chain: 'without leading spaces',
    variants: [{ argument: 'characters', chain: 'without leading {characters}' }],
    takes: [unwanted, texts],
    gives: 'string',
    examples: [
      { dtl: ['lstrip', '0', '_S.account'], source: { account: '000120' }, gives: '120' },
      { dtl: ['lstrip', ['list', '  a ', 'b']], gives: ['a ', 'b'] },
    ],
    run: (set, text) => stripped(text, unwantedOf(set), true, false),
  }),

  expression({
    name: 'rstrip',
    group: 'strings',
    doc,
    says: 'Removes white space, or the characters given, from the end of texts.',
    more: otherWords,
    sentence: 'strip the end of {values} of {characters}',
    chain: 'without trailing spaces',
    variants: [{ argument: 'characters', chain: 'without trailing {characters}' }],
    takes: [unwanted, texts],
    gives: 'string',
    examples: [
      { dtl: ['rstrip', '/', '_S.url'], source: { url: 'https://example.com//' }, gives: 'https://example.com' },
      { dtl: ['rstrip', ['list', ' a ', 'b\t']], gives: [' a', 'b'] },
    ],
    run: (set, text) => stripped(text, unwantedOf(set), false, true),
  }),

  expression({
    name: 'ljust',
    group: 'strings',
    doc,
    says: 'Pads texts at the end to a certain width.',
    more: `Texts that are long enough stay as they are. ${otherWords} Null when the fill character is not exactly one character.`,
    sentence: '{values} padded at the end to {width} characters with {fill-character}',
    takes: [width, filling, one('values', 'any', { says: 'A text, or a list of texts.' })],
    gives: 'string',
    examples: [
      { dtl: ['ljust', 6, '.', '_S.item'], source: { item: 'tea' }, gives: 'tea...' },
      { dtl: ['ljust', 2, ' ', ['list', 'a', 'abc']], gives: ['a ', 'abc'] },
    ],
    run: (wanted, character, values, ctx) => {
      if (characterCount(character) !== 1) return null
      return changeTexts(values, (text) => text + padText(text, Number(wanted), character), ctx)
    },
  }),

  expression({
    name: 'rjust',
    group: 'strings',
    doc,
    says: 'Pads texts at the beginning to a certain width.',
    more: `Texts that are long enough stay as they are. ${otherWords} Null when the fill character is not exactly one character.`,
    sentence: '{values} padded at the start to {width} characters with {fill-character}',
    takes: [width, filling, one('values', 'any', { says: 'A text, or a list of texts.' })],
    gives: 'string',
    examples: [
      { dtl: ['rjust', 8, '0', ['string', '_S.no']], source: { no: 4711 }, gives: '00004711' },
      { dtl: ['rjust', 3, '--', 'a'], gives: null, says: 'Two characters cannot be used for padding.' },
    ],
    run: (wanted, character, values, ctx) => {
      if (characterCount(character) !== 1) return null
      return changeTexts(values, (text) => padText(text, Number(wanted), character) + text, ctx)
    },
  }),

  expression({
    name: 'replace',
    group: 'strings',
    doc,
    says: 'Replaces every occurrence of a text inside texts by another one.',
    more:
      'A dictionary replaces several texts at once: each key by its value, in one pass over the text, so that nothing is ' +
      `replaced twice; where two keys fit, the longer one counts. Upper and lower case differ. ${otherWords}`,
    sentence: 'replace {old-string} with {new-string} in {values}',
    chain: 'replace {old-string} with {new-string}',
    variants: [
      { argument: 'new-string', is: '', chain: 'remove {old-string}', sentence: '{values} without {old-string}' },
    ],
    takes: [
      one('old-string', ['string', 'dict'], {
        says: 'The text to look for, or a dictionary of texts and their replacements.',
      }),
      optional('new-string', 'string', { says: 'The text to put in its place; left out when there is a dictionary.' }),
      texts,
    ],
    gives: 'string',
    reads: [
      {
        shape: 'organisation-number',
        rank: 5,
        pattern: '^[89]\\d{2} ?\\d{3} ?\\d{3}$',
        check: 'mod11',
        dtl: ['replace', ' ', '', '_.'],
      },
    ],
    examples: [
      { dtl: ['replace', ',', '.', '_S.amount'], source: { amount: '12,50' }, gives: '12.50' },
      { dtl: ['replace', { å: 'aa', ø: 'oe' }, 'blåbærgrøt'], gives: 'blaabærgroet' },
      { dtl: ['replace', { a: 'b', b: 'a' }, 'abba'], gives: 'baab', says: 'What was put in is not replaced again.' },
    ],
    run: (old, by, text, ctx) => {
      if (typeof old === 'string') return by === undefined ? undefined : paid(replaceAll(text, old, by), ctx)
      return by === undefined ? paid(replacer(old)(text), ctx) : undefined
    },
  }),
]
