/**
 * The first entities of a source, and one that is followed: found at any position, without changing the pipe's
 * position.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noItems, placeInSource, sourceItems } from '../../../engine-worker/api/source-items.ts'
import type { Json, JsonObject } from '../../../engine-worker/entity/value.ts'
import { Lookups, PipeRunContext } from '../../../engine-worker/run/context.ts'
import { engine } from '../run/engine.ts'
import { ticking } from '../run/histories.ts'

const dataset: JsonObject = { type: 'dataset', dataset: 'in' }
const merge: JsonObject = {
  type: 'merge',
  version: 2,
  identity: 'first',
  datasets: ['a a', 'b b'],
  equality: [['eq', 'a.k', 'b.k']],
}

/** An engine with one pipe `p` over datasets with these entities, and a function that reads its source. */
async function reading(source: JsonObject, datasets: Readonly<Record<string, Json[]>> = {}) {
  const { session, store, put } = engine([{ _id: 'p', source }])
  for (const [dataset, entities] of Object.entries(datasets)) await put(dataset, entities)
  const [pipe] = session.pipes()
  if (!pipe) throw new Error('no pipe')
  const around = new Lookups(session.runner.store, null)
  const running = new PipeRunContext(pipe, ticking(), around, new AbortController().signal, null)
  const readItems = (request: { readonly limit: number; readonly entity?: string }) =>
    sourceItems(session, pipe, running, request)
  return { read: readItems, store, put }
}

const ids = ({ items }: Awaited<ReturnType<typeof sourceItems>>) => items.map(({ entity }) => entity._id)
const numbered = (count: number) => Array.from({ length: count }, (_, at) => ({ _id: `e${at}` }))

describe('the first entities of a source', () => {
  it('are so many as are asked for, from a dataset or from outside', async () => {
    const entities = numbered(5)
    for (const source of [dataset, { type: 'embedded', entities }]) {
      const { read } = await reading(source, { in: entities })
      expect(ids(await read({ limit: 3 }))).toEqual(['e0', 'e1', 'e2'])
      expect(ids(await read({ limit: 9 }))).toHaveLength(5)
      expect((await read({ limit: 3 })).followed).toBeNull()
    }
  })

  it('leave out what is deleted', async () => {
    const entities: Json[] = [{ _id: 'a', _deleted: true }, { _id: 'b' }]
    for (const source of [dataset, { type: 'embedded', entities }])
      expect(ids(await (await reading(source, { in: entities })).read({ limit: 5 }))).toEqual(['b'])
  })

  it('of a source with nothing are none', async () => {
    expect(await (await reading({ type: 'embedded', entities: [] })).read({ limit: 5 })).toEqual(noItems)
    expect((await (await reading({ type: 'dataset', dataset: 'none' })).read({ limit: 5 })).items).toEqual([])
  })

  it('are read once for as long as the source and its datasets are as they were', async () => {
    const { read, put } = await reading(merge, { a: [{ _id: '1', k: 'x' }], b: [{ _id: '2', k: 'y' }] })
    const first = await read({ limit: 5, entity: '2' })
    expect(await read({ limit: 5, entity: '2' })).toBe(first)
    expect(ids(await read({ limit: 1, entity: '2' }))).not.toEqual(ids(first))
    await put('b', [{ _id: '2', k: 'x' }])
    const second = await read({ limit: 5, entity: '2' })
    expect(second.items).toHaveLength(1)
    expect(second.membersOf(second.followed ?? '')).toHaveLength(2)
    await put('b', [{ _id: '2', k: 'x', _deleted: true }])
    expect((await read({ limit: 5, entity: '1' })).items).toHaveLength(1)
  })

  it('are read without writing anything', async () => {
    const { read, store } = await reading(merge, { a: [{ _id: '1', k: 'x' }], b: [{ _id: '2', k: 'x' }] })
    const before = (await store.list()).map(({ name, lastUpdated }) => [name, lastUpdated])
    await read({ limit: 1, entity: '2' })
    expect((await store.list()).map(({ name, lastUpdated }) => [name, lastUpdated])).toEqual(before)
    expect(await store.state('p')).toBeUndefined()
  })
})

describe('the entity that is followed', () => {
  it('is among them, wherever it is in the source; the others are the first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(14),
        async (outside, count, limit, at) => {
          const entities = numbered(count)
          const source: JsonObject = outside ? { type: 'embedded', entities } : { type: 'dataset', dataset: 'in' }
          const { read } = await reading(source, { in: entities })
          const found = await read({ limit, entity: `e${at}` })
          const first = numbered(Math.min(limit, count)).map(({ _id }) => _id)
          expect(ids(found)).toEqual(at >= first.length && at < count ? [`e${at}`, ...first] : first)
          const place = placeInSource(found.items, `e${at}`, found.followed)
          expect(place).toBe(at >= count ? null : at < first.length ? at : 0)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('is part of what a merge made of it', async () => {
    const { read } = await reading(merge, {
      a: [
        { _id: '1', k: 'w' },
        { _id: '3', k: 'x' },
      ],
      b: [{ _id: '2', k: 'x' }],
    })
    const found = await read({ limit: 1, entity: '2' })
    expect(found.followed).not.toBeNull()
    const place = placeInSource(found.items, '2', found.followed)
    const item = found.items[place ?? -1]
    expect(
      found
        .membersOf(item?.key ?? '')
        .map(({ dataset, id }) => `${dataset}/${id}`)
        .toSorted(),
    ).toEqual(['a/3', 'b/2'])
  })

  it('that is not there has no place', () => {
    expect(placeInSource([], 'x', null)).toBeNull()
    expect(placeInSource([{ key: 'k', entity: { _id: 'x' }, order: 0 }], 'y', 'z')).toBeNull()
    expect(placeInSource([{ key: 'k', entity: { _id: 'x' }, order: 0 }], 'y', 'k')).toBe(0)
  })
})
