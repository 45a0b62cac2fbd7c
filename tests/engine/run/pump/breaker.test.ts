/** Circuit breakers (features/circuit-breakers.rst): withheld changes, tripping, and resetting. */
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../engine-worker/entity/value.ts'
import { breakerOf, resolveBreaker } from '../../../../engine-worker/run/pump/breaker.ts'
import { settingsOf } from '../../../../engine-worker/run/settings.ts'
import { newState, readState, writeState } from '../../../../engine-worker/run/state.ts'
import { IndexedStore } from '../../../../engine-worker/storage/index/indexed-store.ts'
import { memoryStore } from '../../../../engine-worker/storage/memory.ts'
import { opened } from '../../connectors/open.ts'
import { engine, of } from '../engine.ts'
import { ticking } from '../histories.ts'

const source = { type: 'dataset', dataset: 'in' }
const entitiesOf = (count: number, more: JsonObject = {}) =>
  Array.from({ length: count }, (_, n) => ({ _id: `e${n}`, n, ...more }))

describe('a circuit breaker', () => {
  const pipe = { _id: 'p', source, sink: { type: 'dataset', circuit_breaker_threshold_count: 2 } }
  async function tripped() {
    const all = engine([pipe, { _id: 'q', source: { type: 'dataset', dataset: 'p' } }])
    await all.put('in', entitiesOf(5))
    await all.run()
    await all.put('in', entitiesOf(5, { more: true }))
    const result = await all.run()
    expect(of(result, 'p')).toMatchObject({ state: 'failed', problems: [{ code: 'circuit-breaker-tripped' }] })
    expect(await all.read('p')).toEqual(entitiesOf(5))
    expect(of(await all.run(), 'p').state).toBe('failed')
    return all
  }
  it('is not there on the first run, and withholds too many changes later', async () => {
    await tripped()
  })
  it('lets them out when they are committed', async () => {
    const { run, read, session } = await tripped()
    await session.resetBreaker('p', 'commit')
    expect(await read('p')).toEqual(entitiesOf(5, { more: true }))
    expect(of(await run(), 'p')).toMatchObject({ state: 'done', read: 0 })
    expect(await read('q')).toEqual(entitiesOf(5, { more: true }))
  })
  it('takes them back when they are rolled back', async () => {
    const { put, run, read, session } = await tripped()
    await session.resetBreaker('p', 'rollback')
    await put('in', entitiesOf(5))
    await put('in', [{ _id: 'e0', n: 9 }])
    expect(of(await run(), 'p')).toMatchObject({ state: 'done', written: 1 })
    expect(await read('p')).toEqual([{ _id: 'e0', n: 9 }, ...entitiesOf(5).slice(1)])
  })
})

/** The breaker of a sink with these settings over a populated dataset of ten entities, of which five are deleted. */
async function breakerWith(sink: JsonObject, populated = true) {
  const store = new IndexedStore(memoryStore(ticking()))
  const entities = Array.from({ length: 10 }, (_, n) => ({ _id: `e${n}`, ...(n < 5 ? { _deleted: true } : {}) }))
  await store.commit({ datasets: [{ dataset: 'p', entities, populated }] })
  const settings = settingsOf(opened({ pipe: { source, sink: { type: 'dataset', ...sink } } }))
  const openBreaker = async () => breakerOf('p', 'p', settings, (await store.store.info('p')) ?? undefined, store)
  return { store, open: openBreaker, breaker: await openBreaker() }
}

describe('the limit of a circuit breaker', () => {
  const trips = { problem: { code: 'circuit-breaker-tripped', facts: { pipe: 'p' }, where: { pipe: 'p' } } }

  it('is the greater one of a number and a share of all entities, deleted ones too', async () => {
    for (const [sink, limit] of [
      [{ circuit_breaker_threshold_count: 2 }, 2],
      [{ circuit_breaker_threshold_factor: 0.4 }, 4],
      [{ circuit_breaker_threshold_count: 2, circuit_breaker_threshold_factor: 0.4 }, 4],
      [{ circuit_breaker_threshold_count: 7, circuit_breaker_threshold_factor: 0.4 }, 7],
    ] as const) {
      const { breaker } = await breakerWith(sink)
      await breaker?.check(limit)
      await expect(breaker?.check(limit + 1)).rejects.toMatchObject(trips)
    }
  })

  it('does not count before the dataset is populated, nor where none is set', async () => {
    expect((await breakerWith({ circuit_breaker_threshold_count: 2 }, false)).breaker).toBeNull()
    expect((await breakerWith({})).breaker).toBeNull()
  })
})

describe('what a circuit breaker withholds', () => {
  it('is the dataset of the sink and the states of the run, nothing else', async () => {
    const { breaker } = await breakerWith({ circuit_breaker_threshold_count: 2 })
    const withheld = breaker?.withhold({
      datasets: [
        { dataset: 'p', entities: [] },
        { dataset: 'dead', entities: [] },
      ],
      states: [{ key: 'k', value: 1 }],
    })
    expect(withheld).toEqual({
      datasets: [
        { dataset: 'p', entities: [], pending: true },
        { dataset: 'dead', entities: [] },
      ],
      states: [],
    })
    breaker?.withhold({ states: [{ key: 'k', value: 2 }] })
    expect(breaker?.release()).toEqual({ release: ['p'], states: [{ key: 'k', value: 2 }] })
  })

  it('and was left over from a killed run is taken off when the next one begins', async () => {
    const { store, open } = await breakerWith({})
    await store.commit({ datasets: [{ dataset: 'p', entities: [{ _id: 'new' }], pending: true }] })
    await open()
    expect(await store.store.info('p')).toMatchObject({ pendingSince: null, live: 5 })
  })
})

describe('a tripped circuit breaker', () => {
  it('keeps the states for the one who commits, and forgets them where it is rolled back', async () => {
    for (const [how, state] of [
      ['commit', 7],
      ['rollback', undefined],
    ] as const) {
      const { store, breaker } = await breakerWith({ circuit_breaker_threshold_count: 2 })
      breaker?.withhold({ states: [{ key: 'k', value: 7 }] })
      await breaker?.trip()
      expect((await readState(store.store, 'p'))?.tripped).toEqual({ dataset: 'p', states: [['k', 7]] })
      await resolveBreaker(store, 'p', how, 0n)
      expect(await store.store.state('k')).toBe(state)
      expect((await readState(store.store, 'p'))?.tripped).toBeNull()
    }
  })

  it('is nothing to resolve where none has tripped', async () => {
    const { store } = await breakerWith({})
    await store.commit({ states: [writeState('p', { ...newState, runs: 3 })] })
    for (const pipe of ['p', 'never']) await resolveBreaker(store, pipe, 'commit', 0n)
    expect(await readState(store.store, 'p')).toMatchObject({ runs: 3, tripped: null })
    expect(await readState(store.store, 'never')).toBeNull()
  })
})
