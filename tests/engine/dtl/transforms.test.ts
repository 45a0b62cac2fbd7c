/** Transforms beyond the documented cases. */
import { describe, expect, it } from 'vitest'
import { compileRules } from '../../../engine-worker/dtl/compile/compile.ts'
import { makeContext } from '../../../engine-worker/dtl/context.ts'
import type { Namespaces } from '../../../engine-worker/dtl/evaluation.ts'
import { decodeTransit, encodeTransit } from '../../../engine-worker/entity/transit.ts'
import type { Entity, Json, JsonObject } from '../../../engine-worker/entity/value.ts'
import { environment } from './corpus.ts'

const crm: Namespaces = { enabled: true, identity: 'crm', property: 'crm', expansions: new Map() }

/** The target of some transforms, as transit JSON. */
function target(steps: Json, source: JsonObject, namespaces?: Namespaces, rules: JsonObject = {}): Json {
  const options = namespaces === undefined ? {} : { namespaces }
  const { dtl, problems } = compileRules({ type: 'dtl', rules: { default: steps, ...rules } }, options)
  expect(problems).toEqual([])
  const entity = decodeTransit({ _id: 'e1', ...source }) as Entity
  const { target } = dtl.run(entity, makeContext({ environment: environment(), ...options }))
  return encodeTransit(target)
}

describe('targets', () => {
  it('begin with what identifies the source', () => {
    expect(target([], { a: 1 })).toEqual({ _id: 'e1' })
    expect(target([], { _deleted: true, a: 1 })).toEqual({ _id: 'e1', _deleted: true })
  })

  it('of applied rules begin empty', () => {
    expect(target(['add', 'x', ['apply', 'r', '_S.']], { a: 1 }, undefined, { r: [] })).toEqual({ _id: 'e1', x: {} })
  })

  it('keep their _id when a wildcard removes properties, and lose it only by name', () => {
    const steps = (pattern: Json): Json => [
      ['copy', '*'],
      ['add', '_x', 1],
      ['remove', pattern],
    ]
    expect(target(steps('_*'), { a: 1 })).toEqual({ _id: 'e1', a: 1 })
    expect(target(steps('*'), { a: 1 })).toEqual({ _id: 'e1' })
    expect(target(steps(['list', '?id', 'a']), { a: 1 })).toEqual({ _id: 'e1', _x: 1 })
    expect(target(steps(['concat', '_', '_S.star']), { a: 1, star: '*' })).toEqual({ _id: 'e1', a: 1, star: '*' })
    expect(target(steps('_*'), { a: 1 }, crm)).toEqual({ _id: 'e1', a: 1 })
    const id: Json = ['add', '_id', 'e2']
    expect(target([['copy', '*'], ['remove', ['list', '_*', '_id']], id], { a: 1 })).toEqual({ _id: 'e2', a: 1 })
    const rules = {
      r: [
        ['copy', '*'],
        ['remove', '_*'],
      ] as Json,
    }
    expect(target(['add', 'x', ['apply', 'r', '_S.y']], { y: { _id: 'y', a: 1, _b: 2 } }, undefined, rules)).toEqual({
      _id: 'e1',
      x: { _id: 'y', a: 1 },
    })
  })

  it('take any name, also those that JavaScript objects have', () => {
    const names: Json[] = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '0', 'value', 'text']
    const steps = names.map((name): Json => ['add', name, name])
    const made = target(
      [...steps, ['add', 'seen', ['list', '_T.__proto__', '_T.constructor', '_T.length', '_T.text']]],
      {},
    ) as JsonObject
    expect(Object.keys(made).sort()).toEqual([...names, '_id', 'seen'].map(String).sort())
    expect(made.seen).toEqual(['__proto__', 'constructor', 'length', 'text'])
    expect(
      target(['add', 'x', ['list', '_S.constructor', '_S.a.length', '_S.list.0', '_S.ni.text']], {
        a: 'abc',
        list: ['x'],
        ni: '~:a:b',
      }),
    ).toEqual({ _id: 'e1', x: [null, null, null, null] })
  })

  it('copy and read what such names hold', () => {
    const source = JSON.parse('{"__proto__": {"a": 1}, "constructor": "c"}')
    expect(
      target(
        [
          ['copy', '*'],
          ['add', 'x', '_S.__proto__.a'],
        ],
        source,
      ),
    ).toEqual({ _id: 'e1', ...source, x: 1 })
  })
})

