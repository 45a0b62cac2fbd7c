/** The state of a pump between runs: it is read from the store as it was written, and broken records are ignored. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../../engine-worker/entity/value.ts'
import {
  forgetPipe,
  loadTrackingState,
  newState,
  type PumpState,
  readState,
  stateFromTheBeginning,
  writeState,
} from '../../../engine-worker/run/state.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { ticking } from './histories.ts'

const json = fc.jsonValue().map((value) => value as Json)
const states: fc.Arbitrary<PumpState> = fc.record({
  position: fc.constantFrom<Json>(null, { in: [1, 3] }, { since: '~t2024-01-01T00:00:00Z' }),
  dependencies: fc.dictionary(fc.string(), fc.tuple(fc.nat(), fc.nat())),
  unfinished: fc.constantFrom('again' as const, 'onwards' as const, null),
  fingerprint: fc.string(),
  trackedFingerprint: fc.string(),
  runs: fc.nat(),
  retries: fc.dictionary(fc.string(), fc.nat()),
  again: fc.array(fc.string()),
  tripped: fc.constantFrom<Json>(null, { dataset: 'd', states: [['k', 1]] }),
  started: fc.option(fc.nat(), { nil: null }),
  since: fc.constantFrom<Json>(null, 5, '~t2024-01-01T00:00:00Z'),
})

describe('the state of a pump', () => {
  it('comes out of the store as it went in', async () => {
    await fc.assert(
      fc.asyncProperty(states, async (state) => {
        const store = memoryStore(ticking())
        await store.commit({ states: [writeState('p', state)] })
        expect({ ...(await readState(store, 'p')) }).toEqual({ ...state })
      }),
    )
  })

  it('is not there before the first run, and after it was forgotten', async () => {
    const store = memoryStore(ticking())
    expect(await readState(store, 'p')).toBeNull()
    await store.commit({ states: [writeState('p', newState)] })
    expect(await readState(store, 'p')).toEqual(newState)
    await store.commit({ states: [writeState('p', null)] })
    expect(await readState(store, 'p')).toBeNull()
  })

  it('that an earlier version stored without the tracked configuration tracks that of its outputs', async () => {
    const store = memoryStore(ticking())
    await store.commit({ states: [{ key: 'pump/p', value: { fingerprint: 'f', position: 5 } }] })
    expect(await readState(store, 'p')).toEqual({ ...newState, position: 5, fingerprint: 'f', trackedFingerprint: 'f' })
  })

  it('is read whatever the record holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...Object.keys(newState), 'learned'), json), async (record) => {
        const store = memoryStore(ticking())
        await store.commit({ states: [{ key: 'pump/p', value: record }] })
        const state = await readState(store, 'p')
        expect(Object.keys(state ?? {}).sort()).toEqual(Object.keys(newState).sort())
        expect([null, 'again', 'onwards']).toContain(state?.unfinished)
      }),
    )
  })

  it('begins anew without what the last configuration had read; failed entities stay', () => {
    const before: PumpState = {
      ...newState,
      position: { in: [1, 3] },
      dependencies: { look: [1, 1] },
      again: ['a'],
      retries: { b: 2 },
      runs: 7,
    }
    expect(stateFromTheBeginning(before, 'new', 'again')).toEqual({
      ...newState,
      retries: { b: 2 },
      runs: 7,
      fingerprint: 'new',
      trackedFingerprint: 'new',
      unfinished: 'again',
    })
  })
})

describe('forgetting a pipe', () => {
  it('removes all that is known of it, and nothing of pipes with similar names', async () => {
    const store = memoryStore(ticking())
    const keys = ['pump/p', 'track/p/s', 'track/p/1', 'merge/p/1', 'pump/p2', 'track/p2/1', 'merge/pp/1']
    await store.commit({ states: keys.map((key) => ({ key, value: 1 })) })
    await store.commit({ states: await forgetPipe(store, 'p') })
    const left: string[] = []
    for await (const { key } of store.states('')) left.push(key)
    expect(left).toEqual(['merge/pp/1', 'pump/p2', 'track/p2/1'])
    expect((await loadTrackingState(store, 'p', 1)).tracking.datasets().size).toBe(0)
  })
})
