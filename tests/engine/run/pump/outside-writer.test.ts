/** Sinks to the outside: batches, retries, and the stored output. */
import { describe, expect, it } from 'vitest'
import type { SinkRuntime } from '../../../../engine-worker/connectors/runtime.ts'
import type { Entity, JsonObject } from '../../../../engine-worker/entity/value.ts'
import { Fault, problem } from '../../../../engine-worker/problem.ts'
import { Lookups, PipeRunContext } from '../../../../engine-worker/run/context.ts'
import { OutsideWriter, outputDataset } from '../../../../engine-worker/run/pump/outside-writer.ts'
import { settingsOf } from '../../../../engine-worker/run/settings.ts'
import { IndexedStore } from '../../../../engine-worker/storage/index/indexed-store.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { opened } from '../../connectors/open.ts'
import { dtl, engine, of } from '../engine.ts'
import { ticking } from '../histories.ts'

const source = { type: 'dataset', dataset: 'in' }
const entitiesOf = (count: number, more: JsonObject = {}) =>
  Array.from({ length: count }, (_, n) => ({ _id: `e${n}`, n, ...more }))

describe('an endpoint', () => {
  const sink = { type: 'csv_endpoint', columns: ['_id', 'name'] }
  const file = async (read: ReturnType<typeof engine>['read']) => {
    const [only, ...more] = (await read('system:output:p')) as JsonObject[]
    expect(more).toEqual([])
    return only?.text
  }

  it('publishes all there is, anew when something it reads or joins has changed', async () => {
    const hop = ['first', ['hops', { datasets: ['names n'], where: [['eq', '_S._id', 'n._id']] }]]
    const transform = dtl([
      ['merge', hop],
      ['copy', '_id'],
    ])
    const { put, run, read } = engine([{ _id: 'p', source, transform, sink }], { batch: 2 })
    await put('in', entitiesOf(3))
    await put('names', [{ _id: 'e1', name: 'Ann' }])
    expect(of(await run(), 'p')).toMatchObject({ state: 'done', read: 3, written: 3 })
    expect(await file(read)).toBe('_id,name\r\ne0,\r\ne1,Ann\r\ne2,\r\n')
    await put('in', [{ _id: 'e2', _deleted: true }])
    await run()
    expect(await file(read)).toBe('_id,name\r\ne0,\r\ne1,Ann\r\n')
    await put('names', [{ _id: 'e0', name: 'Bo' }])
    await run()
    expect(await file(read)).toBe('_id,name\r\ne0,Bo\r\ne1,Ann\r\n')
    expect(of(await run(), 'p')).toMatchObject({ state: 'done', read: 0, written: 0 })
  })

  it('publishes everything after a run that was cancelled half-way', async () => {
    const { put, run, session, read } = engine([{ _id: 'p', source, sink }], { batch: 10 })
    await put('in', entitiesOf(100))
    await session.run({ run: 'c' }, ({ pipes }) => {
      if ((pipes[0]?.written ?? 0) >= 30) session.cancel('c')
    })
    expect(await file(read)).toBeUndefined()
    await run()
    expect(String(await file(read)).split('\r\n')).toHaveLength(102)
  })
})

describe('a table', () => {
  it('is prepared before a run from the beginning only', async () => {
    const sink = { type: 'sql', system: 's', table: 't', primary_key: '_id', truncate_table_on_first_run: true }
    const { put, run, reset, read } = engine([{ _id: 'p', source, sink }])
    const statements = async () =>
      ((await read('system:output:p')) as JsonObject[]).map(({ text }) => String(text).split(' ')[0])
    await put('in', entitiesOf(1))
    await run()
    await put('in', [{ _id: 'later' }])
    await run()
    expect(await statements()).toEqual(['TRUNCATE', 'MERGE', 'INSERT'])
    await reset('p')
    await run()
    expect(await statements()).toEqual(['TRUNCATE', 'MERGE', 'INSERT'])
  })
})

const refused = problem<Record<string, never>>({ code: 'refused', severity: 'error', says: () => 'Refused.' })

