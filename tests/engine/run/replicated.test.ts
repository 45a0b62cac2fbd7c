/** The replicated_dataset sink; configuration-sinks-replicated-dataset.rst. */
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../engine-worker/entity/value.ts'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'
import { engine, of } from './engine.ts'

const source = { type: 'dataset', dataset: 'old', include_previous_versions: true }
const sink = { type: 'replicated_dataset', dataset: 'copy', circuit_breaker_threshold_count: 1 }

/** The versions of a dataset in order: offset, `_id`, and the value of a property. */
async function log(store: DatasetStore, dataset: string): Promise<Json[]> {
  const found: Json[] = []
  for await (const batch of store.scan(dataset, { history: true })) {
    for (const { _id, _updated, n, _deleted } of batch) {
      found.push([Number(_updated), String(_id), _deleted === true ? 'deleted' : Number(n)])
    }
  }
  return found
}

describe('a replicated dataset', () => {
  it('keeps offsets and order of the source, whatever lies between them', async () => {
    const { put, run, store } = engine([{ _id: 'p', source, sink }])
    await put('old', [
      { _id: 'a', n: 1 },
      { _id: 'b', n: 1 },
    ])
    await put('old', [{ _id: 'a', n: 2 }])
    await store.compact('old', { keepVersions: 1, consumedUpTo: Number.POSITIVE_INFINITY })
    await put('old', [{ _id: 'b', _deleted: true }])
    await run()
    expect(await log(store, 'copy')).toEqual(await log(store, 'old'))
    await put('old', [{ _id: 'c', n: 1 }])
    await run()
    expect(await log(store, 'copy')).toEqual(await log(store, 'old'))
  })
  it('writes nothing twice when everything is read again', async () => {
    const { put, run, store } = engine([{ _id: 'p', source, sink }])
    await put('old', [{ _id: 'a', n: 1 }])
    await put('old', [{ _id: 'a', n: 2 }])
    await run()
    const before = await log(store, 'copy')
    const result = await run(undefined, true)
    expect(of(result, 'p')).toMatchObject({ state: 'done', written: 0 })
    expect(await log(store, 'copy')).toEqual(before)
  })
  it('has no circuit breaker', async () => {
    const { put, run, store } = engine([{ _id: 'p', source, sink }])
    await put('old', [{ _id: 'a', n: 1 }])
    await run()
    await put(
      'old',
      [1, 2, 3].map((n) => ({ _id: String(n), n })),
    )
    expect(of(await run(), 'p')).toMatchObject({ state: 'done', written: 3 })
    expect((await store.info('copy'))?.pendingSince).toBeNull()
  })
})

describe('reposting', () => {
  const pipes: JsonObject[] = [
    { _id: 'p', source: { type: 'dataset', dataset: 'old' } },
    { _id: 'q', source: { type: 'dataset', dataset: 'p' } },
    { _id: 'r', source, sink: { type: 'replicated_dataset', dataset: 'copy' } },
    { _id: 's', source, sink: { type: 'dataset', dataset: 's', circuit_breaker_threshold_count: 9 } },
  ]
  it('writes the latest versions once more, and logs it', async () => {
    const { put, run, read, session } = engine(pipes)
    await put('old', [
      { _id: 'a', n: 1 },
      { _id: 'b', n: 1 },
    ])
    await run()
    const [p] = session.pipes()
    if (!p) throw new Error('no pipe')
    expect(await session.runner.repost(p, ['b', 'z'])).toBe(1)
    expect(of(await run(), 'q')).toMatchObject({ read: 1, written: 0 })
    expect((await read('system:pump_execution:p', { history: true })).at(-1)).toMatchObject({
      _id: 'entities-reposted',
      event_type: 'entities-reposted',
      num_entities: 1,
      entities: [{ _id: 'b', _deleted: false }],
    })
  })
  it('is refused for replicated datasets and behind circuit breakers', async () => {
    const { run, session } = engine(pipes)
    await run()
    for (const pipe of session.pipes().slice(2)) {
      await expect(session.runner.repost(pipe, ['a'])).rejects.toMatchObject({ problem: { code: 'cannot-repost' } })
    }
  })
})
