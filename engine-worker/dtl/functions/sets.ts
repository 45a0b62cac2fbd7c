/** Lists seen as sets: what they share, what they do not, and all of it together. */
import { canonical } from '../../entity/order.ts'
import type { Value } from '../../entity/value.ts'
import { one } from '../argument.ts'
import { listOf } from '../coerce.ts'
import { expression } from '../define.ts'
import { membershipTest } from './membership.ts'

const doc = 'dtl/dtl-functions-sets.rst'
const single = 'Either side may be a single value instead of a list; null counts as no values.'
const values1 = one('values1', 'any', { says: 'The values to begin with; their order is kept.' })
const values2 = one('values2', 'any', { says: 'The values to compare with.' })

export const setFunctions = [
  expression({
    name: 'union',
    group: 'sets',
    doc,
    says: 'Gives every value that is in one list or the other, each only once.',
    more: `The values of the first list come first. ${single}`,
    sentence: '{values1} and {values2}, each value once',
    takes: [values1, one('values2', 'any', { says: 'The values to add.' })],
    gives: 'list',
    examples: [
      {
        dtl: ['union', '_S.skills', '_S.wishes'],
        source: { skills: ['sql', 'dtl'], wishes: ['go', 'sql'] },
        gives: ['sql', 'dtl', 'go'],
      },
      { dtl: ['union', ['list', 1, 1, 2], 3], gives: [1, 2, 3] },
      { dtl: ['union', '_S.missing', 'a'], source: {}, gives: ['a'] },
    ],
    run: (a, b, ctx) => {
      const result: Value[] = []
      ctx.spend(listOf(a).length + listOf(b).length)
      const seen = new Set<string>()
      for (const side of [a, b]) {
        for (const value of listOf(side)) {
          const key = canonical(value)
          if (seen.has(key)) continue
          seen.add(key)
          result.push(value)
        }
      }
      return result
    },
  }),

  expression({
    name: 'intersection',
    group: 'sets',
    doc,
    says: 'Gives the values of the first list that are in the second one too.',
    more: `Order and repeated values of the first list are kept. ${single}`,
    sentence: '{values1} that are also in {values2}',
    takes: [values1, values2],
    gives: 'list',
    examples: [
      {
        dtl: ['intersection', '_S.wanted', '_S.in-stock'],
        source: { wanted: ['tea', 'salt', 'rice'], 'in-stock': ['rice', 'tea'] },
        gives: ['tea', 'rice'],
      },
      { dtl: ['intersection', ['list', 5, 5, 6], 5], gives: [5, 5] },
    ],
    run: (a, b, ctx) => {
      const values = listOf(a)
      const others = listOf(b)
      ctx.spend(values.length + others.length)
      return values.length === 0 ? [] : values.filter(membershipTest(others))
    },
  }),

  expression({
    name: 'intersects',
    group: 'sets',
    doc,
    says: 'Tells whether two lists have at least one value in common.',
    more: single,
    sentence: '{values1} and {values2} have a value in common',
    takes: [
      one('values1', 'any', { says: 'One list of values.' }),
      one('values2', 'any', { says: 'The other list of values.' }),
    ],
    gives: 'boolean',
    examples: [
      {
        dtl: ['intersects', '_S.groups', ['list', 'admin', 'owner']],
        source: { groups: ['guest', 'owner'] },
        gives: true,
      },
      { dtl: ['intersects', '_S.groups', 'admin'], source: { groups: [] }, gives: false },
    ],
    run: (a, b, ctx) => {
      const values = listOf(a)
      const others = listOf(b)
      ctx.spend(values.length + others.length)
      return values.length > 0 && others.length > 0 && values.some(membershipTest(others))
    },
  }),

  expression({
    name: 'difference',
    group: 'sets',
    doc,
    says: 'Gives the values of the first list that are not in the second one.',
    more: `Order and repeated values of the first list are kept. ${single}`,
    sentence: '{values1} without {values2}',
    takes: [values1, one('values2', 'any', { says: 'The values to leave out.' })],
    gives: 'list',
    examples: [
      {
        dtl: ['difference', '_S.ordered', '_S.sent'],
        source: { ordered: ['a1', 'a2', 'a3'], sent: ['a2'] },
        gives: ['a1', 'a3'],
      },
      { dtl: ['difference', ['list', 'x', 'y', 'x'], 'y'], gives: ['x', 'x'] },
    ],
    run: (a, b, ctx) => {
      const values = listOf(a)
      const others = listOf(b)
      ctx.spend(values.length + others.length)
      if (values.length === 0) return []
      const among = membershipTest(others)
      return values.filter((value) => !among(value))
    },
  }),
]