/** A writer to a sink that refuses each batch with one of these ids in it. */
function writerTo(refuses: readonly string[], { pump = {}, size = 2, sent = false } = {}) {
  const environment = ticking()
  const store = new IndexedStore(memoryStore(environment))
  const pipe = opened({ pipe: { source, pump } })
  const calls: string[][] = []
  const sink: SinkRuntime = {
    writes: 'outside',
    config: {},
    batchSize: size,
    send: async (batch) => {
      const ids = batch.map(({ _id }) => String(_id))
      calls.push(ids)
      if (ids.some((id) => refuses.includes(id))) throw new Fault(refused({}))
      return [
        { kind: 'request', text: ids.join(), contentType: 'text/plain', ...(sent ? { sent: true as const } : {}) },
      ]
    },
  }
  const writer = new OutsideWriter(pipe, sink, settingsOf(pipe), store)
  const running = new PipeRunContext(pipe, environment, new Lookups(store, null), new AbortController().signal, null)
  const processed = (ids: readonly string[]) =>
    ids.map((_id, order) => {
      const entity: Entity = { _id }
      const output = { origin: '', stage: 0, entity, state: 'out' as const }
      return { item: { key: _id, entity, order }, outputs: [output], lookups: [], problem: null }
    })
  const send = async (...ids: string[]) => {
    const results = await writer.send(processed(ids), running)
    return results.map(({ problem }) => (problem ? `${problem.code} ${problem.where.entity ?? ''}`.trim() : null))
  }
  return { store, writer, calls, send, processed }
}

const patientPump = { max_consecutive_write_errors: 10 }

describe('a sink to the outside', () => {
  it('is handed batches of its size; payloads are kept with the commit, numbered in their order', async () => {
    const { store, writer, calls, send, processed } = writerTo([])
    expect(await send('a', 'b', 'c')).toEqual([null, null, null])
    expect(calls).toEqual([['a', 'b'], ['c']])
    expect(await store.store.info(outputDataset('p'))).toBeNull()
    const counts = { written: 0, filtered: 0 }
    expect(await writer.commit(processed(['a', 'b', 'c']), counts, [], [{ key: 'k', value: 1 }])).toBe(2)
    expect(counts).toEqual({ written: 3, filtered: 0 })
    const kept = await store.store.lookup(outputDataset('p'), ['000000001', '000000002'])
    expect(kept.map((each) => each?.text)).toEqual(['a,b', 'c'])
    expect(await store.store.state('k')).toBe(1)
  })

  it('is asked again for a batch that fails, then entity by entity, so that the problem stays with its own', async () => {
    const { calls, send } = writerTo(['b'], { pump: { ...patientPump, batch_retries: 1 } })
    expect(await send('a', 'b', 'c')).toEqual([null, 'refused b', null])
    expect(calls).toEqual([['a', 'b'], ['a', 'b'], ['a'], ['b'], ['c']])
  })

  it('has the whole batch fail where the pump wants no single entities', async () => {
    const pump = { ...patientPump, batch_retries: 0, fallback_to_single_entities_on_batch_fail: false }
    const { calls, send } = writerTo(['b'], { pump })
    expect(await send('a', 'b', 'c')).toEqual(['refused', 'refused', null])
    expect(calls).toEqual([['a', 'b'], ['c']])
  })

  it('is sent nothing behind a failure that ends the run', async () => {
    const { calls, send } = writerTo(['a'], { pump: { batch_retries: 0 } })
    expect(await send('a', 'b', 'c')).toEqual(['refused a', null, null])
    expect(calls.flat()).not.toContain('c')
  })

  it('keeps nothing of what was really sent, and counts it once', async () => {
    const { store, writer, send, processed } = writerTo([], { sent: true })
    await send('a', 'b', 'c')
    expect(await writer.commit(processed(['a', 'b', 'c']), { written: 0, filtered: 0 }, [], [])).toBe(3)
    expect(await writer.commit([], { written: 0, filtered: 0 }, [], [])).toBe(0)
    expect(await store.store.info(outputDataset('p'))).toBeNull()
  })
})
