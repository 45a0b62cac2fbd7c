/** Missing values: finding them, and what to use instead. */
import type { Value } from '../../entity/value.ts'
import { many, one, optionalFunctionExpression } from '../argument.ts'
import { truthy } from '../coerce.ts'
import { expression } from '../define.ts'

const doc = 'dtl/dtl-functions-nulls.rst'

/** Null, an empty list, or a list that begins with null. */
function isNull(value: Value): boolean {
  if (value === null) return true
  return Array.isArray(value) && (value.length === 0 || value[0] === null)
}

export const nullFunctions = [
  expression({
    name: 'coalesce',
    common: 3,
    group: 'nulls',
    doc,
    says: 'Gives the first value of a list that is not null.',
    more:
      'With a condition the first value that meets it is given instead; the condition then decides alone, so exclude ' +
      'null in it where null could meet it. Null when there is no such value. The whole list is computed first; ' +
      '`coalesce-args` stops at the first value it finds.',
    sentence: 'first non-empty of {values} where {function}',
    chain: 'first non-empty where {function}',
    gist: 'first non-empty of {n}{systems}',
    recipes: [{ does: 'default', fits: 'missing', dtl: ['coalesce', ['list', '{value}', '{key}']] }],
    takes: [
      optionalFunctionExpression('function', {
        says: 'A condition on each value, which is "_."; left out: the value is not null.',
      }),
      one('values', 'any', { says: 'The values to choose from.' }),
    ],
    gives: 'same',
    examples: [
      { dtl: ['coalesce', ['list', '_S.nickname', '_S.name']], source: { name: 'Margaret' }, gives: 'Margaret' },
      {
        dtl: ['coalesce', ['gt', '_.score', 50], '_S.tries'],
        source: { tries: [{ score: 41 }, { score: 77 }] },
        gives: { score: 77 },
      },
      { dtl: ['coalesce', ['neq', '_.', ''], ['list', '', 'b']], gives: 'b' },
    ],
    run: (test, values) => {
      if (!Array.isArray(values)) return test === undefined || truthy(test(values)) ? values : null
      for (const value of values) if (test === undefined ? value !== null : truthy(test(value))) return value
      return null
    },
  }),

  expression({
    name: 'coalesce-args',
    group: 'nulls',
    doc,
    says: 'Gives the first of its arguments that is not null.',
    more: 'Arguments after the first that is not null are not computed at all. An empty list is not null.',
    sentence: 'first non-empty of ({values})',
    gist: 'first non-empty of {n}{systems}',
    takes: [many('values', 'any', { says: 'The values to try, the preferred one first.' })],
    gives: 'same',
    examples: [
      {
        dtl: ['coalesce-args', '_S.work-mail', '_S.mail', 'none'],
        source: { mail: 'ida@example.com' },
        gives: 'ida@example.com',
      },
      { dtl: ['coalesce-args', null, ['list'], 7], gives: [], says: 'An empty list is a value.' },
    ],
    compile: (call) => {
      const values = call.given.map((_, at) => call.eval(at))
      return (frame) => {
        for (const argument of values) {
          const value = argument(frame)
          if (value !== null) return value
        }
        return null
      }
    },
  }),

  expression({
    name: 'if-null',
    group: 'nulls',
    doc,
    says: 'Gives a value, or another one in its place when it is null.',
    more: 'An empty list and a list that begins with null are replaced too. The replacement is computed only when it is needed.',
    sentence: '{value}, or {fallback-value} when it is null',
    takes: [
      one('value', 'any', { says: 'The value wanted.' }),
      one('fallback-value', 'any', { says: 'The value to use when there is none.' }),
    ],
    gives: 'any',
    examples: [
      { dtl: ['if-null', '_S.discount', 0], source: { price: 90 }, gives: 0 },
      { dtl: ['if-null', '_S.discount', 0], source: { discount: 15 }, gives: 15 },
      { dtl: ['if-null', ['list', null, 'x'], 'none'], gives: 'none', says: 'Only the first value of a list counts.' },
    ],
    compile: (call) => {
      const value = call.eval('value')
      const fallback = call.eval('fallback-value')
      return (frame) => {
        const wanted = value(frame)
        return isNull(wanted) ? fallback(frame) : wanted
      }
    },
  }),

  expression({
    name: 'is-null',
    group: 'nulls',
    doc,
    says: 'Tells whether there is no value.',
    more: 'True for null, for an empty list and for a list whose first value is null; the rest of a list does not matter.',
    sentence: '{values} is missing',
    presence: true,
    takes: [one('values', 'any', { says: 'The value to look at.' })],
    gives: 'boolean',
    examples: [
      { dtl: ['is-null', '_S.closed-at'], source: { 'opened-at': 1 }, gives: true },
      { dtl: ['is-null', ['list', null, 'late']], gives: true },
      { dtl: ['is-null', ''], gives: false, says: 'An empty text is a value.' },
    ],
    run: (values) => isNull(values),
  }),

  expression({
    name: 'is-not-null',
    common: 6,
    group: 'nulls',
    doc,
    says: 'Tells whether there is a value.',
    more: 'False for null, for an empty list and for a list whose first value is null; the opposite of `is-null`.',
    sentence: '{values} exists',
    presence: true,
    takes: [one('values', 'any', { says: 'The value to look at.' })],
    gives: 'boolean',
    examples: [
      { dtl: ['is-not-null', '_S.email'], source: { email: 'per@example.com' }, gives: true },
      { dtl: ['is-not-null', '_S.emails'], source: { emails: [] }, gives: false },
    ],
    run: (values) => !isNull(values),
  }),
]
