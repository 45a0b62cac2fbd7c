/**
 * The contract of dataset stores (store.ts), tested on both implementations; the laws over histories are in files
 * beside this one.
 */
import { describe, expect, test } from 'vitest'
import type { Entity } from '../../../engine-worker/entity/value.ts'
import { Fault } from '../../../engine-worker/problem.ts'
import { memorySegments } from '../../../engine-worker/storage/log/memory-segments.ts'
import { openSegmentStore } from '../../../engine-worker/storage/log/segment-store.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import type { Commit, DatasetStore, DatasetWrite, ScanOptions } from '../../../engine-worker/storage/store.ts'
import { historyClock } from './histories.ts'

const stores: Readonly<Record<string, (clock?: { now(): bigint }) => Promise<DatasetStore>>> = {
  memory: async (clock = historyClock()) => memoryStore(clock),
  segments: (clock = historyClock()) =>
    openSegmentStore(memorySegments(), { project: 'test', environment: { ...clock, random: Math.random } }),
}

const commitOf = (dataset: string, entities: readonly Entity[], more: Partial<DatasetWrite> = {}): Commit => ({
  datasets: [{ dataset, entities, ...more }],
})

async function scanned(store: DatasetStore, dataset: string, options: ScanOptions = {}): Promise<readonly Entity[]> {
  const found: Entity[] = []
  for await (const batch of store.scan(dataset, options)) found.push(...batch)
  return found
}

const idsIn = async (...args: Parameters<typeof scanned>) => (await scanned(...args)).map(({ _id }) => _id)

function refuseCommit(): boolean {
  throw new Error('refused')
}

