/** Casts between the types of numbers, and their tests. */
import { BigDecimal, decimalValue } from '../../entity/bigdecimal.ts'
import { readDecimal } from '../../entity/decimal.ts'
import { printFloat } from '../../entity/json.ts'
import { Decimal, Float, integer, type Value } from '../../entity/value.ts'
import { each } from '../argument.ts'
import { expression } from '../define.ts'
import { isFloat, realFloat, toDouble } from './arithmetic.ts'
import { cast, castArguments, castWords } from './cast.ts'
import { typeTest } from './type-test.ts'

const doc = 'dtl/dtl-functions-numbers.rst'
/** Digits a text may have to be read as a number. */
const MAX_DIGITS = 20_000

function isInteger(value: Value): value is number | bigint {
  return typeof value === 'number' ? Number.isInteger(value) : typeof value === 'bigint'
}

function toInteger(value: Value): Value | undefined {
  if (isInteger(value)) return value
  if (typeof value === 'number') return Math.trunc(value) + 0
  if (typeof value === 'string') return readInteger(value.trim())
  if (value instanceof Float) return Number.isFinite(value.value) ? integer(value.value) : undefined
  return value instanceof Decimal ? integer(BigInt(decimalValue(value).trunc().toFixed())) : undefined
}

function readInteger(text: string): Value | undefined {
  if (text.length > MAX_DIGITS) return undefined
  if (/^[+-]?\d+$/.test(text)) return text.length < 16 ? Number(text) + 0 : integer(BigInt(text.replace('+', '')))
  return /^0x[0-9a-f]+$/i.test(text) ? readHex(text.slice(2)) : undefined
}

/** Two's complement of whole bytes: the first bit is the sign. */
function readHex(digits: string): number | bigint {
  const bytes = digits.length % 2 === 0 ? digits : `0${digits}`
  return integer(BigInt.asIntN(bytes.length * 4, BigInt(`0x${bytes}`)))
}

