/** Equality and order of values. */
import { comparable, compare, equalAsLists } from '../../entity/order.ts'
import type { Value } from '../../entity/value.ts'
import { one } from '../argument.ts'
import { firstOf } from '../coerce.ts'
import { expression } from '../define.ts'

const doc = 'dtl/dtl-functions-comparisons.rst'
const twoValues = [
  one('value1', 'any', { says: 'The one value.' }),
  one('value2', 'any', { says: 'The other value.' }),
] as const
const equalityWords =
  'A single value equals a list that holds just this value; longer lists must be the same in order. Numbers are compared ' +
  'by value, whatever their type. Null equals null only.'
const orderWords =
  'If one is a list, its first value is compared. Values of different types, and null, are neither greater nor less, so the ' +
  'result is false.'

/** Negative, zero or positive; NaN where there is no order between the values. */
function compareForOrder(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const left = firstOf(a)
  const right = firstOf(b)
  return comparable(left, right) ? compare(left, right) : Number.NaN
}

export const comparisonFunctions = [
  expression({
    name: 'eq',
    common: 2,
    joins: 'equality',
    group: 'comparisons',
    doc,
    says: 'Tells whether two values are equal.',
    more: `${equalityWords} In the conditions of \`hops\` it joins instead: there one common value is enough.`,
    sentence: '{value1} is {value2}',
    variants: [{ argument: 'value2', is: '', sentence: '{value1} is empty' }],
    takes: twoValues,
    gives: 'boolean',
    examples: [
      { dtl: ['eq', '_S.status', 'open'], source: { status: 'open' }, gives: true },
      { dtl: ['eq', '_S.codes', 7], source: { codes: [7] }, gives: true },
      { dtl: ['eq', ['list', 'a', 'b'], ['list', 'b', 'a']], gives: false },
      { dtl: ['eq', 2, '~f2.00'], gives: true },
    ],
    run: (a, b) => a === b || equalAsLists(a, b),
  }),

  expression({
    name: 'neq',
    group: 'comparisons',
    doc,
    says: 'Tells whether two values differ.',
    more: `The opposite of \`eq\`. ${equalityWords}`,
    sentence: '{value1} is not {value2}',
    variants: [{ argument: 'value2', is: '', sentence: '{value1} is not empty' }],
    takes: twoValues,
    gives: 'boolean',
    examples: [
      { dtl: ['neq', '_S.country', 'NO'], source: { country: 'SE' }, gives: true },
      { dtl: ['neq', '_S.note', null], source: {}, gives: false, says: 'A missing property is null.' },
      { dtl: ['neq', ['list'], null], gives: true },
    ],
    run: (a, b) => a !== b && !equalAsLists(a, b),
  }),

  expression({
    name: 'gt',
    group: 'comparisons',
    doc,
    says: 'Tells whether the first value is greater than the second.',
    more: orderWords,
    sentence: '{value1} is more than {value2}',
    takes: twoValues,
    gives: 'boolean',
    examples: [
      { dtl: ['gt', '_S.stock', 10], source: { stock: 11 }, gives: true },
      { dtl: ['gt', 'Berit', 'Anna'], gives: true, says: 'Texts are compared letter by letter.' },
      { dtl: ['gt', '_S.stock', 10], source: {}, gives: false },
    ],
    run: (a, b) => compareForOrder(a, b) > 0,
  }),

  expression({
    name: 'gte',
    group: 'comparisons',
    doc,
    says: 'Tells whether the first value is greater than the second or equal to it.',
    more: orderWords,
    sentence: '{value1} is at least {value2}',
    takes: twoValues,
    gives: 'boolean',
    examples: [
      { dtl: ['gte', '_S.points', 100], source: { points: 100 }, gives: true },
      { dtl: ['gte', ['list', 3, 9], 5], gives: false, says: 'Only the first value counts.' },
    ],
    run: (a, b) => compareForOrder(a, b) >= 0,
  }),

  expression({
    name: 'lt',
    group: 'comparisons',
    doc,
    says: 'Tells whether the first value is less than the second.',
    more: orderWords,
    sentence: '{value1} is less than {value2}',
    takes: twoValues,
    gives: 'boolean',
    examples: [
      { dtl: ['lt', '_S.temperature', 0], source: { temperature: -4.5 }, gives: true },
      { dtl: ['lt', '~t2024-05-01T00:00:00Z', '~t2023-12-24T18:00:00Z'], gives: false },
    ],
    run: (a, b) => compareForOrder(a, b) < 0,
  }),

  expression({
    name: 'lte',
    group: 'comparisons',
    doc,
    says: 'Tells whether the first value is less than the second or equal to it.',
    more: orderWords,
    sentence: '{value1} is at most {value2}',
    takes: twoValues,
    gives: 'boolean',
    examples: [
      { dtl: ['lte', '_S.weight', 20], source: { weight: '~f20.0' }, gives: true },
      { dtl: ['lte', '10', 9], gives: false, says: 'A text and a number have no order between them.' },
    ],
    run: (a, b) => compareForOrder(a, b) <= 0,
  }),
]
