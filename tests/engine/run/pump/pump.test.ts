import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../../engine-worker/entity/value.ts'
import { dtl, engine, of } from '../engine.ts'

const source = { type: 'dataset', dataset: 'in' }
const entitiesOf = (count: number, more: JsonObject = {}) =>
  Array.from({ length: count }, (_, n) => ({ _id: `e${n}`, n, ...more }))
const failingRules = (when: Json): JsonObject =>
  dtl([
    ['if', when, ['fail!', 'no way']],
    ['copy', '*'],
  ])

describe('a run from the beginning', () => {
  it('deletes what did not come out any more, and says so where wanted', async () => {
    const pipesWith = (sink: JsonObject, wanted: Json) => [
      {
        _id: 'p',
        source,
        transform: dtl([
          ['filter', wanted],
          ['copy', '*'],
          ['add', '_id', ['concat', 'x', '_S._id']],
        ]),
        sink,
      },
    ]
    const sinks: [JsonObject, Json[]][] = [
      [{}, [{ _id: 'xe0', _deleted: true, n: 0 }]],
      [{ mark_deletion_tracked: true }, [{ _id: 'xe0', _deleted: true, n: 0, $deletion_tracked: true }]],
      [{ deletion_tracking: false }, [{ _id: 'xe0', n: 0 }]],
    ]
    for (const [properties, expected] of sinks) {
      const sink = { type: 'dataset', ...properties }
      const { put, run, read, configure, reset } = engine(pipesWith(sink, true))
      await put('in', entitiesOf(1))
      await run()
      configure(pipesWith(sink, false))
      await reset('p')
      await run()
      expect(await read('p')).toEqual(expected)
    }
  })

  it('fails on an empty source where that is not accepted, and deletes nothing', async () => {
    const { put, run, read, reset, session } = engine([{ _id: 'p', source: { ...source, if_source_empty: 'fail' } }])
    await put('in', entitiesOf(1))
    await run()
    await session.runner.store.commit({ reset: ['in'] })
    await reset('p')
    expect(of(await run(), 'p')).toMatchObject({ state: 'failed', problems: [{ code: 'source-empty' }] })
    expect(await read('p')).toEqual(entitiesOf(1))
  })

  it('comes again after so many runs', async () => {
    const { put, run } = engine([{ _id: 'p', source, pump: { rescan_run_count: 2 } }])
    await put('in', entitiesOf(3))
    const read: number[] = []
    for (let n = 0; n < 5; n++) read.push(of(await run(), 'p').read)
    expect(read).toEqual([3, 0, 3, 0, 3])
  })

  it('goes back a little after so many runs', async () => {
    const pump = { partial_rescan_run_count: 2, partial_rescan_delta: 2 }
    const { put, run } = engine([{ _id: 'p', source, pump }])
    await put('in', entitiesOf(5))
    await run()
    const read: number[] = []
    for (let n = 0; n < 3; n++) read.push(of(await run(), 'p').read)
    expect(read).toEqual([0, 2, 0])
  })
})

describe('an entity that fails', () => {
  it('stops its pipe with its address; what came before stays, other pipes go on', async () => {
    const { put, run, read } = engine([
      { _id: 'p', source, transform: failingRules(['eq', '_S.n', 2]) },
      { _id: 'q', source },
    ])
    await put('in', entitiesOf(4))
    const result = await run()
    expect(result.state).toBe('failed')
    expect(of(result, 'p').problems[0]).toMatchObject({
      where: { pipe: 'p', entity: 'e2', path: ['transform', 'rules', 'default', 0, 2] },
    })
    expect(await read('p')).toHaveLength(2)
    expect(await read('q')).toHaveLength(4)
  })
})

describe('the dataset sink', () => {
  it('prevents or ignores second versions', async () => {
    for (const [prevent, state, n] of [
      [true, 'failed', 0],
      ['ignore', 'done', 0],
      [false, 'done', 5],
    ] as const) {
      const sink = { type: 'dataset', prevent_multiple_versions: prevent }
      const { put, run, read } = engine([{ _id: 'p', source, sink }])
      await put('in', entitiesOf(1))
      await run()
      await put('in', [{ _id: 'e0', n: 5 }])
      expect(of(await run(), 'p').state).toBe(state)
      expect(await read('p')).toEqual([{ _id: 'e0', n }])
    }
  })

  it('counts as populated by the datasets that are named, and an inbox as it is told', async () => {
    const union = (more: JsonObject) => ({ type: 'union_datasets', datasets: ['in', 'never'], ...more })
    const inbox = (more: JsonObject) => ({ type: 'http_endpoint', ...more })
    const { put, run, store } = engine([
      {
        _id: 'never',
        source: { type: 'dataset', dataset: 'in' },
        sink: { type: 'dataset', set_initial_offset: 'never' },
      },
      { _id: 'all', source: union({}) },
      { _id: 'some', source: union({ initial_datasets: ['in'] }) },
      { _id: 'lenient', source: union({ initial_datasets: ['in', 'gone'] }) },
      { _id: 'strict', source: union({ initial_datasets: ['in', 'gone'], ignore_non_existent_datasets: false }) },
      { _id: 'ready', source: inbox({}) },
      { _id: 'later', source: inbox({ auto_populate_dataset: false }) },
    ])
    await put('in', entitiesOf(1))
    await run()
    const isPopulated = async (name: string) => (await store.info(name))?.populated === true
    const names = ['all', 'some', 'lenient', 'strict', 'ready', 'later']
    expect(await Promise.all(names.map(isPopulated))).toEqual([false, true, true, false, true, false])
  })

  it('is populated when its source is', async () => {
    const { put, run, store, session } = engine([
      { _id: 'p', source, sink: { type: 'dataset', set_initial_offset: 'never' } },
      { _id: 'q', source: { type: 'dataset', dataset: 'p' } },
      { _id: 'r', source },
      { _id: 'waits', source: { type: 'dataset', dataset: 'p', require_populated_input: true } },
    ])
    await put('in', entitiesOf(1))
    const result = await run()
    const populatedOf = async (name: string) => (await store.info(name))?.populated
    expect([await populatedOf('p'), await populatedOf('q'), await populatedOf('r')]).toEqual([false, false, true])
    expect(of(result, 'waits')).toMatchObject({ state: 'waiting', read: 0 })
    expect(session.pipes()).toHaveLength(4)
  })
})

describe('max_entity_bytes_size', () => {
  const copy = (sink: JsonObject = {}) => ({ _id: 'p', source: { type: 'dataset', dataset: 'in' }, sink })
  const outcome = async (sink: JsonObject, defaults: JsonObject) => {
    const { put, run } = engine([copy(sink)], { metadata: { global_defaults: defaults } })
    await put('in', [{ _id: 'a', text: 'x'.repeat(1000) }])
    return of(await run(), 'p').problems.map(({ code }) => code)
  }
  it('counts as the sink says, otherwise as the node does', async () => {
    expect(await outcome({ max_entity_bytes_size: 500 }, {})).toEqual(['entity-too-large'])
    expect(await outcome({}, { max_entity_bytes_size: 500 })).toEqual(['entity-too-large'])
    expect(await outcome({ max_entity_bytes_size: 5000 }, { max_entity_bytes_size: 500 })).toEqual([])
  })
})
