import { describe, expect, it } from 'vitest'
import type { Json } from '../../../../engine-worker/entity/value.ts'
import { evaluate, problemOf } from './evaluate.ts'

/** An expression that cannot be evaluated without a problem. */
const failingExpression: Json = ['range', 0, 1, 0]

describe('what is not chosen is not computed', () => {
  it.each<[string, Json]>([
    ['if', ['if', '_S.yes', 1, failingExpression]],
    ['if without else', ['if', '_S.no', failingExpression]],
    ['case', ['case', '_S.no', failingExpression, '_S.yes', 1, failingExpression, failingExpression]],
    ['case-eq', ['case-eq', '_S.yes', 1, failingExpression, true, 1, failingExpression, failingExpression]],
    ['coalesce-args', ['coalesce-args', '_S.missing', '_S.yes', failingExpression]],
    ['if-null', ['if-null', '_S.yes', failingExpression]],
  ])('%s', (_, dtl) => {
    expect(problemOf(dtl, { yes: true, no: false })).toBeNull()
    expect(problemOf(failingExpression)).toBe('dtl-step-is-zero')
  })
})

describe('case-eq', () => {
  it('compares as eq does', () => {
    expect(evaluate(['case-eq', '_S.x', 1, 'number', 'text'], { x: '1' })).toBe('text')
    expect(evaluate(['case-eq', '_S.x', 1, 'number', 'text'], { x: [1] })).toBe('number')
    expect(evaluate(['case-eq', '_S.x', null, 'nothing', 'something'], {})).toBe('nothing')
    expect(evaluate(['case-eq', '_S.x', null, 'nothing', 'something'], { x: [] })).toBe('something')
  })
})