describe('copy', () => {
  it('takes patterns as a plain list', () => {
    expect(target(['copy', ['a*', 'b'], ['ab*']], { a: 1, ab: 2, b: 3, c: 4 })).toEqual({ _id: 'e1', a: 1, b: 3 })
  })

  it('takes computed patterns', () => {
    expect(target(['copy', '_S.only', ['concat', '_S.not', '*']], { only: ['a', 'b'], not: 'b', a: 1, b: 2 })).toEqual({
      _id: 'e1',
      a: 1,
    })
  })

  it('follows entities whose names change', () => {
    const { dtl } = compileRules({ type: 'dtl', rules: { default: [['copy', '*', ['list', 'x*', 'y']]] } })
    const ctx = makeContext({ environment: environment() })
    const targetOf = (source: Entity) => dtl.run(source, ctx).target
    expect(targetOf({ _id: '1', xa: 1, b: 2 })).toEqual({ _id: '1', b: 2 })
    expect(targetOf({ _id: '1', b: 2, xa: 1 })).toEqual({ _id: '1', b: 2 })
    expect(targetOf({ b: 2, y: 1, c: 3, _id: '1' })).toEqual({ _id: '1', b: 2, c: 3 })
    expect(targetOf({ _id: '1', xa: 1, b: 2 })).toEqual({ _id: '1', b: 2 })
  })

  it('matches namespaces and names apart', () => {
    const source = { 'a:x': 1, 'b:x': 2, x: 3, 'a:b:x': 4 }
    expect(target(['copy', 'a:x'], source, crm)).toEqual({ _id: 'e1', 'a:x': 1 })
    expect(target(['copy', '::x'], source, crm)).toEqual({ _id: 'e1', x: 3 })
    expect(target(['copy', '*:x'], source, crm)).toEqual({ _id: 'e1', 'a:x': 1, 'b:x': 2, 'a:b:x': 4 })
    expect(target(['copy', 'a:*'], { 'a:x': 1, 'a:b:x': 4 }, crm)).toEqual({ _id: 'e1', 'a:x': 1 })
    expect(target(['copy', '*:x'], source)).toEqual({ _id: 'e1', 'a:x': 1, 'b:x': 2, 'a:b:x': 4 })
  })
})

describe('names in namespaces', () => {
  it('are written as documented', () => {
    const steps: Json = [
      ['add', 'a', 1],
      ['add', ':b', 2],
      ['add', '::c', 3],
      ['add', 'x:d', 4],
      ['add', '$e', 5],
      ['add', '_f', 6],
    ]
    expect(target(steps, {}, crm)).toEqual({ _id: 'e1', 'crm:a': 1, 'crm:b': 2, c: 3, 'x:d': 4, $e: 5, _f: 6 })
  })

  it('are read in every namespace, as a union', () => {
    const source = { 'a:n': 1, 'b:n': [1, 2], n: 3, 'c:m': 4 }
    expect(target(['add', '::x', ['list', '_S.n', '_S.b:n', '_S.m', '_S.::n', '_S.none']], source, crm)).toEqual({
      _id: 'e1',
      x: [[1, 2, 3], [1, 2], 4, 3, null],
    })
  })

  it('are read in nested dicts and lists too', () => {
    const source: JsonObject = { 'a:o': [{ 'a:n': 1 }, { 'b:n': 2, n: 3 }, {}] }
    expect(target(['add', '::x', '_S.o.n'], source, crm)).toEqual({ _id: 'e1', x: [1, 2, 3] })
  })

  it('see what the rule has written', () => {
    expect(
      target(
        [
          ['add', 'n', 1],
          ['add', 'm', ['plus', 1, '_T.n']],
          ['add', 'k', '_T.crm:m'],
        ],
        {},
        crm,
      ),
    ).toEqual({ _id: 'e1', 'crm:n': 1, 'crm:m': 2, 'crm:k': 2 })
  })

  it('go before a text `_id` that has none', () => {
    expect(target(['add', '_id', '7'], {}, crm)).toEqual({ _id: 'crm:7' })
    expect(target(['add', '_id', 'hr:7'], {}, crm)).toEqual({ _id: 'hr:7' })
  })

  it('are just names where they are off', () => {
    expect(target(['add', 'x', ['list', '_S.n', '_S.a:n']], { 'a:n': 1 })).toEqual({ _id: 'e1', x: [null, 1] })
  })
})

describe('paths', () => {
  it('flatten lists on the way and leave a list at the end', () => {
    const source: JsonObject = { a: { list: [1] }, all: [{ n: [1, 2] }, { n: 3 }, 'x', { m: 1 }, [{ n: 4 }]] }
    expect(target(['add', 'x', ['list', '_S.a.list', '_S.all.n', '_S.all.none']], source)).toEqual({
      _id: 'e1',
      x: [[1], [1, 2, 3, 4], null],
    })
  })

  it('take quoted segments', () => {
    const source = { "it's": { 'a.b': 1 }, 'c d': 2 }
    expect(target(['add', 'x', ['list', "_S.'it''s'.'a.b'", '_S.c d', "_S.it's.'a.b'"]], source)).toEqual({
      _id: 'e1',
      x: [1, 2, 1],
    })
  })

  it('know the variables of applied rules', () => {
    const rules: JsonObject = {
      one: [['add', 'n', ['apply', 'two', '_S.in']]],
      two: [
        [
          'add',
          'all',
          [
            'list',
            '_S.k',
            '_P._S.k',
            '_P._P._S.k',
            '_R._S.k',
            '_P._P._P._S.k',
            ['path', ['list', '_S', 'k'], '_P.'],
            ['keys', '_R.'],
          ],
        ],
      ],
    }
    expect(
      target(['add', 'x', ['apply', 'one', '_S.in']], { k: 0, in: { k: 1, in: { k: 2 } } }, undefined, rules),
    ).toEqual({
      _id: 'e1',
      x: { n: { all: [2, 1, 0, 0, null, 1, ['_S', '_T']] } },
    })
  })
})
