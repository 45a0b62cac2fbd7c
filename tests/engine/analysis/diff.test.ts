import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdits, diffEntities, editsBetweenValues } from '../../../engine-worker/analysis/diff.ts'
import { identityOf } from '../../../engine-worker/analysis/identity.ts'
import { Float, type Value } from '../../../engine-worker/entity/value.ts'

const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom<Value>(null, true, 1, new Float(1), new Float(-0), 'a', 'b', 10n ** 20n),
    fc.array(tie('value'), { maxLength: 6 }),
    fc.dictionary(fc.constantFrom('_id', 'a', 'b', '__proto__', '10', 'constructor'), tie('value')),
  ),
})).value

describe('differences', () => {
  test('are few and say what happened', () => {
    const steps: Value = [['copy', '*'], ['add', 'a', 1], ['add', 'b', 2], ['filter']]
    expect(
      editsBetweenValues(steps, [['copy', '*'], ['add', 'a', 1], ['add', 'c', 3], ['add', 'b', 2], ['filter']]),
    ).toEqual([{ is: 'added', path: [2], value: ['add', 'c', 3] }])
    expect(editsBetweenValues(steps, [['copy', '*'], ['add', 'a', 7], ['add', 'b', 2], ['filter']])).toEqual([
      { is: 'changed', path: [1, 2], before: 1, value: 7 },
    ])
    expect(editsBetweenValues(steps, [['add', 'a', 1], ['add', 'b', 2], ['filter'], ['copy', '*']])).toEqual([
      { is: 'moved', path: [], from: 0, to: 3, value: ['copy', '*'] },
    ])
    expect(editsBetweenValues({ a: 1, b: [1] }, { b: [new Float(1)], c: null })).toEqual([
      { is: 'removed', path: ['a'], before: 1 },
      { is: 'changed', path: ['b', 0], before: 1, value: new Float(1) },
      { is: 'added', path: ['c'], value: null },
    ])
    expect(
      editsBetweenValues(
        [
          { _id: '1', n: 1 },
          { _id: '2', n: 1 },
        ],
        [{ _id: '2', n: 2 }],
      ),
    ).toEqual([
      { is: 'changed', path: [1, 'n'], before: 1, value: 2 },
      { is: 'removed', path: [0], before: { _id: '1', n: 1 } },
    ])
  })

  test('of entities leave out what the store adds', () => {
    const before = {
      _id: '1',
      _updated: 1,
      _hash: 'x',
      _deleted: false,
      nested: { _updated: 1 },
    }
    const after = {
      _id: '1',
      _updated: 2,
      _hash: 'y',
      _previous: 1,
      _deleted: true,
      nested: { _updated: 2 },
    }
    expect(diffEntities(before, after).map(({ path }) => path)).toEqual([['_deleted'], ['nested', '_updated']])
  })

  test('applied to the one give the other', () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const before = identityOf(a)
        expect(identityOf(applyEdits(a, editsBetweenValues(a, b)))).toBe(identityOf(b))
        expect(identityOf(a)).toBe(before)
        expect(editsBetweenValues(a, a)).toEqual([])
        expect(editsBetweenValues(b, applyEdits(a, editsBetweenValues(a, b)))).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  test('of shuffled and edited lists are found in reasonable time and applied exactly', () => {
    const list = fc.array(fc.tuple(fc.constantFrom('add', 'copy'), fc.nat({ max: 9 })), { maxLength: 30 })
    fc.assert(
      fc.property(list, fc.infiniteStream(fc.nat()), (items, random) => {
        const shuffled = items
          .map((item) => ({ item, key: Number(random.next().value) }))
          .sort((a, b) => a.key - b.key)
          .map(({ item }) => item)
        const edits = editsBetweenValues(items, shuffled)
        expect(edits.every(({ is }) => is === 'moved')).toBe(true)
        expect(applyEdits(items, edits)).toEqual(shuffled)
      }),
    )
    const long = Array.from({ length: 20_000 }, (_, index) => ({
      _id: String(index),
      n: index,
    }))
    expect(editsBetweenValues(long, long.slice(1)).length).toBe(1)
  })
})
