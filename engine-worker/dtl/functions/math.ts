/**
 * Calculating. The signs (`+`, `-`, …) take two numbers in natural order; `plus`, `minus` and so on map one operand over
 * the values of a list, and take that operand first.
 */
import type { Value } from '../../entity/value.ts'
import { each, first } from '../argument.ts'
import { expression, type FunctionDeclaration } from '../define.ts'
import type { Example } from '../signature.ts'
import { add, divide, modulo, multiply, type Numeric, power, subtract } from './arithmetic.ts'

const doc = 'dtl/dtl-functions-math.rst'
const typeWords =
  'The result has the more precise type of the two: decimal before float before integer. Integers have no upper limit.'

interface Operator<Sign extends string, Name extends string> {
  readonly sign: Sign
  readonly name: Name
  readonly calculate: (a: Numeric, b: Numeric) => Value
  readonly signSays: string
  readonly nameSays: string
  readonly more?: string
  /** The operands of the sign, then the operand and the values of the name. */
  readonly operands: readonly [string, string, string, string]
  readonly sentence: string
  readonly chain?: string
  readonly signExamples: readonly Example[]
  readonly nameExamples: readonly Example[]
}

/** Declares an operation in both its forms. */
function operator<const Sign extends string, const Name extends string>(
  declared: Operator<Sign, Name>,
): [FunctionDeclaration<Sign>, FunctionDeclaration<Name>] {
  const { calculate, operands } = declared
  const more = `${declared.more ? `${declared.more} ` : ''}${typeWords}`
  return [
    expression({
      name: declared.sign,
      group: 'math',
      doc,
      says: declared.signSays,
      more: `If one is a list, its first value is taken; the result is null when one of the two is null or not a number. ${more}`,
      sentence: `{${operands[0]}} ${declared.sign} {${operands[1]}}`,
      takes: [
        first(operands[0], 'number', { says: 'The number on the left.' }),
        first(operands[1], 'number', { says: 'The number on the right.' }),
      ],
      gives: 'number',
      examples: declared.signExamples,
      run: (a, b) => calculate(a, b),
    }),
    expression({
      name: declared.name,
      group: 'math',
      doc,
      says: declared.nameSays,
      more: `Values that are not numbers are left out. ${more}`,
      sentence: declared.sentence,
      ...(declared.chain === undefined ? {} : { chain: declared.chain }),
      takes: [
        first(operands[2], 'number', { says: 'The number that is the same for all values.' }),
        each(operands[3], 'number', { says: 'A number, or a list of numbers.' }),
      ],
      gives: 'number',
      examples: declared.nameExamples,
      run: (operand, value) => calculate(value, operand),
    }),
  ]
}

const zeroDivisorWords = 'Null when the divisor is zero.'

