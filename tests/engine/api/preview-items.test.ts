/** Entities of a preview between stages: their source entities, what stopped them, and pinned ones. */
import { describe, expect, it } from 'vitest'
import { pinsOf, StageResult, withNumberedPins, withPins } from '../../../engine-worker/api/preview-items.ts'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { partFailed } from '../../../engine-worker/run/problems.ts'

const item = (_id: string, order = 0) => ({ key: _id, entity: { _id } as Entity, order })
const failure = partFailed({ pipe: 'p', reason: 'no way' })

describe('what a stage made of entities', () => {
  const inputs = ['a', 'b', 'c', 'd'].map((id, at) => ({ item: item(id), origin: 10 + at }))

  it('knows the source entity of each that goes on, and how the others were stopped', () => {
    const result = new StageResult('p', inputs)
    expect(result.reached).toBe(false)
    const children = [{ _id: 'b1' }, { _id: 'b2' }]
    result.add(
      [{ _id: 'a' }, ...children],
      [
        { main: { _id: 'a' } },
        { main: null, created: children },
        { main: { _id: 'c' }, filtered: true },
        { main: null },
      ],
      { inputs: [0, 1, 2, 3], outputs: [0, 1, 1] },
    )
    expect(result.reached).toBe(true)
    expect(result.outputs().map(({ item, origin }) => [item.key, origin])).toEqual([
      ['a', 10],
      ['b1', 11],
      ['b2', 11],
    ])
    expect(result.counts()).toEqual({
      filtered: 1,
      failed: 0,
      problems: [],
      stopped: [
        { origin: 12, how: 'filtered' },
        { origin: 13, how: 'empty' },
      ],
    })
  })

  it('loses all that a source entity has become when one of it fails', () => {
    const result = new StageResult('p', inputs)
    result.add(
      [{ _id: 'a1' }, { _id: 'b' }],
      [{ main: { _id: 'a1' } }, { main: null, problem: failure }, { main: { _id: 'b' } }],
      { inputs: [0, 0, 1], outputs: [0, 1] },
    )
    expect(result.outputs().map(({ item }) => item.key)).toEqual(['b'])
    expect(result.counts()).toMatchObject({ failed: 2, problems: [{ code: 'part-failed', where: { pipe: 'p' } }] })
  })

  it('gathers slices one after the other; entities without an _id have a key by their place', () => {
    const result = new StageResult('p', inputs)
    result.add([{ n: 1 }], [{ main: { n: 1 } }], { inputs: [0], outputs: [0] })
    result.add([{ n: 2 }], [{ main: { n: 2 } }, { main: null, discarded: true }], { inputs: [1, 2], outputs: [1] })
    expect(result.outputs().map(({ item, origin }) => [item.key, origin])).toEqual([
      ['#0', 10],
      ['#1', 11],
    ])
    expect(result.counts()).toMatchObject({ filtered: 1, stopped: [{ origin: 12, how: 'discarded' }] })
  })
})

describe('pinned entities', () => {
  it('stand in the place of those with the same _id, others behind', () => {
    const pinned: Entity[] = [{ _id: 'b', pinned: true }, { _id: 'new' }]
    const all = withPins([item('a'), item('b', 1)], pinned)
    expect(all.map(({ entity }) => entity)).toEqual([{ _id: 'a' }, { _id: 'b', pinned: true }, { _id: 'new' }])
    expect(all[1]?.order).toBe(1)
    expect(withPins([item('a')], undefined).map(({ key }) => key)).toEqual(['a'])
  })

  it('that nothing came from are numbered from where the others end', () => {
    const outputs = [{ item: item('a'), origin: 3 }]
    const all = withNumberedPins(outputs, [{ _id: 'x' }, { _id: 'a' }, { _id: 'y' }], 7)
    expect(all.map(({ item, origin }) => [item.key, origin])).toEqual([
      ['a', 3],
      ['x', 7],
      ['y', 8],
    ])
  })

  it('are read from their texts by stage; what is no entity is a problem', () => {
    const pins = pinsOf({ source: ['{"_id":"a","n":"~d1.5"}'], 'transform/0': [] })
    expect([...pins.keys()]).toEqual(['source', 'transform/0'])
    expect(pins.get('source')).toHaveLength(1)
    expect(() => pinsOf({ source: ['{"_id":'] })).toThrow()
    expect(() => pinsOf({ source: ['5'] })).toThrow()
  })
})
