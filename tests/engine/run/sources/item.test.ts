/** Positions and items that a run reads. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../../../engine-worker/entity/value.ts'
import {
  endsOf,
  nothingAfter,
  piecesOf,
  positionIn,
  readPositions,
  referencedDataset,
  type SourceRecord,
  shiftedBack,
  stillValid,
  updatedOf,
  withoutGone,
  withPosition,
} from '../../../../engine-worker/run/sources/item.ts'
import { IndexedStore } from '../../../../engine-worker/storage/index/indexed-store.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { ticking } from '../histories.ts'

const items = (count: number): SourceRecord[] =>
  Array.from({ length: count }, (_, order) => ({ key: `k${order}`, entity: { _id: `k${order}` }, order }))

describe('a batch in pieces', () => {
  it('has every item once and in order; position and states belong to the last piece', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.integer({ min: 1, max: 7 }), (count, size) => {
        const states = () => []
        const pieces = [...piecesOf({ items: items(count), position: 5, states }, size)]
        expect(pieces.flatMap((piece) => piece.items)).toEqual(items(count))
        expect(pieces).toHaveLength(Math.max(1, Math.ceil(count / size)))
        for (const [at, piece] of pieces.entries()) {
          const isLast = at === pieces.length - 1
          expect([piece.position, piece.states === states]).toEqual([isLast ? 5 : null, isLast])
          expect(piece.items.length).toBeLessThanOrEqual(size)
        }
      }),
    )
  })

  it('without what is gone silently keeps what says itself that it is deleted', () => {
    const [a, b, c] = items(3)
    if (!a || !b || !c) throw new Error('there are three')
    const batch = { items: [a, { ...b, gone: 'silently' as const }, { ...c, gone: 'deleted' as const }], position: 1 }
    expect(withoutGone(batch).items.map(({ key }) => key)).toEqual(['k0', 'k2'])
    const whole = { items: [a], position: 1 }
    expect(withoutGone(whole)).toBe(whole)
  })
})

describe('positions in datasets', () => {
  it('come out of their JSON as they went in, whatever the datasets are called', () => {
    const name = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor'))
    const pair = fc.tuple(fc.nat(), fc.nat())
    fc.assert(
      fc.property(fc.array(fc.tuple(name, pair)), (pairs) => {
        let positions = readPositions(null)
        for (const [dataset, at] of pairs) positions = withPosition(positions, dataset, at)
        const read = readPositions(positions as Json)
        for (const [dataset, at] of new Map(pairs)) expect(positionIn(read, dataset)).toEqual(at)
        expect(Object.keys(read).sort()).toEqual([...new Map(pairs).keys()].sort())
      }),
    )
  })

  it('that were never set are unknown, and broken ones are left out', () => {
    expect(positionIn({}, 'toString')).toBeUndefined()
    expect(readPositions({ a: 5, b: [1, 2], c: null })).toEqual({ b: [1, 2] })
    expect([readPositions('x'), readPositions([1])]).toEqual([{}, {}])
  })

  it('are set in a copy', () => {
    const before = { a: [1, 1] as [number, number] }
    expect(withPosition(before, 'a', [1, 2])).toEqual({ a: [1, 2] })
    expect(before).toEqual({ a: [1, 1] })
  })
})

describe('a position moved back', () => {
  it.each<[string, Json, number, Json]>([
    ['numbers by the delta', { since: 10 }, 3, { since: 7 }],
    ['moments by seconds', { since: '~t2024-01-01T00:00:10Z' }, 60, { since: '~t2023-12-31T23:59:10Z' }],
    ['datasets not before their beginning', { a: [4, 10], b: [1, 2] }, 3, { a: [4, 7], b: [1, 0] }],
    ['text that is no moment stays', { since: 'abc' }, 3, { since: 'abc' }],
    ['nothing stays nothing', null, 3, null],
  ])('%s', (_, position, delta, expected) => {
    expect(shiftedBack(position, delta)).toEqual(expected)
  })
})

describe('positions and the store', () => {
  async function storeWith(...datasets: readonly string[]) {
    const store = new IndexedStore(memoryStore(ticking()))
    for (const dataset of datasets) await store.commit({ datasets: [{ dataset, entities: [{ _id: 'a' }] }] })
    return store
  }

  it('begin with the ends of the logs; a dataset that is not there has none', async () => {
    expect(await endsOf(await storeWith('a'), ['a', 'b'])).toEqual({ a: [1, 1], b: [0, 0] })
  })

  it('mean nothing after a reset, or where another dataset is read now', async () => {
    const store = await storeWith('a')
    expect(await stillValid(store, { a: [1, 1] }, ['a', 'new'])).toBe(true)
    expect(await stillValid(store, { a: [1, 1], left: [1, 1] }, ['a'])).toBe(false)
    // A dataset that appears later was empty then.
    expect(await stillValid(store, { a: [0, 0] }, ['a'])).toBe(true)
    await store.commit({ reset: ['a'] })
    expect(await stillValid(store, { a: [1, 1] }, ['a'])).toBe(false)
  })

  it('say when there is nothing to read', async () => {
    const store = await storeWith('a')
    expect(await nothingAfter(store, { a: [1, 1] }, ['a', 'never'])).toBe(true)
    expect(await nothingAfter(store, { a: [1, 0] }, ['a'])).toBe(false)
    expect(await nothingAfter(store, {}, ['a'])).toBe(false)
  })
})

it('a reference to a dataset may have an alias', () => {
  expect(referencedDataset(' orders  o ')).toEqual({ dataset: 'orders', alias: 'o' })
  expect(referencedDataset('orders')).toEqual({ dataset: 'orders', alias: 'orders' })
})

it('the number of a version is 0 where it has none', () => {
  expect([updatedOf({ _updated: 7 }), updatedOf({}), updatedOf({ _updated: 'x' })]).toEqual([7, 0, 0])
})
