/** Following a pipe without writing anything. */
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { followEntities, followPipe, hasNoPump, readsDatasets } from '../../../engine-worker/run/follow.ts'
import { opened } from '../connectors/open.ts'
import { dtl, engine } from './engine.ts'
import { ticking } from './histories.ts'

const source = { type: 'dataset', dataset: 'in' }
const rules = dtl([
  ['if', ['eq', '_S._id', 'bad'], ['fail!', 'no way']],
  ['filter', ['not', ['eq', '_S._id', 'e1']]],
  ['copy', '*'],
  ['add', 'seen', true],
])

async function placeOf(pipe: JsonObject) {
  const { put, session, store } = engine([{ _id: 'p', ...pipe }])
  const [runnable] = session.pipes()
  if (!runnable) throw new Error('the pipe is there')
  const options = {
    store: session.runner.store,
    environment: ticking(),
    fetch: null,
    signal: new AbortController().signal,
    position: null,
  }
  const followed = async (more: Partial<Parameters<typeof followPipe>[1]> = {}) => {
    const found: [string, string][] = []
    for await (const batch of followPipe(runnable, { ...options, ...more }))
      for (const { item, outputs } of batch) found.push([item.key, outputs.map(({ state }) => state).join()])
    return found
  }
  return { put, store, runnable, options, follow: followed }
}

describe('following a pipe', () => {
  it('shows what comes of each source entity, and writes nothing', async () => {
    const { put, store, follow } = await placeOf({ source, transform: rules })
    await put('in', [{ _id: 'e0' }, { _id: 'e1' }, { _id: 'e2' }])
    const before = await store.list()
    const found = [
      ['e0', 'out'],
      ['e1', 'filtered'],
      ['e2', 'out'],
    ]
    expect(await follow()).toEqual(found)
    expect(await follow()).toEqual(found)
    expect(await store.list()).toEqual(before)
    const states: string[] = []
    for await (const { key } of store.states('')) states.push(key)
    expect(states).toEqual([])
  })

  it('begins behind a position, and passes only the stages that are wanted', async () => {
    const { put, follow } = await placeOf({ source, transform: rules })
    await put('in', [{ _id: 'e0' }, { _id: 'e1' }])
    expect(await follow({ position: { in: [1, 1] } })).toEqual([['e1', 'filtered']])
    expect(await follow({ stages: [] })).toEqual([
      ['e0', 'out'],
      ['e1', 'out'],
    ])
  })

  it('ends with the problem of the first entity that fails', async () => {
    const { put, follow } = await placeOf({ source, transform: rules })
    await put('in', [{ _id: 'e0' }, { _id: 'bad' }])
    await expect(follow()).rejects.toMatchObject({ problem: { where: { pipe: 'p', entity: 'bad' } } })
  })

  it('takes entities in the place of the source’s', async () => {
    const { runnable, options } = await placeOf({ source, transform: rules })
    const results = await followEntities(runnable, [{ _id: 'x' }, { _id: 'e1' }], options)
    expect(results.map(({ outputs }) => outputs[0]?.state)).toEqual(['out', 'filtered'])
    expect(results[0]?.outputs[0]?.entity).toMatchObject({ _id: 'x', seen: true })
  })
})

describe('what a pipe is', () => {
  it('has no pump where entities are pushed to it, or read from it on request', () => {
    const noPump = (pipe: JsonObject) => hasNoPump(opened({ pipe }))
    expect(noPump({ source: { type: 'http_endpoint' } })).toBe(true)
    expect(noPump({ source, sink: { type: 'csv_endpoint', columns: ['_id'] } })).toBe(true)
    expect([noPump({ source }), noPump({ source: { type: 'embedded', entities: [] } })]).toEqual([false, false])
  })

  it('can start from an offset where it reads datasets', () => {
    const readsFrom = (given: JsonObject) => readsDatasets(opened({ pipe: { source: given } }))
    expect([readsFrom(source), readsFrom({ type: 'union_datasets', datasets: ['a'] })]).toEqual([true, true])
    expect([readsFrom({ type: 'embedded', entities: [] }), readsFrom({ type: 'http_endpoint' })]).toEqual([
      false,
      false,
    ])
  })
})
