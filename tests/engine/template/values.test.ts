/** Values taken over from entities, and dicts with keys of any kind. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Float, NI, URI } from '../../../engine-worker/entity/value.ts'
import { PyRange } from '../../../engine-worker/template/objects.ts'
import {
  fromValue,
  hashKey,
  PyDict,
  PyList,
  PyTuple,
  stringOf,
  typeName,
} from '../../../engine-worker/template/values.ts'

describe('dicts', () => {
  test('find numbers that are equal under one key, in the order of their first setting', () => {
    const dict = new PyDict()
    dict.set(1, 'a')
    dict.set('1', 'b')
    dict.set(new Float(1), 'c')
    dict.set(true, 'd')
    dict.set(new PyTuple([1, 'x']), 'e')
    expect(dict.pairs().map(([, value]) => value)).toEqual(['d', 'b', 'e'])
    expect(dict.get(new PyTuple([new Float(1), 'x']))).toBe('e')
  })
  test('hold what was set last, whatever happened before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom<string | number | null>('a', '1', 1, 2, null), fc.nat())),
        (sets) => {
          const dict = new PyDict()
          const model = new Map<string | number | null, number>()
          for (const [key, value] of sets) {
            dict.set(key, value)
            model.set(key, value)
          }
          expect(dict.pairs()).toEqual([...model])
          expect(dict.length()).toBe(model.size)
        },
      ),
    )
  })
  test('that came from an entity are copies', () => {
    const entity = { a: [1], b: { c: 1 } }
    const dict = fromValue(entity)
    if (!(dict instanceof PyDict)) throw new Error('a dict was expected')
    const list = dict.get('a')
    if (list instanceof PyList) list.items.push(2)
    dict.delete('b')
    expect(entity).toEqual({ a: [1], b: { c: 1 } })
    expect(dict.get('a')).toBe(list)
  })
  test('cannot have lists as keys', () => {
    expect(() => hashKey(new PyList([]))).toThrow(/unhashable/)
    expect(() => hashKey(new PyTuple([new PyDict()]))).toThrow(/unhashable/)
  })
})

test('identifiers and addresses are texts', () => {
  expect([new NI('crm:1'), new URI('http://x')].map(fromValue)).toEqual(['crm:1', 'http://x'])
  expect(stringOf(fromValue(new NI('crm:1')))).toBe('crm:1')
})

test('types have the names that Python gives them', () => {
  expect([null, true, 1, 1.5, new Float(1), 2n, 'x', new PyList([]), new PyRange(0, 1, 1)].map(typeName)).toEqual([
    'NoneType',
    'bool',
    'int',
    'float',
    'float',
    'int',
    'str',
    'list',
    'range',
  ])
})

test('ranges know their length without going through them', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -50, max: 50 }),
      fc.integer({ min: -50, max: 50 }),
      fc.integer({ min: -9, max: 9 }),
      (from, to, by) => {
        fc.pre(by !== 0)
        expect([...new PyRange(from, to, by).iterate()]).toHaveLength(new PyRange(from, to, by).length())
      },
    ),
  )
  expect(new PyRange(0, 3_000_000_000, 1).length()).toBe(3_000_000_000)
})
