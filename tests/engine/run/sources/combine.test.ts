/** How merged entities become one, by the strategy of the merge source (configuration-sources-merge.rst). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '../../../../engine-worker/entity/order.ts'
import { type Entity, NI, type Value } from '../../../../engine-worker/entity/value.ts'
import { combineMembers } from '../../../../engine-worker/run/sources/combine.ts'

const threeEntities: Entity[] = [
  { _id: 'a', x: 1 },
  { _id: 'b', y: [2, 1] },
  { _id: 'c', y: 2, z: [3, 3] },
]

describe('combining merged entities', () => {
  it('joins all values by default', () => {
    expect(combineMembers('a', threeEntities, { strategy: 'default', internal: false })).toEqual({
      $ids: ['a', 'b', 'c'],
      _id: 'a',
      x: 1,
      y: [2, 1, 2],
      z: [3, 3],
    })
  })
  it('drops repetitions and empty lists when compact', () => {
    const entities: Entity[] = [...threeEntities, { _id: 'd', none: [] }]
    expect(combineMembers('a', entities, { strategy: 'compact', internal: false })).toMatchObject({
      x: 1,
      y: [2, 1],
      z: 3,
    })
    expect(combineMembers('a', entities, { strategy: 'compact', internal: false })).not.toHaveProperty('none')
  })
  it('keeps a list of one that only one entity has', () => {
    const merged = combineMembers(
      'a',
      [
        { _id: 'a', l: ['x'] },
        { _id: 'b', m: 1 },
      ],
      { strategy: 'compact', internal: false },
    )
    expect(merged.l).toEqual(['x'])
  })
  it('keeps the lists of an entity that merged with nothing, except empty ones', () => {
    const alone = combineMembers('a', [{ _id: 'a', l: [1, 1], e: [] }], { strategy: 'compact', internal: false })
    expect(alone).toEqual({ $ids: ['a'], _id: 'a', l: [1, 1] })
  })
  it('puts the entities side by side as a list', () => {
    const merged = combineMembers('a', [{ _id: 'a', _ts: 5, x: 1 }, { _id: 'b' }], {
      strategy: 'list',
      internal: false,
    })
    expect(merged.$merged).toEqual([{ _id: 'a', x: 1 }, { _id: 'b' }])
  })
  it('takes the ids of entities that were merged before, not their own', () => {
    const merged = combineMembers('a', [{ _id: 'm', $ids: ['p', 'q'] }, { _id: 'b' }], {
      strategy: 'default',
      internal: false,
    })
    expect(merged.$ids).toEqual(['p', 'q', 'b'])
  })
})

describe('the entity that merged ones become', () => {
  const optionsOf = (strategy: string) => ({ strategy, internal: false })

  it('is deleted when all of them are, and knows which they were', () => {
    const gone = { _id: 'a', _deleted: true }
    expect(combineMembers('a', [gone, { _id: 'b', _deleted: true }], optionsOf('default'))).toMatchObject({
      _deleted: true,
    })
    expect(combineMembers('a', [gone, { _id: 'b' }], optionsOf('default'))).not.toHaveProperty('_deleted')
    expect(combineMembers('a', [{ _id: 'n:a' }, { _id: 'b' }, { _id: 'b' }], optionsOf('compact')).$ids).toEqual([
      new NI('n:a'),
      'b',
    ])
  })

  it('keeps what the store set only where that is wanted, and only side by side', () => {
    const members: Entity[] = [{ _id: 'a', _ts: 5, x: 1 }]
    expect(combineMembers('a', members, { strategy: 'list', internal: true }).$merged).toEqual(members)
    expect(combineMembers('a', members, { strategy: 'default', internal: true })).toEqual({
      $ids: ['a'],
      _id: 'a',
      x: 1,
    })
  })

  it('takes odd property names for names', () => {
    const odd: Entity = JSON.parse('{"_id":"a","toString":1,"constructor":[2]}')
    for (const strategy of ['default', 'compact']) {
      const merged = combineMembers('a', [odd, JSON.parse('{"_id":"b","toString":3}')], optionsOf(strategy))
      expect([merged.toString, merged.constructor]).toEqual([[1, 3], [2]])
    }
  })

  it('has every value of its members and no other, whichever they are', () => {
    const value: fc.Arbitrary<Value> = fc.oneof(fc.nat(3), fc.constantFrom('x', null, new NI('a:b')))
    const property = fc.oneof(value, fc.array(value, { maxLength: 3 }))
    const member = fc.dictionary(fc.constantFrom('p', 'q', 'r'), property)
    const toList = (given: Value | undefined): readonly Value[] =>
      given === undefined ? [] : Array.isArray(given) ? given : [given]
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 4 }), (members) => {
        const entities = members.map((each, at): Entity => ({ ...each, _id: String(at) }))
        const whole = combineMembers('m', entities, optionsOf('default'))
        const compact = combineMembers('m', entities, optionsOf('compact'))
        for (const name of ['p', 'q', 'r']) {
          const all = members.flatMap((each) => toList(each[name])).map(canonical)
          expect(toList(whole[name]).map(canonical)).toEqual(all)
          const inCompact = toList(compact[name]).map(canonical)
          expect(new Set(inCompact)).toEqual(new Set(all))
          if (members.length > 1) expect(inCompact).toHaveLength(new Set(all).size)
        }
      }),
    )
  })
})
