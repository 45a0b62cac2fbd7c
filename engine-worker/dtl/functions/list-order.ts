/** Putting values in order, and finding the least, the greatest and the sum. */
import { isNumeric } from '../../entity/decimal.ts'
import { compare } from '../../entity/order.ts'
import type { Value } from '../../entity/value.ts'
import { type FunctionExpression, one, optionalFunctionExpression } from '../argument.ts'
import { listOf } from '../coerce.ts'
import { expression } from '../define.ts'
import type { Context } from '../evaluation.ts'
import { add, type Numeric } from './arithmetic.ts'

const doc = 'dtl/dtl-functions-lists.rst'
const mixedTypeWords =
  'Values of different types are ordered by type: null, booleans, numbers, dates, UUIDs, namespaced identifiers, URIs, ' +
  'texts, dictionaries, lists, bytes. Text is ordered by character code, so upper case comes before lower case.'

/** The values in order of their keys; equal ones keep their places (dtl-functions-lists.rst, sorted). */
function inOrder(
  values: readonly Value[],
  keyOf: FunctionExpression | undefined,
  direction: 1 | -1,
  ctx: Context,
): Value[] {
  ctx.spend(values.length)
  if (keyOf === undefined) return values.toSorted(direction === 1 ? compare : (a, b) => compare(b, a))
  const keyed = values.map((value) => ({ value, key: keyOf(value) }))
  keyed.sort((a, b) => direction * compare(a.key, b.key))
  return keyed.map(({ value }) => value)
}

/** The first value whose key is the outermost one in the direction; null when there are no values. */
function firstInOrder(values: Value, keyOf: FunctionExpression | undefined, direction: 1 | -1, ctx: Context): Value {
  if (!Array.isArray(values)) return values
  ctx.spend(values.length)
  let best: Value = null
  let bestKey: Value = null
  let found = false
  for (const value of values) {
    const key = keyOf === undefined ? value : keyOf(value)
    if (found && direction * compare(key, bestKey) <= 0) continue
    best = value
    bestKey = key
    found = true
  }
  return best
}

const orderFunction = optionalFunctionExpression('function', {
  says: 'What to order by, computed for each value, which is "_."; left out: the value itself.',
})
const compareFunction = optionalFunctionExpression('function', {
  says: 'What to compare, computed for each value, which is "_."; left out: the value itself.',
})
const listOrValue = one('values', 'any', { says: 'A list, or a single value.' })

