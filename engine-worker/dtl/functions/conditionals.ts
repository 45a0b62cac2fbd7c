/** Choosing between values: only the branch that is chosen is evaluated, so rules may recurse inside one. */
import { equalAsLists } from '../../entity/order.ts'
import { anyNumber, one, optional } from '../argument.ts'
import { truthy } from '../coerce.ts'
import { type Call, expression } from '../define.ts'
import type { Eval } from '../evaluation.ts'

const doc = 'dtl/dtl-functions-conditionals.rst'

interface Branch {
  readonly test: Eval
  readonly result: Eval
}

/** The pairs of arguments from `from` on, and the closing value that is left over when their number is odd. */
function branches(call: Call, from: number): { pairs: Branch[]; otherwise: Eval | null } {
  const pairs: Branch[] = []
  const { length } = call.given
  let at = from
  for (; at + 1 < length; at += 2) pairs.push({ test: call.eval(at), result: call.eval(at + 1) })
  return { pairs, otherwise: at < length ? call.eval(at) : null }
}

export const conditionalFunctions = [
  expression({
    name: 'if',
    common: 7,
    group: 'conditionals',
    doc,
    says: 'Gives one value when a condition is true and another value when it is not.',
    more:
      'Only null, false and an empty list count as not true; 0, an empty text and an empty dictionary count as true. ' +
      'Without a second value the result is null when the condition is not true. Only the value that is chosen is computed.',
    sentence: 'if {condition} then {then} else {else}',
    gist: 'depends on a condition{about}',
    takes: [
      one('condition', 'any', { says: 'What is tested.' }),
      one('then', 'any', { says: 'The result when the condition is true.' }),
      optional('else', 'any', { says: 'The result otherwise; null when left out.' }),
    ],
    gives: 'any',
    examples: [
      {
        dtl: ['if', ['gte', '_S.stock', 10], 'in stock', 'order soon'],
        source: { stock: 4 },
        gives: 'order soon',
      },
      { dtl: ['if', '_S.tags', 'tagged'], source: { tags: [] }, gives: null, says: 'An empty list is not true.' },
      { dtl: ['if', 0, 'yes', 'no'], gives: 'yes', says: 'Zero is a value like any other, so it counts as true.' },
    ],
    compile: (call) => {
      const condition = call.eval('condition')
      const then = call.eval('then')
      const otherwise = call.optional('else')
      if (otherwise === null) return (frame) => (truthy(condition(frame)) ? then(frame) : null)
      return (frame) => (truthy(condition(frame)) ? then(frame) : otherwise(frame))
    },
  }),

  expression({
    name: 'case',
    casesFrom: 'condition',
    group: 'conditionals',
    doc,
    says: 'Tries conditions from the first to the last and gives the value that belongs to the first one that is true.',
    more:
      'Conditions and values alternate. One value more at the end is the result when no condition is true; without it ' +
      'the result is null. Later conditions are not computed once one was true.',
    sentence: 'when {condition} then {then}, otherwise {more}',
    gist: 'depends on the case{about}',
    takes: [
      one('condition', 'any', { says: 'The first condition.' }),
      one('then', 'any', { says: 'The result when the first condition is true.' }),
      anyNumber('more', 'any', {
        says: 'Further conditions, each followed by its result, and at the very end the result when none is true.',
      }),
    ],
    gives: 'any',
    examples: [
      {
        dtl: ['case', ['lt', '_S.kilos', 2], 'letter', ['lt', '_S.kilos', 35], 'parcel', 'pallet'],
        source: { kilos: 12 },
        gives: 'parcel',
      },
      {
        dtl: ['case', ['is-not-null', '_S.mobile'], '_S.mobile', ['is-not-null', '_S.phone'], '_S.phone'],
        source: { phone: '22 00 00 00' },
        gives: '22 00 00 00',
      },
      { dtl: ['case', ['eq', '_S.paid', true], 'closed'], source: { paid: false }, gives: null },
    ],
    compile: (call) => {
      const { pairs, otherwise } = branches(call, 0)
      return (frame) => {
        for (const branch of pairs) if (truthy(branch.test(frame))) return branch.result(frame)
        return otherwise === null ? null : otherwise(frame)
      }
    },
  }),

  expression({
    name: 'case-eq',
    casesFrom: 'value-n',
    group: 'conditionals',
    doc,
    says: 'Compares one value with others in turn and gives the result that belongs to the first equal one.',
    more:
      'Values to compare with and their results alternate. One value more at the end is the result when nothing was ' +
      'equal; without it the result is null. Text and numbers are never equal to each other.',
    sentence: 'when {value} is {value-n} then {then}, otherwise {more}',
    gist: 'depends on the case{about}',
    takes: [
      one('value', 'any', { says: 'The value that decides.' }),
      one('value-n', 'any', { says: 'The first value to compare with.' }),
      one('then', 'any', { says: 'The result when it is equal to the first one.' }),
      anyNumber('more', 'any', {
        says: 'Further values, each followed by its result, and at the very end the result when none is equal.',
      }),
    ],
    gives: 'any',
    examples: [
      {
        dtl: ['case-eq', '_S.status', 'A', 'active', 'C', 'closed', 'unknown'],
        source: { status: 'C' },
        gives: 'closed',
      },
      { dtl: ['case-eq', '_S.floor', 0, 'ground', 1, 'first'], source: { floor: 7 }, gives: null },
      {
        dtl: ['case-eq', '_S.status', 'A', 'active', 'unknown'],
        source: { status: ['A'] },
        gives: 'active',
        says: 'A list with one value equals that value.',
      },
    ],
    compile: (call) => {
      const value = call.eval('value')
      const { pairs, otherwise } = branches(call, 1)
      return (frame) => {
        const wanted = value(frame)
        for (const branch of pairs) if (equalAsLists(wanted, branch.test(frame))) return branch.result(frame)
        return otherwise === null ? null : otherwise(frame)
      }
    },
  }),
]
