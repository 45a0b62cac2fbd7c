/** Transforms that decide what happens: conditions, stops, failures, pauses, comments. */
import { equalAsLists } from '../../entity/order.ts'
import type { Value } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import { cases, note, one, optional, transforms } from '../argument.ts'
import { truthy } from '../coerce.ts'
import { type Call, transform } from '../define.ts'
import type { Eval, Step } from '../evaluation.ts'

const doc = 'dtl/dtl-functions-transforms.rst'

const failedByRule = problem<{ message: string }>({
  code: 'dtl-fail',
  severity: 'error',
  says: (f) => f.message,
  fix: () => 'The rule asked for this with “fail!”.',
})

export const breakerTrippedByRule = problem<{ message: string }>({
  code: 'dtl-trip',
  severity: 'error',
  says: (f) => f.message,
  fix: () => 'The rule tripped the circuit breaker of its sink dataset; look at the data, then commit or roll back.',
})

const caseWithoutPairs = problem<{ function: string }>({
  code: 'dtl-case-pairs',
  severity: 'error',
  says: (f) => `“${f.function}” takes pairs of a value and what to do, and at most one more at the end.`,
})

const noStep: Step = () => true

/** Pairs from place `from` on, and what is left over. */
function casePairs(
  call: Call,
  from: number,
): { readonly tests: Eval[]; readonly bodies: Step[]; readonly otherwise: Step } {
  const tests: Eval[] = []
  const bodies: Step[] = []
  let at = from
  for (; at + 1 < call.given.length; at += 2) {
    tests.push(call.eval(at))
    bodies.push(call.steps(at + 1))
  }
  if (tests.length === 0) call.report(caseWithoutPairs({ function: call.declaration.name }))
  return { tests, bodies, otherwise: at < call.given.length ? call.steps(at) : noStep }
}

function compileStop(how: 'filtered' | 'discarded'): (call: Call) => Step {
  return (call) => {
    const condition = call.optional('keep-if')
    return (frame) => {
      if (condition !== null && truthy(condition(frame))) return true
      // In an applied rule only the value at hand is dropped.
      if (frame.P === null) frame.out.stopped = how
      return false
    }
  }
}

function compileFail(kind: typeof failedByRule): (call: Call) => Step {
  return (call) => {
    const message = call.eval('message')
    return (frame) => {
      const text: Value = message(frame)
      throw new Fault(kind({ message: typeof text === 'string' ? text : 'The rule failed without a message.' }))
    }
  }
}

const then = transforms('then', { says: 'One transform or a list of them.' })
const otherwise = transforms('else', { quantifier: 'optional', says: 'One transform or a list of them.' })