export const listOrderFunctions = [
  expression({
    name: 'sorted',
    group: 'lists',
    doc,
    says: 'Sorts the values of a list, the smallest first.',
    more: `Repeated values are kept, and equal ones keep their order. A single value is given as it is. ${mixedTypeWords}`,
    sentence: 'sorted {values} by {function}',
    chain: 'sorted by {function}',
    takes: [orderFunction, listOrValue],
    gives: 'same',
    examples: [
      { dtl: ['sorted', '_S.sizes'], source: { sizes: [42, 36, 40] }, gives: [36, 40, 42] },
      {
        dtl: ['sorted', '_.due', '_S.bills'],
        source: {
          bills: [
            { due: '2024-05-01', no: 1 },
            { due: '2024-02-01', no: 2 },
          ],
        },
        gives: [
          { due: '2024-02-01', no: 2 },
          { due: '2024-05-01', no: 1 },
        ],
      },
      { dtl: ['sorted', ['list', 'b', 'C', 7, null]], gives: [null, 7, 'C', 'b'] },
    ],
    run: (keyOf, values, ctx) => (Array.isArray(values) ? inOrder(values, keyOf, 1, ctx) : values),
  }),

  expression({
    name: 'sorted-descending',
    group: 'lists',
    doc,
    says: 'Sorts the values of a list, the greatest first.',
    more: `Repeated values are kept, and equal ones keep their order. A single value is given as it is. ${mixedTypeWords}`,
    sentence: 'sorted, largest first, {values} by {function}',
    chain: 'sorted, largest first, by {function}',
    recipes: [{ does: 'newest', fits: 'moments', dtl: ['first', ['sorted-descending', '{key}', '{value}']] }],
    takes: [orderFunction, listOrValue],
    gives: 'same',
    examples: [
      { dtl: ['sorted-descending', ['list', 2, 10, 5]], gives: [10, 5, 2] },
      {
        dtl: ['first', ['sorted-descending', '_.version', '_S.files']],
        source: { files: [{ version: 1 }, { version: 3 }, { version: 2 }] },
        gives: { version: 3 },
      },
    ],
    run: (keyOf, values, ctx) => (Array.isArray(values) ? inOrder(values, keyOf, -1, ctx) : values),
  }),

  expression({
    name: 'reversed',
    group: 'lists',
    doc,
    says: 'Reverses a list, the last value first.',
    more: 'A single value is given as it is.',
    sentence: '{values} in reverse order',
    takes: [listOrValue],
    gives: 'same',
    examples: [
      { dtl: ['reversed', ['list', 'a', 'b', 'c']], gives: ['c', 'b', 'a'] },
      {
        dtl: ['join', '.', ['reversed', ['split', '.', '_S.host']]],
        source: { host: 'www.example.com' },
        gives: 'com.example.www',
      },
    ],
    run: (values, ctx) => {
      if (!Array.isArray(values)) return values
      ctx.spend(values.length)
      return values.toReversed()
    },
  }),

  expression({
    name: 'min',
    group: 'lists',
    doc,
    says: 'Gives the smallest value of a list.',
    more: `The first one if several are equally small; null when the list is empty. ${mixedTypeWords}`,
    sentence: 'the smallest of {values} by {function}',
    chain: 'the smallest by {function}',
    takes: [compareFunction, listOrValue],
    gives: 'same',
    examples: [
      { dtl: ['min', '_S.bids'], source: { bids: [310, 295, 340] }, gives: 295 },
      {
        dtl: ['min', '_.price', '_S.offers'],
        source: {
          offers: [
            { by: 'A', price: 9 },
            { by: 'B', price: 7 },
          ],
        },
        gives: { by: 'B', price: 7 },
      },
    ],
    run: (keyOf, values, ctx) => firstInOrder(values, keyOf, -1, ctx),
  }),

  expression({
    name: 'max',
    group: 'lists',
    doc,
    says: 'Gives the greatest value of a list.',
    more: `The first one if several are equally great; null when the list is empty. ${mixedTypeWords}`,
    sentence: 'the largest of {values} by {function}',
    chain: 'the largest by {function}',
    takes: [compareFunction, listOrValue],
    gives: 'same',
    examples: [
      { dtl: ['max', ['list', 3, 8, 5]], gives: 8 },
      {
        dtl: ['path', 'name', ['max', '_.age', '_S.children']],
        source: {
          children: [
            { name: 'Liv', age: 4 },
            { name: 'Tor', age: 9 },
          ],
        },
        gives: 'Tor',
      },
    ],
    run: (keyOf, values, ctx) => firstInOrder(values, keyOf, 1, ctx),
  }),

  expression({
    name: 'sum',
    group: 'lists',
    doc,
    says: 'Adds up the numbers in a list.',
    more: 'What is not a number is left out; without numbers the sum is 0. The most precise type among the numbers is the type of the sum.',
    sentence: 'the sum of {values}',
    chain: 'sum',
    recipes: [{ does: 'sum', fits: 'numbers', dtl: ['sum', '{value}'] }],
    takes: [one('values', 'any', { says: 'A list of numbers, or a single one.', items: 'number' })],
    gives: 'number',
    examples: [
      { dtl: ['sum', '_S.lines.amount'], source: { lines: [{ amount: 120 }, { amount: 80 }] }, gives: 200 },
      { dtl: ['sum', ['list', 1.25, 'n/a', 2]], gives: 3.25 },
    ],
    run: (values, ctx) => {
      const list = listOf(values)
      ctx.spend(list.length)
      let total: Numeric = 0
      for (const value of list) {
        if (!isNumeric(value)) continue
        const next = add(total, value)
        if (!isNumeric(next)) return null
        total = next
      }
      return total
    },
  }),
]
