import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Namespaces } from '../../../../engine-worker/dtl/evaluation.ts'
import { anyValue, dictOf } from '../../entity/arbitrary.ts'
import { evaluate, problemOf } from './evaluate.ts'

const namespaces: Namespaces = { enabled: true, identity: 'ids', property: 'props', expansions: new Map() }
const key = fc.oneof(fc.constantFrom('a', '__proto__', 'constructor', 'toString', '1'), fc.string({ maxLength: 4 }))
const dict = fc.array(fc.tuple(key, anyValue), { maxLength: 6 }).map(dictOf)

describe('dict', () => {
  it('is made again of its items', () => {
    fc.assert(
      fc.property(dict, (value) => {
        expect(evaluate(['dict', ['items', '_S.value']], { value })).toEqual(value)
        expect(evaluate(['count', ['keys', '_S.value']], { value })).toBe(
          evaluate(['count', ['values', '_S.value']], { value }),
        )
      }),
    )
  })
  it('has every key that it has, and none that objects inherit', () => {
    fc.assert(
      fc.property(dict, key, (value, name) => {
        expect(evaluate(['has-key', '_S.name', '_S.value'], { value, name })).toBe(Object.hasOwn(value, name))
      }),
    )
  })
  it('reports a key without value', () => {
    expect(problemOf(['dict', 'a', 1, 'b'])).toBe('dtl-dict-without-value')
  })
  it('leaves keys out that are not text', () => {
    expect(evaluate(['dict', 1, 'x', ['list', 'b'], 'y', ['list', 'c', 'd'], 'z'])).toEqual({ b: 'y' })
  })
})

describe('path', () => {
  it('finds properties with hostile names only where they are', () => {
    expect(evaluate(['path', '__proto__', '_S.value'], { value: {} })).toBeNull()
    expect(evaluate(['path', 'constructor', '_S.value'], { value: dictOf([['constructor', 1]]) })).toBe(1)
    expect(evaluate(['path', 'length', '_S.value'], { value: [1, 2] })).toBeNull()
  })
  it('says the same for constant and for computed names', () => {
    const value = { a: [{ b: 1 }, { b: [2, { c: 3 }] }], 'x:a': { b: 9 } }
    for (const names of [['a', 'b'], ['a'], ['x:a', 'b'], [], ['nothing', 'b']]) {
      const constant = evaluate(['path', ['list', ...names], '_S.value'], { value }, { namespaces })
      expect(evaluate(['path', '_S.names', '_S.value'], { value, names }, { namespaces })).toEqual(constant)
    }
  })
})

describe('apply-ns', () => {
  it('takes what is not said from the pipe', () => {
    const value = { _id: '1', a: { b: [{ c: 1 }] }, $x: { y: 1 }, _z: { w: 2 }, 'o:p': 3 }
    expect(evaluate(['apply-ns', {}, '_S.value'], { value }, { namespaces })).toEqual({
      _id: 'ids:1',
      'props:a': { 'props:b': [{ 'props:c': 1 }] },
      $x: { y: 1 },
      _z: { w: 2 },
      'o:p': 3,
    })
  })
  it('is undone by strip-ns, apart from the id', () => {
    const names = fc.string({ unit: fc.constantFrom('a', 'b', '_', '$'), minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.integer()), { maxLength: 5 }).map(dictOf), (value) => {
        expect(evaluate(['strip-ns', ['apply-ns', 'n', '_S.value']], { value })).toEqual(value)
      }),
    )
  })
  it('wants its namespace written out', () => {
    expect(problemOf(['apply-ns', ['concat', 'a', 'b'], {}])).toBe('dtl-namespace-not-static')
  })
})