export const controlFunctions = [
  transform({
    name: 'if',
    group: 'transforms',
    doc,
    says: 'Runs some transforms when a condition is true, and others when it is not.',
    more: 'Only null, false and the empty list count as not true. Several transforms are wrapped in a list, which may be empty.',
    sentence: 'if {condition}: {then}, else: {else}',
    common: 4,
    template: ['if', true, []],
    takes: [one('condition', 'any', { placeholder: '["gt", "_S.age", 18]' }), then, otherwise],
    examples: [
      {
        dtl: ['if', ['gte', '_S.total', 1000], ['add', 'freight', 0], ['add', 'freight', 49]],
        source: { total: 1200 },
        gives: { freight: 0 },
      },
      {
        dtl: [
          'if',
          '_S.vip',
          [
            ['add', 'level', 'gold'],
            ['add', 'since', '_S.since'],
          ],
        ],
        source: { vip: true, since: 2019 },
        gives: { level: 'gold', since: 2019 },
      },
    ],
    compile: (call): Step => {
      const condition = call.eval('condition')
      const whenTrue = call.steps('then')
      const whenFalse = call.args.else === undefined ? noStep : call.steps('else')
      return (frame) => (truthy(condition(frame)) ? whenTrue(frame) : whenFalse(frame))
    },
  }),
  transform({
    name: 'case',
    group: 'transforms',
    doc,
    says: 'Runs the transforms of the first condition that is true.',
    more: 'Conditions and transforms come in pairs; transforms at the end without a condition are run when none was true.',
    sentence: 'case {cases}',
    casesFrom: 'cases',
    template: ['case', true, []],
    takes: [cases('cases', { says: 'Condition, transforms, condition, transforms, …' })],
    examples: [
      {
        dtl: [
          'case',
          ['lt', '_S.age', 2],
          ['add', 'fare', 'free'],
          ['lt', '_S.age', 16],
          ['add', 'fare', 'child'],
          ['add', 'fare', 'adult'],
        ],
        source: { age: 12 },
        gives: { fare: 'child' },
      },
      { dtl: ['case', ['eq', '_S.age', 0], ['add', 'fare', 'free']], source: { age: 40 }, gives: {} },
    ],
    compile: (call): Step => {
      const { tests, bodies, otherwise } = casePairs(call, 0)
      return (frame) => {
        for (let i = 0; i < tests.length; i++) if (truthy((tests[i] as Eval)(frame))) return (bodies[i] as Step)(frame)
        return otherwise(frame)
      }
    },
  }),
  transform({
    name: 'case-eq',
    group: 'transforms',
    doc,
    says: 'Runs the transforms of the first value that equals a given one.',
    more: 'Values and transforms come in pairs; transforms at the end without a value are run when none was equal.',
    sentence: 'case {value} of {cases}',
    common: 11,
    casesFrom: 'cases',
    template: ['case-eq', '_S.', '', []],
    takes: [
      one('value', 'any', { says: 'What is compared.' }),
      cases('cases', { says: 'Value, transforms, value, transforms, …' }),
    ],
    examples: [
      {
        dtl: [
          'case-eq',
          '_S.lang',
          'nb',
          ['add', 'hello', 'hei'],
          'fr',
          ['add', 'hello', 'salut'],
          ['add', 'hello', 'hello'],
        ],
        source: { lang: 'fr' },
        gives: { hello: 'salut' },
      },
      { dtl: ['case-eq', '_S.code', 1, ['add', 'one', true]], source: { code: 2 }, gives: {} },
    ],
    compile: (call): Step => {
      const value = call.eval('value')
      const { tests, bodies, otherwise } = casePairs(call, 1)
      return (frame) => {
        const wanted = value(frame)
        for (let i = 0; i < tests.length; i++)
          if (equalAsLists(wanted, (tests[i] as Eval)(frame))) return (bodies[i] as Step)(frame)
        return otherwise(frame)
      }
    },
  }),
  transform({
    name: 'filter',
    group: 'transforms',
    doc,
    says: 'Continues only when a condition is true; otherwise the entity is filtered out.',
    more: 'The condition says what to keep. A dataset sink deletes what it had of a filtered entity. In an applied rule only the value at hand is dropped. Entities created before stay.',
    sentence: 'keep only if {keep-if}',
    common: 3,
    template: ['filter', true],
    writes: { is: 'stops' },
    takes: [optional('keep-if', 'any', { says: 'What must be true to continue; left out: nothing continues.' })],
    examples: [
      { dtl: ['filter', ['eq', '_S.active', true]], source: { active: true }, target: { a: 1 }, gives: { a: 1 } },
      {
        dtl: ['if', ['eq', '_S.kind', 'test'], ['filter'], ['add', 'real', true]],
        source: { kind: 'order' },
        gives: { real: true },
      },
    ],
    compile: compileStop('filtered'),
  }),
  transform({
    name: 'discard',
    group: 'transforms',
    doc,
    says: 'Continues only when a condition is true; otherwise the entity is discarded without a trace.',
    more: 'Unlike “filter”, nothing reaches the sink, so what it had of the entity stays there. Use it only for entities that were never sent.',
    sentence: 'keep only if {keep-if}, discard the rest',
    template: ['discard'],
    writes: { is: 'stops' },
    takes: [optional('keep-if', 'any', { says: 'What must be true to continue; left out: nothing continues.' })],
    examples: [
      { dtl: ['discard', ['neq', '_S.kind', 'noise']], source: { kind: 'order' }, target: { a: 1 }, gives: { a: 1 } },
      {
        dtl: ['if', ['is-null', '_S.kind'], ['discard'], ['add', 'kind', '_S.kind']],
        source: { kind: 'order' },
        gives: { kind: 'order' },
      },
    ],
    compile: compileStop('discarded'),
  }),
  transform({
    name: 'comment',
    group: 'transforms',
    doc,
    says: 'Holds a comment and does nothing.',
    more: 'Transforms inside it are not run, so they can be turned off this way.',
    sentence: '{comments}',
    common: 8,
    template: ['comment', ''],
    takes: [note('comments')],
    examples: [
      { dtl: ['comment', 'Names come from the register.'], gives: {} },
      { dtl: ['comment', ['add', 'old', true]], target: { a: 1 }, gives: { a: 1 } },
    ],
    compile: () => noStep,
  }),
  transform({
    name: 'fail!',
    group: 'transforms',
    doc,
    says: 'Makes the pump fail with a message.',
    sentence: 'fail: {message}',
    takes: [one('message', 'any', { placeholder: 'The order has no lines.' })],
    examples: [
      {
        dtl: [
          'if',
          ['is-empty', '_S.lines'],
          ['fail!', 'The order has no lines.'],
          ['add', 'lines', ['count', '_S.lines']],
        ],
        source: { lines: [1, 2] },
        gives: { lines: 2 },
      },
      { dtl: ['if', false, ['fail!', 'never']], gives: {} },
    ],
    compile: compileFail(failedByRule),
  }),
  transform({
    name: 'trip!',
    group: 'transforms',
    doc,
    says: 'Makes the pump fail and trips the circuit breaker of the sink dataset.',
    trips: true,
    sentence: 'trip the circuit breaker: {message}',
    takes: [one('message', 'any', { placeholder: 'Too many orders without customer.' })],
    examples: [
      {
        dtl: ['if', ['gt', '_S.price', 1000000], ['trip!', 'The price cannot be right.'], ['copy', 'price']],
        source: { price: 10 },
        gives: { price: 10 },
      },
      { dtl: ['if', false, ['trip!', 'never']], gives: {} },
    ],
    compile: compileFail(breakerTrippedByRule),
  }),
  transform({
    name: 'sleep!',
    group: 'transforms',
    doc,
    says: 'Pauses for some seconds.',
    more: 'Each entity pauses separately, and other pipes may have to wait.',
    sentence: 'pause {period} seconds',
    takes: [one('period', 'any', { placeholder: '1' })],
    examples: [
      { dtl: ['sleep!', 0], gives: {} },
      { dtl: ['if', '_S.slow', ['sleep!', 1], ['add', 'fast', true]], source: { slow: false }, gives: { fast: true } },
    ],
    compile: (call): Step => {
      const period = call.eval('period')
      const key = `sleep! ${call.node.at.join('/')}`
      return (frame) => {
        const seconds = period(frame)
        if (typeof seconds === 'number' && seconds > 0) frame.ctx.wait(key, () => frame.ctx.pause(seconds))
        return true
      }
    },
  }),
]
