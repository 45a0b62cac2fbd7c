import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '../../../../engine-worker/entity/order.ts'
import { isDict, type Value } from '../../../../engine-worker/entity/value.ts'
import { anyValue, dictOf } from '../../entity/arbitrary.ts'
import { evaluate, problemOf } from './evaluate.ts'

const list = fc.array(anyValue, { maxLength: 10 })
const words = fc.array(fc.constantFrom('a', 'b', '__proto__', 'constructor', '', '1'), { maxLength: 10 })

function asList(value: Value): Value[] {
  if (!Array.isArray(value)) throw new Error('a list is expected')
  return value
}

describe('group-by', () => {
  it('puts every value into exactly one group', () => {
    fc.assert(
      fc.property(list, (values) => {
        const groups = evaluate(['group-by', '_S.values'], { values })
        if (!isDict(groups)) throw new Error('a dict is expected')
        const members = Object.values(groups).flatMap(asList)
        expect(members.map(canonical).sort()).toEqual(values.map(canonical).sort())
        for (const group of Object.values(groups)) expect(new Set(asList(group).map(canonical)).size).toBe(1)
      }),
    )
  })
  it('keeps hostile keys apart from what objects inherit', () => {
    fc.assert(
      fc.property(words, (values) => {
        const groups = evaluate(['group-by', '_.', '_.', '_S.values'], { values })
        if (!isDict(groups)) throw new Error('a dict is expected')
        expect(Object.getPrototypeOf(groups)).toBe(Object.prototype)
        for (const word of new Set(values))
          expect(Object.getOwnPropertyDescriptor(groups, word)?.value).toEqual(values.filter((value) => value === word))
      }),
    )
  })
  it('puts groups together whose keys get the same text', () => {
    const values = ['a1', 'b', 'a2']
    expect(evaluate(['group-by', '_.', ['substring', 0, 1, '_.'], '_S.values'], { values })).toEqual({
      a: ['a1', 'a2'],
      b: ['b'],
    })
  })
})

describe('group', () => {
  it('keeps typed keys apart and in order', () => {
    const values = ['1', 1, '1', true]
    expect(evaluate(['group', '_.', '_.', '_S.values'], { values })).toEqual([
      ['1', ['1', '1']],
      [1, [1]],
      [true, [true]],
    ])
  })
})

describe('distinct', () => {
  it('once is as good as twice, and nothing is lost', () => {
    fc.assert(
      fc.property(list, (values) => {
        const once = asList(evaluate(['distinct', '_S.values'], { values }))
        expect(evaluate(['distinct', '_S.once'], { once })).toEqual(once)
        expect(new Set(once.map(canonical))).toEqual(new Set(values.map(canonical)))
      }),
    )
  })
})

describe('map and filter', () => {
  it('filter keeps what the condition says of each', () => {
    fc.assert(
      fc.property(list, (values) => {
        const kept = evaluate(['filter', ['is-string', ['list', '_.']], '_S.values'], { values })
        expect(kept).toEqual(values.filter((value) => typeof value === 'string'))
      }),
    )
  })
  it('a loop in a loop in a loop runs out of budget, not of time', () => {
    const values = Array.from({ length: 300 }, (_, i) => i)
    const loop = ['map', ['map', ['map', '_.', '_S.values'], '_S.values'], '_S.values']
    expect(problemOf(loop, { values }, { budget: 100_000 })).toBe('dtl-budget')
  })
  it('the value outside is there again after a loop inside', () => {
    const dtl = ['map', ['list', ['count', ['map', '_.', '_.parts']], '_.name'], '_S.values']
    const values = [{ name: 'x', parts: [1, 2] }]
    expect(evaluate(dtl, { values })).toEqual([[2, 'x']])
  })
})

describe('map-dict', () => {
  it('with the same keys and values gives the dict again', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), anyValue), { minLength: 1, maxLength: 6 }).map(dictOf), (dict) => {
        expect(evaluate(['map-dict', '_.', '_.', '_S.dict'], { dict })).toEqual(dict)
      }),
    )
  })
  it('takes __proto__ for a key like any other', () => {
    const result = evaluate(['map-dict', '__proto__', '_.', { a: { evil: true } }])
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype)
    expect(Object.keys(result ?? {})).toEqual(['__proto__'])
  })
})
