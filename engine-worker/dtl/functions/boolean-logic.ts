/** Combining conditions. Everything counts as true except false, null and the empty list. */

import { many, one, optionalFunctionExpression } from '../argument.ts'
import { listOf, truthy } from '../coerce.ts'
import { type Call, expression } from '../define.ts'
import type { Eval } from '../evaluation.ts'

const doc = 'dtl/dtl-functions-boolean-logic.rst'
const truthWords = 'Everything counts as true except false, null and the empty list; zero and the empty text are true.'
const conditions = many('conditions', 'any', { says: 'One condition or more.' })
const condition = optionalFunctionExpression('function', {
  says: 'The condition on each value, which is "_."; left out: the value itself.',
})
const values = one('values', 'any', { says: 'The values to look at.' })

/** Evaluates conditions from the left until one is as `wanted`; gives whether there was one. */
function evaluateUntil(call: Call, wanted: boolean): (found: boolean) => Eval {
  const evals = call.given.map((_, at) => call.eval(at))
  const [a, b] = evals
  return (found) => {
    if (evals.length === 2 && a !== undefined && b !== undefined)
      return (frame) => (truthy(a(frame)) === wanted || truthy(b(frame)) === wanted ? found : !found)
    return (frame) => {
      for (const test of evals) if (truthy(test(frame)) === wanted) return found
      return !found
    }
  }
}

export const booleanLogicFunctions = [
  expression({
    name: 'and',
    joins: 'all',
    group: 'boolean logic',
    doc,
    says: 'Is true when all conditions are.',
    more: `Stops at the first that is not. ${truthWords}`,
    sentence: '{conditions}',
    gist: 'all of {n} conditions{about}',
    takes: [conditions],
    gives: 'boolean',
    examples: [
      {
        dtl: ['and', ['gte', '_S.total', 500], ['eq', '_S.currency', 'NOK']],
        source: { total: 750, currency: 'NOK' },
        gives: true,
      },
      {
        dtl: ['and', '_S.name', '_S.email'],
        source: { name: 'Eva' },
        gives: false,
        says: 'A missing property is null.',
      },
      { dtl: ['and', 0, ''], gives: true },
    ],
    compile: (call) => evaluateUntil(call, false)(false),
  }),

  expression({
    name: 'or',
    joins: 'any',
    group: 'boolean logic',
    doc,
    says: 'Is true when at least one condition is.',
    more: `Stops at the first that is. ${truthWords}`,
    sentence: '{conditions}',
    gist: 'any of {n} conditions{about}',
    takes: [conditions],
    gives: 'boolean',
    examples: [
      { dtl: ['or', ['eq', '_S.role', 'owner'], ['eq', '_S.role', 'admin']], source: { role: 'admin' }, gives: true },
      { dtl: ['or', '_S.phone', '_S.tags'], source: { tags: [] }, gives: false },
    ],
    compile: (call) => evaluateUntil(call, true)(true),
  }),

  expression({
    name: 'not',
    group: 'boolean logic',
    doc,
    says: 'Is true when the condition is not; of several, when not all are.',
    more: `With several conditions it is the opposite of \`and\`. ${truthWords}`,
    sentence: 'not ({conditions})',
    takes: [conditions],
    gives: 'boolean',
    examples: [
      { dtl: ['not', ['is-empty', '_S.lines']], source: { lines: [1] }, gives: true },
      { dtl: ['not', 0], gives: false, says: 'Zero counts as true.' },
      { dtl: ['not', '_S.a', '_S.b'], source: { a: true, b: false }, gives: true },
    ],
    compile: (call) => evaluateUntil(call, false)(true),
  }),

  expression({
    name: 'all',
    group: 'boolean logic',
    doc,
    says: 'Is true when every value of a list meets a condition.',
    more: `Without a condition the values themselves count. True for a list without values. ${truthWords}`,
    sentence: 'all of {values} are true',
    variants: [{ argument: 'function', sentence: 'for all of {values}, {function}' }],
    takes: [condition, values],
    gives: 'boolean',
    examples: [
      {
        dtl: ['all', ['gt', '_.quantity', 0], '_S.lines'],
        source: { lines: [{ quantity: 2 }, { quantity: 5 }] },
        gives: true,
      },
      { dtl: ['all', ['list', 'x', null]], gives: false },
    ],
    run: (test, list) => {
      for (const value of listOf(list)) if (!truthy(test === undefined ? value : test(value))) return false
      return true
    },
  }),

  expression({
    name: 'any',
    group: 'boolean logic',
    doc,
    says: 'Is true when at least one value of a list meets a condition.',
    more: `Without a condition the values themselves count. False for a list without values. ${truthWords}`,
    sentence: 'at least one of {values} is true',
    variants: [{ argument: 'function', sentence: 'for at least one of {values}, {function}' }],
    takes: [condition, values],
    gives: 'boolean',
    examples: [
      {
        dtl: ['any', ['eq', '_.primary', true], '_S.mails'],
        source: { mails: [{ primary: false }, { primary: true }] },
        gives: true,
      },
      { dtl: ['any', ['list', null, false]], gives: false },
    ],
    run: (test, list) => {
      for (const value of listOf(list)) if (truthy(test === undefined ? value : test(value))) return true
      return false
    },
  }),
]
