import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { keySetsOf } from '../../../engine-worker/run/sources/merge-keys.ts'
import { engine, of } from './engine.ts'

describe('equality rules', () => {
  it('make one set out of equality sets that share an expression', () => {
    const sets = keySetsOf(
      {
        equality_sets: [
          ['a.x', 'b.x', 'c.y'],
          ['c.y', 'd.y'],
        ],
      },
      ['a', 'b', 'c', 'd'],
    )
    expect(sets.map((set) => set.map(({ place }) => place))).toEqual([[0, 1, 2, 3]])
  })
  it('link two sides each', () => {
    const config = {
      equality: [
        ['eq', 'a.x', 'b.x'],
        ['eq', ['lower', 'b.y'], 'c.y'],
      ],
    }
    expect(keySetsOf(config, ['a', 'b', 'c']).map((set) => set.map(({ place }) => place))).toEqual([
      [0, 1],
      [1, 2],
    ])
  })
})

const merge = (more: JsonObject): JsonObject => ({
  _id: 'm',
  source: { type: 'merge', version: 2, datasets: ['A a', 'B b', 'C c'], ...more },
})

describe('the merge source', () => {
  it('gives what the documentation shows', async () => {
    const { put, run, read } = engine([
      merge({
        equality: [
          ['eq', 'a.f1', 'b.f1'],
          ['eq', 'b.f2', ['lower', 'c.f3']],
        ],
      }),
    ])
    await put('A', [
      { _id: 'a1', f1: 1 },
      { _id: 'a2', f1: 2 },
    ])
    await put('B', [
      { _id: 'b1', f1: 1, f2: 'x' },
      { _id: 'b2', f1: 3 },
    ])
    await put('C', [
      { _id: 'c1', f3: 'X' },
      { _id: 'c2', _deleted: true, f3: 'Y' },
      { _id: 'c3', _deleted: true, f3: 'X' },
    ])
    await run()
    expect(await read('m')).toEqual([
      { _id: '0|a1|1|b1|2|c1', $ids: ['a1', 'b1', 'c1'], f1: [1, 1], f2: 'x', f3: 'X' },
      { _id: '0|a2', $ids: ['a2'], f1: 2 },
      { _id: '1|b2', $ids: ['b2'], f1: 3 },
      { _id: '2|c2', _deleted: true, $ids: ['c2'], f3: 'Y' },
      { _id: '2|c3', _deleted: true, $ids: ['c3'], f3: 'X' },
    ])
  })

  it('says which ids were replaced when entities come together and part again', async () => {
    const { put, run, read } = engine([merge({ identity: 'first', equality: [['eq', 'a.k', 'b.k']] })])
    await put('A', [{ _id: 'a', k: 1 }])
    await put('B', [{ _id: 'b', k: 2 }])
    await run()
    await put('B', [{ _id: 'b', k: 1 }])
    await run()
    expect(await read('m')).toEqual([
      { _id: 'a', $ids: ['a', 'b'], k: [1, 1] },
      { _id: 'b', _deleted: true, $replaced: true },
    ])
    await put('B', [{ _id: 'b', k: 3 }])
    const result = await run()
    expect(await read('m')).toEqual([
      { _id: 'a', $ids: ['a'], k: 1 },
      { _id: 'b', $ids: ['b'], k: 3 },
    ])
    expect(of(result, 'm')).toMatchObject({ written: 2, read: 2 })
  })

  it('reads only what a change concerns', async () => {
    const { put, run } = engine([merge({ identity: 'first', equality: [['eq', 'a.k', 'b.k']] })])
    await put(
      'A',
      Array.from({ length: 500 }, (_, k) => ({ _id: `a${k}`, k })),
    )
    await put(
      'B',
      Array.from({ length: 500 }, (_, k) => ({ _id: `b${k}`, k })),
    )
    await run()
    await put('B', [{ _id: 'b7', k: 7, more: true }])
    expect(of(await run(), 'm')).toMatchObject({ read: 1, written: 1 })
  })

  it('fails with the entity when too much is the same', async () => {
    const { put, run } = engine([merge({ max_merged: 3, equality_sets: [['a.k', 'b.k', 'c.k']] })])
    await put('A', [
      { _id: 'a1', k: 1 },
      { _id: 'a2', k: 1 },
    ])
    await put('B', [
      { _id: 'b1', k: 1 },
      { _id: 'b2', k: 1 },
    ])
    const { problems, state } = of(await run(), 'm')
    expect(state).toBe('failed')
    expect(problems[0]).toMatchObject({ code: 'too-many-merged', where: { pipe: 'm', entity: 'a1' } })
  })

  it('knows no limit in version 1', async () => {
    const { put, run, read } = engine([merge({ version: 1, max_merged: 3, equality_sets: [['a.k', 'b.k']] })])
    await put(
      'A',
      [1, 2, 3].map((id) => ({ _id: `a${id}`, k: 1 })),
    )
    await put('B', [{ _id: 'b', k: 1 }])
    await run()
    expect(await read('m')).toMatchObject([{ $ids: ['a1', 'a2', 'a3', 'b'] }])
  })

  it('merges three datasets by tuples and by computed keys', async () => {
    const { put, run, read } = engine([
      merge({
        identity: 'first',
        strategy: 'compact',
        equality: [
          ['eq', ['tuples', 'a.x', 'a.y'], ['tuples', 'b.x', 'b.y']],
          ['eq', ['ni', 'ssn', 'a.ssn'], 'c.ref'],
        ],
      }),
    ])
    await put('A', [{ _id: 'a', x: 1, y: 2, ssn: '5' }])
    await put('B', [
      { _id: 'b', x: 1, y: 2 },
      { _id: 'b2', x: 1, y: 3 },
    ])
    await put('C', [{ _id: 'c', ref: '~:ssn:5' }])
    await run()
    expect((await read('m')).map((entity) => (entity as JsonObject).$ids)).toEqual([['a', 'b', 'c'], ['b2']])
  })

  it('treats datasets that nobody fills as empty', async () => {
    const { put, run, read } = engine([merge({ identity: 'first' })])
    await put('A', [{ _id: 'a' }])
    expect(of(await run(), 'm').state).toBe('done')
    expect(await read('m')).toEqual([{ _id: 'a', $ids: ['a'] }])
  })
})