describe.each(Object.entries(stores))('datasets in %s', (_, open) => {
  test('hold entities with the documented fields; reserved ones that come in are ignored', async () => {
    const store = await open({ now: () => 1_700_000_000_123_456_789n })
    const entity: Entity = { name: 'x', _id: '1', _updated: 9, _hash: 'no', _filtered: true, nested: { _own: 1 } }
    await store.commit(commitOf('d', [entity]))
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

  test('are as they were after a commit that is refused', async () => {
    const store = await open()
    await store.commit({ ...commitOf('d', [{ _id: '1' }]), states: [{ key: 'k', value: 1 }] })
    const refused = [
      store.commit({ ...commitOf('e', [{ x: 1 }]), reset: ['d'], states: [{ key: 'k', value: 2 }] }),
      store.commit(commitOf('d', [{ _id: '2', x: 'ø'.repeat(100) }], { maxEntityBytes: 200 })),
      store.commit({
        datasets: [
          { dataset: 'e', entities: [{ _id: '1' }] },
          { dataset: 'd', entities: [{ _id: '2' }], accept: refuseCommit },
        ],
      }),
      store.commit({
        datasets: [
          { dataset: 'd', entities: [] },
          { dataset: 'd', entities: [{ _id: '2' }] },
        ],
      }),
      store.commit({ replace: [{ dataset: 'd', by: 'never' }] }),
      store.commit({ reset: ['d'], replace: [{ dataset: 'e', by: 'd' }] }),
    ]
    const results = await Promise.allSettled(refused)
    const codes = results.map(
      (result) => result.status === 'rejected' && result.reason instanceof Fault && result.reason.problem.code,
    )
    expect(codes).toEqual(['entity-without-id', 'entity-too-large', false, false, false, false])
    expect(results.map(({ status }) => status)).toEqual(Array(6).fill('rejected'))
    expect((await store.list()).map(({ name, versions, generation }) => [name, versions, generation])).toEqual([
      ['d', 1, 1],
    ])
    expect(await store.state('k')).toBe(1)
  })

  test('show accept the latest version, and leave out what it does not want', async () => {
    const store = await open()
    await store.commit(commitOf('d', [{ _id: '1', x: 1 }]))
    const seen: unknown[] = []
    const accept = (entity: Entity, latest: Entity | null) => {
      seen.push([entity._id, latest?.x ?? null])
      return latest === null
    }
    const [made] = await store.commit(commitOf('d', [{ _id: '1', x: 2 }, { _id: '2' }], { accept }))
    expect(made?.changes.map(({ entity }) => entity._id)).toEqual(['2'])
    expect(seen).toEqual([
      ['1', 1],
      ['2', null],
    ])
  })

  test('take the last entity of an id, and write nothing that is there already', async () => {
    const store = await open()
    await store.commit(
      commitOf('d', [
        { _id: 'a', n: 1 },
        { _id: 'a', n: 2 },
        { _id: 'gone', _deleted: true },
      ]),
    )
    expect((await scanned(store, 'd', { history: true })).map(({ n, _id }) => n ?? _id)).toEqual([2, 'gone'])
    const [again] = await store.commit(
      commitOf('d', [
        { n: 2, _id: 'a' },
        { _id: 'gone', _deleted: true, n: 5 },
      ]),
    )
    expect(again).toEqual({ dataset: 'd', changes: [], unchanged: 2 })
    const [repeated] = await store.commit(commitOf('d', [{ _id: 'a', n: 2 }], { repeats: true }))
    expect(repeated?.changes).toMatchObject([
      { deleted: false, entity: { _updated: 3, _previous: 1 }, previous: { n: 2 } },
    ])
  })

  test('give each version a number of its own, also after what was reset, removed from readers or rolled back', async () => {
    const store = await open()
    const versionsNow = async () =>
      (await scanned(store, 'd', { history: true, pending: true })).map(({ _updated }) => _updated)
    await store.commit(commitOf('d', [{ _id: 'a' }, { _id: 'b' }]))
    await store.commit({ ...commitOf('d', [{ _id: 'a' }]), reset: ['d'] })
    expect(await versionsNow()).toEqual([3])
    expect(await store.info('d')).toMatchObject({ generation: 2, lastUpdated: 3, live: 1 })
    await store.commit(commitOf('d', [{ _id: 'c' }], { pending: true }))
    await store.commit({ rollback: ['d'] })
    await store.commit(commitOf('d', [{ _id: 'd' }]))
    expect(await versionsNow()).toEqual([3, 5])
    await store.commit({ ...commitOf('d', [{ _id: 'e' }]), remove: ['d'] })
    expect(await versionsNow()).toEqual([1])
  })

  test('withhold versions until they are released, and count them', async () => {
    const store = await open()
    await store.commit(commitOf('d', [{ _id: 'a', n: 1 }]))
    await store.commit(commitOf('d', [{ _id: 'a', n: 2 }, { _id: 'b' }], { pending: true }))
    expect(await store.info('d')).toMatchObject({ live: 2, versions: 3, lastUpdated: 1, pendingSince: 1 })
    expect(await store.lookup('d', ['a', 'b'])).toMatchObject([{ n: 1 }, null])
    expect((await store.versions('d', 'a')).map(({ n }) => n)).toEqual([1])
    expect(await idsIn(store, 'd')).toEqual(['a'])
    expect(await idsIn(store, 'd', { pending: true })).toEqual(['a', 'b'])
    await store.commit({ release: ['d'] })
    expect(await store.info('d')).toMatchObject({ lastUpdated: 3, pendingSince: null })
    expect(await store.lookup('d', ['a', 'b'])).toMatchObject([{ n: 2 }, { _id: 'b' }])
  })

  test('keep the offsets that a replicated dataset was given, and leave out what is not new', async () => {
    const store = await open()
    const replicate = (...entities: readonly Entity[]) => store.commit(commitOf('d', entities, { givenOffsets: true }))
    await replicate({ _id: 'a', _updated: 7 }, { _id: 'b', _updated: 9 })
    const [second] = await replicate({ _id: 'c', _updated: 8 }, { _id: 'd', _updated: 20 }, { _id: 'e' })
    expect(second).toMatchObject({ unchanged: 1, changes: [{}, {}] })
    expect((await scanned(store, 'd')).map(({ _id, _updated }) => [_id, _updated])).toEqual([
      ['a', 7],
      ['b', 9],
      ['d', 20],
      ['e', 21],
    ])
  })

  test('apply the parts of a commit in their order', async () => {
    const store = await open()
    await store.commit({
      datasets: [
        { dataset: 'new', entities: [{ _id: 'n' }] },
        { dataset: 'old', entities: [{ _id: 'o' }] },
        { dataset: 'held', entities: [{ _id: 'h' }], pending: true },
      ],
      states: [{ key: 'k', value: 1 }],
    })
    await store.commit({
      replace: [{ dataset: 'old', by: 'new' }],
      reset: ['held'],
      release: ['held'],
      datasets: [
        { dataset: 'old', entities: [{ _id: 'x' }] },
        { dataset: 'held', entities: [{ _id: 'y' }] },
      ],
      states: [
        { key: 'k', value: null },
        { key: 'l', value: [1] },
      ],
    })
    expect(await idsIn(store, 'old')).toEqual(['n', 'x'])
    expect(await idsIn(store, 'held')).toEqual(['y'])
    expect(await store.info('new')).toBeNull()
    expect([await store.state('k'), await store.state('l')]).toEqual([undefined, [1]])
  })

  test('are read as they were at any point', async () => {
    const store = await open()
    for (const n of [1, 2, 3])
      await store.commit(
        commitOf('d', [
          { _id: 'a', n },
          { _id: `b${n}`, _deleted: n === 2 },
        ]),
      )
    expect((await store.versionAt('d', 'a', 4))?.n).toBe(2)
    expect(await store.versionAt('d', 'a', 0)).toBeNull()
    expect(await idsIn(store, 'd', { until: 4 })).toEqual(['b1', 'a', 'b2'])
    expect(await idsIn(store, 'd', { since: 4, live: true, reverse: true })).toEqual(['b3', 'a'])
    expect((await store.versions('d', 'a')).map(({ n }) => n)).toEqual([3, 2, 1])
    const batches: number[] = []
    for await (const batch of store.scan('d', { history: true, batch: 4 })) batches.push(batch.length)
    expect(batches.reduce((sum, length) => sum + length, 0)).toBe(6)
    expect(Math.max(...batches)).toBeLessThanOrEqual(4)
  })

  test('give the texts of versions in the order asked for, null where compaction removed one', async () => {
    const store = await open()
    for (const n of [1, 2]) await store.commit(commitOf('d', [{ _id: 'a', n }]))
    expect(await store.compact('d', { keepVersions: 1, consumedUpTo: 2 })).toEqual({ removed: 1 })
    const [second, first, none] = await store.textsAt('d', [2, 1, 9])
    expect([JSON.parse(second ?? '').n, first, none]).toEqual([2, null, null])
    expect(await store.textsAt('never', [1])).toEqual([null])
  })

  test('keep settings beside the data, each key for itself', async () => {
    const store = await open()
    await store.commit(commitOf('d', [], { meta: { a: 1, b: { c: '1.0' } }, populated: true }))
    await store.commit(commitOf('d', [{ _id: 'a' }], { meta: { a: 2 } }))
    expect(await store.info('d')).toMatchObject({ meta: { a: 2, b: { c: '1.0' } }, populated: true })
    await store.commit(commitOf('d', [], { populated: false }))
    expect(await store.info('d')).toMatchObject({ populated: false, meta: { a: 2 } })
  })

  test('have states by prefix in the order of their keys, texts and bytes', async () => {
    const store = await open()
    const states = ['p/2', 'p/10', 'q/1', 'p', 'p/1'].map((key) => ({ key, value: key }))
    await store.commit({ states: [...states, { key: 'p/3', value: new Uint8Array([1]) }] })
    await store.commit({ states: [{ key: 'p/2', value: null }] })
    const found: unknown[] = []
    for await (const { key, value } of store.states('p/')) found.push([key, value])
    expect(found).toEqual([
      ['p/1', 'p/1'],
      ['p/10', 'p/10'],
      ['p/3', new Uint8Array([1])],
    ])
  })

  test('that are not there are empty, and null', async () => {
    const store = await open()
    expect(await store.info('never')).toBeNull()
    expect(await scanned(store, 'never')).toEqual([])
    expect(await store.lookup('never', ['a'])).toEqual([null])
    expect(await store.versions('never', 'a')).toEqual([])
    expect(await store.versionAt('never', 'a', 9)).toBeNull()
    expect(store.peek('never', 'a') ?? null).toBeNull()
    expect(await store.compact('never', { keepVersions: 1, consumedUpTo: 9 })).toEqual({ removed: 0 })
  })

  test('look up at once what they have in memory, and say nothing wrong of the rest', async () => {
    const store = await open()
    await store.commit(commitOf('d', [{ _id: 'a', n: 1 }]))
    await store.lookup('d', ['a', 'b'])
    expect(store.peek('d', 'a')).toMatchObject({ n: 1 })
    expect(store.peek('d', 'b') ?? null).toBeNull()
  })
})