export const operatorFunctions = [
  ...operator({
    sign: '+',
    name: 'plus',
    calculate: add,
    signSays: 'Adds two numbers.',
    nameSays: 'Adds a number to each value.',
    operands: ['value1', 'value2', 'increment', 'values'],
    sentence: '{values} plus {increment}',
    signExamples: [
      { dtl: ['+', '_S.net', '_S.vat'], source: { net: 80, vat: 20 }, gives: 100 },
      { dtl: ['+', ['list', 1, 50], '~f0.10'], gives: '~f1.10' },
      { dtl: ['+', '_S.net', '_S.vat'], source: { net: 80 }, gives: null },
    ],
    nameExamples: [
      { dtl: ['plus', 5, '_S.points'], source: { points: [1, 'n/a', 2.5] }, gives: [6, 7.5] },
      { dtl: ['plus', 1, 41], gives: 42 },
    ],
  }),
  ...operator({
    sign: '-',
    name: 'minus',
    calculate: subtract,
    signSays: 'Subtracts the second number from the first.',
    nameSays: 'Subtracts a number from each value.',
    operands: ['value1', 'value2', 'decrement', 'values'],
    sentence: '{values} minus {decrement}',
    signExamples: [
      { dtl: ['-', '_S.price', '_S.rebate'], source: { price: 120, rebate: 30 }, gives: 90 },
      { dtl: ['-', 1, 2.5], gives: -1.5 },
    ],
    nameExamples: [
      { dtl: ['minus', 30, '_S.price'], source: { price: 120 }, gives: 90, says: 'What is subtracted comes first.' },
      { dtl: ['minus', 1, ['list', 3, 2, 'x']], gives: [2, 1] },
    ],
  }),
  ...operator({
    sign: '*',
    name: 'multiply',
    calculate: multiply,
    signSays: 'Multiplies two numbers.',
    nameSays: 'Multiplies each value by a number.',
    operands: ['value', 'multiplier', 'multiplier', 'values'],
    sentence: '{values} times {multiplier}',
    signExamples: [
      { dtl: ['*', '_S.quantity', '_S.price'], source: { quantity: 3, price: 12.5 }, gives: 37.5 },
      { dtl: ['*', 9007199254740991, 2], gives: 18014398509481982n },
    ],
    nameExamples: [
      { dtl: ['multiply', 100, ['list', 1, 2.25]], gives: [100, 225], compare: 'numeric' },
      { dtl: ['multiply', '~f1.25', 80], gives: '~f100', compare: 'numeric' },
    ],
  }),
  ...operator({
    sign: '/',
    name: 'divide',
    calculate: divide,
    signSays: 'Divides the first number by the second.',
    nameSays: 'Divides each value by a number.',
    more: `${zeroDivisorWords} Integers divided give a decimal, to 28 digits where the division does not come out even.`,
    operands: ['dividend', 'divisor', 'divisor', 'dividends'],
    sentence: '{dividends} divided by {divisor}',
    signExamples: [
      { dtl: ['/', '_S.sum', '_S.count'], source: { sum: 7, count: 2 }, gives: '~f3.5' },
      { dtl: ['/', 7, 0], gives: null },
      { dtl: ['/', 1.5, 3], gives: 0.5 },
    ],
    nameExamples: [
      { dtl: ['divide', 1000, '_S.grams'], source: { grams: [2500, 10] }, gives: ['~f2.5', '~f0.01'] },
      { dtl: ['divide', 4, 1.0], gives: 0.25, compare: 'numeric' },
    ],
  }),
  ...operator({
    sign: '%',
    name: 'mod',
    calculate: modulo,
    signSays: 'Gives the remainder of dividing the first number by the second.',
    nameSays: 'Gives the remainder of dividing each value by a number.',
    more: `${zeroDivisorWords} The remainder has the sign of the divisor.`,
    operands: ['dividend', 'divisor', 'divisor', 'values'],
    sentence: 'the remainder of {values} divided by {divisor}',
    chain: 'remainder when divided by {divisor}',
    signExamples: [
      { dtl: ['%', '_S.minutes', 60], source: { minutes: 135 }, gives: 15 },
      { dtl: ['%', -1, 7], gives: 6 },
    ],
    nameExamples: [
      { dtl: ['mod', 10, ['list', 25, 7, null]], gives: [5, 7] },
      { dtl: ['mod', 0, 5], gives: null },
    ],
  }),
  ...operator({
    sign: '^',
    name: 'pow',
    calculate: power,
    signSays: 'Raises the first number to the power of the second.',
    nameSays: 'Raises each value to a power.',
    more: 'Null when there is no such number. An integer to a negative power is a float.',
    operands: ['value', 'exponent', 'exponent', 'values'],
    sentence: '{values} to the power of {exponent}',
    signExamples: [
      { dtl: ['^', '_S.side', 2], source: { side: 12 }, gives: 144 },
      { dtl: ['^', 2, -1], gives: 0.5 },
      { dtl: ['^', 2, 64], gives: 18446744073709551616n },
    ],
    nameExamples: [
      { dtl: ['pow', 2, ['list', 3, 'x', 1.5]], gives: [9, 2.25] },
      { dtl: ['pow', 3, 10], gives: 1000, says: 'The exponent comes first.' },
    ],
  }),
]
