import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { Fault } from '../../../engine-worker/problem.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { follow, history, historyClock } from './histories.ts'

test('the memory store answers like a naive model after any history', async () => {
  await fc.assert(
    fc.asyncProperty(history, (steps) =>
      follow({ store: memoryStore(historyClock()), reopen: async () => undefined }, steps),
    ),
    { numRuns: 300 },
  )
})

test('stored entities carry the documented fields, and reserved ones that come in are ignored', async () => {
  const store = memoryStore({ now: () => 1_700_000_000_123_456_789n })
  const entity: Entity = { name: 'x', _id: '1', _updated: 9, _hash: 'no', _filtered: true, nested: { _own: 1 } }
  await store.commit({ datasets: [{ dataset: 'd', entities: [entity] }] })
  expect(await store.lookup('d', ['1', '2'])).toEqual([
    {
      _id: '1',
      _updated: 1,
      _deleted: false,
      _previous: null,
      _hash: expect.stringMatching(/^[0-9a-f]{32}$/),
      _ts: 1_700_000_000_123_456,
      name: 'x',
      nested: { _own: 1 },
    },
    null,
  ])
})

test('a commit that is refused changes nothing', async () => {
  const store = memoryStore(historyClock())
  await store.commit({ datasets: [{ dataset: 'd', entities: [{ _id: '1' }] }], states: [{ key: 'k', value: 1 }] })
  const refused = [
    store.commit({
      reset: ['d'],
      states: [{ key: 'k', value: 2 }],
      datasets: [{ dataset: 'e', entities: [{ x: 1 }] }],
    }),
    store.commit({ datasets: [{ dataset: 'd', entities: [{ _id: '2', x: 'ø'.repeat(100) }], maxEntityBytes: 200 }] }),
    store.commit({
      datasets: [
        { dataset: 'e', entities: [{ _id: '1' }] },
        { dataset: 'd', entities: [{ _id: '2' }], accept: refuse },
      ],
    }),
  ]
  const results = await Promise.allSettled(refused)
  expect(
    results.map(
      (result) => result.status === 'rejected' && result.reason instanceof Fault && result.reason.problem.code,
    ),
  ).toEqual(['entity-without-id', 'entity-too-large', false])
  expect((await store.list()).map(({ name, versions }) => [name, versions])).toEqual([['d', 1]])
  expect(await store.state('k')).toBe(1)
})

function refuse(): boolean {
  throw new Error('refused')
}

test('accept sees the latest version and may leave an entity out', async () => {
  const store = memoryStore(historyClock())
  await store.commit({ datasets: [{ dataset: 'd', entities: [{ _id: '1', x: 1 }] }] })
  const [made] = await store.commit({
    datasets: [{ dataset: 'd', entities: [{ _id: '1', x: 2 }, { _id: '2' }], accept: (_, latest) => latest === null }],
  })
  expect(made?.changes.map(({ entity }) => entity._id)).toEqual(['2'])
})
