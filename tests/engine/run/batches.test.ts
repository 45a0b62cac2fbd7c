/** What a batch reads of the batches before it: `batch_size`, and data-synchronization/insert-pattern.rst. */
import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../engine-worker/entity/value.ts'
import { dtl, engine } from './engine.ts'

/** Marks whether the sink has an entity of the same key already. */
const marking = (lookUp: Json): JsonObject =>
  dtl([
    ['copy', '*'],
    ['add', 'known', ['gt', ['count', lookUp], 0]],
  ])
const sameKey: Json = ['hops', { datasets: ['p s'], where: [['eq', '_S.key', 's.key']], 'track-dependencies': false }]
const byHops = marking(sameKey)
const entities = ['a', 'b', 'a', 'c', 'b', 'a'].map((key, at) => ({ _id: String(at), key }))
const knownValues = (found: Json[]) =>
  found.map((entity) => (typeof entity === 'object' && entity !== null && 'known' in entity ? entity.known : null))

describe('with a hop into the pipe’s own sink', () => {
  const markedBatches = async (source: JsonObject, more: JsonObject) => {
    const { put, run, read } = engine([{ _id: 'p', source, transform: byHops, ...more }])
    await put('in', entities)
    await run()
    return knownValues(await read('p'))
  }
  const dataset = { type: 'dataset', dataset: 'in' }
  const embedded = { type: 'embedded', entities }
  it.each([
    ['a dataset', dataset],
    ['embedded entities', embedded],
  ])('each entity of %s sees the one before it when batch_size is 1', async (_name, source) => {
    expect(await markedBatches(source, { batch_size: 1 })).toEqual([false, false, true, false, true, true])
  })
  it('a larger batch sees only what was written before it', async () => {
    expect(await markedBatches(dataset, { batch_size: 2 })).toEqual([false, false, true, false, true, true])
    expect(await markedBatches(embedded, { batch_size: 4 })).toEqual([false, false, false, false, true, true])
    expect(await markedBatches(dataset, {})).toEqual([false, false, false, false, false, false])
  })
  it('no entity is inserted twice, whatever fails in between', async () => {
    const rules = dtl([
      ['if', ['eq', '_S.key', 'bad'], ['fail!', 'no']],
      ['discard', ['eq', ['count', sameKey], 0]],
      ['copy', '*'],
    ])
    const pipe = { _id: 'p', source: dataset, transform: rules, batch_size: 1 }
    const { put, run, read, configure } = engine([pipe])
    await put('in', [...entities.slice(0, 3), { _id: '3', key: 'bad' }, { _id: '4', key: 'b' }, { _id: '5', key: 'c' }])
    await run()
    expect(await read('p')).toEqual([
      { _id: '0', key: 'a' },
      { _id: '1', key: 'b' },
    ])
    await put('in', [{ _id: '3', key: 'd' }])
    configure([pipe])
    await run()
    expect(
      (await read('p')).map((entity) => (typeof entity === 'object' && entity && 'key' in entity ? entity.key : null)),
    ).toEqual(['a', 'b', 'd', 'c'])
  })
})
