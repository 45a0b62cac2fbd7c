/** Functions of one number: rounding, sign, roots and angles. */
import { each, optional } from '../argument.ts'
import { expression, type FunctionDeclaration } from '../define.ts'
import { absolute, type Direction, realFloat, toDigits, toDouble } from './arithmetic.ts'

const doc = 'dtl/dtl-functions-math.rst'
const numbers = each('values', 'number', { says: 'A number, or a list of numbers.' })
const number = each('value', 'number', { says: 'A number, or a list of numbers.' })
const otherWords = 'Values that are not numbers are left out.'
const digits = optional('digits', 'integer', {
  says: 'Digits to keep after the decimal point; none when left out.',
  placeholder: '2',
})
const wholeWords =
  'Without digits, or with 0, the result is an integer; otherwise it keeps the type of the value. Floats are taken as ' +
  `the decimal number they are written as. ${otherWords}`

function rounding<const Name extends Direction>(
  direction: Name,
  words: Pick<Parameters<typeof expression>[0], 'says' | 'sentence' | 'chain' | 'examples'> & {
    readonly more?: string
  },
): FunctionDeclaration<Name> {
  return expression({
    name: direction,
    group: 'math',
    doc,
    ...words,
    variants: [
      {
        argument: 'digits',
        is: 1,
        sentence: words.sentence?.replace('{digits} decimals', '1 decimal'),
        chain: words.chain?.replace('{digits} decimals', '1 decimal'),
      },
    ],
    more: words.more ? `${words.more} ${wholeWords}` : wholeWords,
    takes: [digits, numbers],
    gives: 'number',
    run: (places, value) => toDigits(direction, value, Number(places ?? 0)),
  })
}

/** Nearer than this to where the tangent is infinite, floats cannot tell on which side. */
const MIN_COSINE = 1e-15

export const roundingFunctions = [
  rounding('round', {
    says: 'Rounds numbers to a number of digits.',
    more: 'Halves are rounded to the even neighbour, also below zero.',
    sentence: 'round {values} to {digits} decimals',
    chain: 'rounded to {digits} decimals',
    examples: [
      { dtl: ['round', 2, '_S.price'], source: { price: 19.987 }, gives: 19.99 },
      { dtl: ['round', ['list', 0.5, 1.5, '~f2.5']], gives: [0, 2, 2] },
      { dtl: ['round', -3, 7654], gives: 8000 },
    ],
  }),
  rounding('ceil', {
    says: 'Rounds numbers up.',
    sentence: 'round up {values} to {digits} decimals',
    chain: 'rounded up to {digits} decimals',
    examples: [
      { dtl: ['ceil', '_S.hours'], source: { hours: 7.25 }, gives: 8 },
      { dtl: ['ceil', 1, ['list', 0.11, '~f-0.19', 'x']], gives: [0.2, '~f-0.1'] },
    ],
  }),
  rounding('floor', {
    says: 'Rounds numbers down.',
    sentence: 'round down {values} to {digits} decimals',
    chain: 'rounded down to {digits} decimals',
    examples: [
      { dtl: ['floor', '_S.age'], source: { age: 41.9 }, gives: 41 },
      { dtl: ['floor', 1, ['list', 0.19, '~f-0.11']], gives: [0.1, '~f-0.2'] },
    ],
  }),

  expression({
    name: 'abs',
    group: 'math',
    doc,
    says: 'Gives the absolute value of numbers.',
    more: `The result has the type of the value. ${otherWords}`,
    sentence: '{value} without its sign',
    takes: [number],
    gives: 'number',
    examples: [
      { dtl: ['abs', '_S.balance'], source: { balance: -250 }, gives: 250 },
      { dtl: ['abs', ['list', '~f-0.5', 3, 'x']], gives: ['~f0.5', 3] },
    ],
    run: absolute,
  }),

  expression({
    name: 'sqrt',
    group: 'math',
    doc,
    says: 'Gives the square root of numbers, as floats.',
    more: `Null for a number below zero. ${otherWords}`,
    sentence: 'the square root of {value}',
    chain: 'square root',
    takes: [number],
    gives: 'float',
    examples: [
      { dtl: ['sqrt', '_S.area'], source: { area: 6.25 }, gives: 2.5 },
      { dtl: ['sqrt', -1], gives: null },
    ],
    run: (value) => realFloat(Math.sqrt(toDouble(value))),
  }),

  expression({
    name: 'sin',
    group: 'math',
    doc,
    says: 'Gives the sine of angles in radians, as floats.',
    more: otherWords,
    sentence: 'the sine of {value}',
    chain: 'sine',
    takes: [number],
    gives: 'float',
    examples: [
      { dtl: ['sin', '_S.angle'], source: { angle: 1.5707963267948966 }, gives: 1, compare: 'approx' },
      { dtl: ['sin', ['list', 0, 'x']], gives: [0], compare: 'approx' },
    ],
    run: (value) => realFloat(Math.sin(toDouble(value))),
  }),

  expression({
    name: 'cos',
    group: 'math',
    doc,
    says: 'Gives the cosine of angles in radians, as floats.',
    more: otherWords,
    sentence: 'the cosine of {value}',
    chain: 'cosine',
    takes: [number],
    gives: 'float',
    examples: [
      { dtl: ['cos', '_S.angle'], source: { angle: Math.PI }, gives: -1, compare: 'approx' },
      { dtl: ['cos', ['list', 0, 'x']], gives: [1], compare: 'approx' },
    ],
    run: (value) => realFloat(Math.cos(toDouble(value))),
  }),

  expression({
    name: 'tan',
    group: 'math',
    doc,
    says: 'Gives the tangent of angles in radians, as floats.',
    more: `Null where it is infinite: at odd multiples of half of pi. ${otherWords}`,
    sentence: 'the tangent of {value}',
    chain: 'tangent',
    takes: [number],
    gives: 'float',
    examples: [
      { dtl: ['tan', '_S.angle'], source: { angle: 0.7853981633974483 }, gives: 1, compare: 'approx' },
      { dtl: ['tan', 1.5707963267948966], gives: null },
    ],
    run: (value) => {
      const angle = toDouble(value)
      return Math.abs(Math.cos(angle)) < MIN_COSINE ? null : realFloat(Math.tan(angle))
    },
  }),
]