/** The fewest whole bytes that hold the number and its sign. */
function writeHex(value: bigint): string {
  const magnitude = value < 0n ? -value - 1n : value
  const bytes = Math.floor(magnitude === 0n ? 0 : magnitude.toString(2).length / 8) + 1
  return `0x${BigInt.asUintN(bytes * 8, value)
    .toString(16)
    .padStart(bytes * 2, '0')}`
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/

function toFloat(value: Value): Value | undefined {
  if (typeof value === 'string') {
    const text = value.trim()
    return NUMBER.test(text) ? (realFloat(Number(text)) ?? undefined) : undefined
  }
  if (isNumber(value)) return realFloat(toDouble(value)) ?? undefined
  return undefined
}

function isNumber(value: Value): value is number | bigint | Float | Decimal {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Float || value instanceof Decimal
}

function toDecimal(value: Value): Value | undefined {
  if (typeof value === 'string') return readDecimal(value.trim()) ?? undefined
  if (value instanceof Decimal) return value
  if (value instanceof Float) return readDecimal(printFloat(value.value)) ?? undefined
  if (typeof value === 'number') return new Decimal(new BigDecimal(value))
  return typeof value === 'bigint' ? (readDecimal(value.toString()) ?? undefined) : undefined
}

export const numberFunctions = [
  expression({
    name: 'integer',
    group: 'numbers',
    doc,
    says: 'Turns numbers and texts into integers.',
    more:
      'Floats and decimals lose their fraction; a text must be a whole number. Texts that begin with "0x" are read as ' +
      `hexadecimal in two's complement: the first bit is the sign. ${castWords}`,
    sentence: '{values} as an integer',
    chain: 'integer, else {function}',
    takes: castArguments,
    gives: 'integer',
    converts: [
      ['integer', '_.'],
      ['integer', ['replace', ' ', '', ['replace', '\u00a0', '', ['replace', '\u202f', '', '_.']]]],
    ],
    // Numbers that begin with zeros are codes, which lose their zeros as integers.
    reads: [
      { shape: 'integer', rank: 60, pattern: '^(?:0|[+-]?[1-9]\\d{0,14})$', unless: '^0\\d', dtl: ['integer', '_.'] },
      {
        shape: 'integer',
        rank: 61,
        pattern: '^[+-]?[1-9]\\d{0,2}(?: \\d{3})*$|^0$',
        evidence: ' ',
        dtl: ['integer', ['replace', ' ', '', '_.']],
      },
    ],
    examples: [
      { dtl: ['integer', '_S.zip'], source: { zip: '0150' }, gives: 150 },
      { dtl: ['integer', ['list', -7.9, '7.9', '0x7f']], gives: [-7, 127] },
      { dtl: ['integer', 0, '_S.count'], source: { count: 'none' }, gives: 0 },
    ],
    run: cast(toInteger),
  }),

  expression({
    name: 'float',
    group: 'numbers',
    doc,
    says: 'Turns numbers and texts into floats.',
    more: `Floats have about 16 digits, so large integers and long decimals are rounded. ${castWords}`,
    sentence: '{values} as a float',
    chain: 'float, else {function}',
    takes: castArguments,
    gives: 'float',
    examples: [
      { dtl: ['float', '_S.width'], source: { width: '12.75' }, gives: 12.75 },
      { dtl: ['float', ['list', '~f0.5', '1,5', '-2.5e3']], gives: [0.5, -2500], compare: 'numeric' },
    ],
    run: cast(toFloat),
  }),

  expression({
    name: 'decimal',
    group: 'numbers',
    doc,
    says: 'Turns numbers and texts into decimals, which keep every digit.',
    more: castWords,
    sentence: '{values} as a decimal',
    chain: 'decimal, else {function}',
    takes: castArguments,
    gives: 'decimal',
    // Thousands are set apart by spaces, dots or commas, and fractions by commas or dots.
    converts: [
      ['decimal', '_.'],
      ['decimal', ['replace', ',', '.', '_.']],
      ['decimal', ['replace', ',', '.', ['replace', ' ', '', '_.']]],
      [
        'decimal',
        ['replace', ',', '.', ['replace', ' ', '', ['replace', '\u00a0', '', ['replace', '\u202f', '', '_.']]]],
      ],
      ['decimal', ['replace', ',', '.', ['replace', '.', '', '_.']]],
      ['decimal', ['replace', ',', '', '_.']],
    ],
    reads: [
      {
        shape: 'decimal-comma',
        rank: 40,
        pattern: '^[+-]?\\d+(?:,\\d+)?$',
        evidence: ',\\d',
        dtl: ['decimal', ['replace', ',', '.', '_.']],
      },
      {
        shape: 'decimal-comma',
        rank: 41,
        pattern: '^[+-]?(?:\\d{1,3}(?: \\d{3})+|\\d+)(?:,\\d+)?$',
        evidence: ',\\d',
        dtl: ['decimal', ['replace', ',', '.', ['replace', ' ', '', '_.']]],
      },
      {
        shape: 'decimal-comma',
        rank: 42,
        pattern: '^[+-]?(?:\\d{1,3}(?:[ \\u00a0\\u202f]\\d{3})+|\\d+)(?:,\\d+)?$',
        evidence: ',\\d',
        dtl: [
          'decimal',
          ['replace', ',', '.', ['replace', ' ', '', ['replace', '\u00a0', '', ['replace', '\u202f', '', '_.']]]],
        ],
      },
      {
        shape: 'decimal-comma',
        rank: 43,
        pattern: '^[+-]?(?:\\d{1,3}(?:\\.\\d{3})+|\\d+)(?:,\\d+)?$',
        evidence: ',\\d',
        dtl: ['decimal', ['replace', ',', '.', ['replace', '.', '', '_.']]],
      },
      {
        shape: 'decimal-point',
        rank: 44,
        pattern: '^[+-]?\\d+(?:\\.\\d+)?$',
        evidence: '\\.\\d',
        dtl: ['decimal', '_.'],
      },
      {
        shape: 'decimal-point',
        rank: 45,
        pattern: '^[+-]?(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?$',
        evidence: '\\.\\d',
        dtl: ['decimal', ['replace', ',', '', '_.']],
      },
    ],
    examples: [
      { dtl: ['decimal', '_S.amount'], source: { amount: '1999.90' }, gives: '~f1999.90' },
      { dtl: ['decimal', ['list', 0.1, 'ten', 10]], gives: ['~f0.1', '~f10'] },
      { dtl: ['decimal', null, ['list', 'x', '1']], gives: [null, '~f1'] },
    ],
    run: cast(toDecimal),
  }),

  expression({
    name: 'hex',
    group: 'numbers',
    doc,
    says: "Writes integers in hexadecimal, in two's complement.",
    more: 'As few whole bytes as the number and its sign need. Texts that are integers are taken too; floats and other values are left out.',
    sentence: '{values} in hexadecimal',
    takes: [each('values', ['integer', 'string'], { says: 'An integer, or a list of them.' })],
    gives: 'string',
    examples: [
      { dtl: ['hex', '_S.flags'], source: { flags: 10 }, gives: '0x0a' },
      { dtl: ['hex', ['list', 128, -128, 1.5]], gives: ['0x0080', '0x80'] },
    ],
    run: (value) => {
      const whole = toInteger(value)
      return typeof whole === 'number' || typeof whole === 'bigint' ? writeHex(BigInt(whole)) : undefined
    },
  }),

  typeTest({
    name: 'is-integer',
    group: 'numbers',
    doc,
    type: 'an integer',
    more: 'A float without fraction, such as 1.0, is not an integer either.',
    examples: [
      { dtl: ['is-integer', '_S.n'], source: { n: 3 }, gives: true },
      { dtl: ['is-integer', ['list', '~f3', 3]], gives: false },
    ],
    test: isInteger,
  }),

  typeTest({
    name: 'is-float',
    group: 'numbers',
    doc,
    type: 'a float',
    more: 'A decimal is not a float.',
    examples: [
      { dtl: ['is-float', '_S.n'], source: { n: 3.5 }, gives: true },
      { dtl: ['is-float', '~f3.5'], gives: false },
    ],
    test: (value) => isNumber(value) && isFloat(value),
  }),

  typeTest({
    name: 'is-decimal',
    group: 'numbers',
    doc,
    type: 'a decimal',
    more: 'A float is not a decimal.',
    examples: [
      { dtl: ['is-decimal', '_S.n'], source: { n: '~f3.5' }, gives: true },
      { dtl: ['is-decimal', 3.5], gives: false },
    ],
    test: (value) => value instanceof Decimal,
  }),
]
