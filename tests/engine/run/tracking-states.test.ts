/**
 * Tracking data of pipes in memory: that of idle pipes is dropped when all take too much, and read again when needed.
 */
import { describe, expect, it } from 'vitest'
import { TrackingStates } from '../../../engine-worker/run/tracking-states.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import { ticking } from './histories.ts'

/** Remembers the output of one source entity of a pipe, and has it stored. */
async function remember(states: TrackingStates, store: ReturnType<typeof memoryStore>, pipe: string) {
  const state = await states.of(pipe)
  state.tracking.set('source', [], ['', 'x'.repeat(1000)])
  await store.commit({ states: state.tracking.flush() })
  return state
}

describe('what is remembered of pipes', () => {
  it('stays while all of it is small', async () => {
    const store = memoryStore(ticking())
    const states = new TrackingStates(store, 1, 100_000)
    const first = await remember(states, store, 'a')
    const second = await remember(states, store, 'b')
    states.relieve()
    expect(await states.of('a')).toBe(first)
    expect(await states.of('b')).toBe(second)
  })

  it('goes where a pipe is idle and all take too much; it is read again', async () => {
    const store = memoryStore(ticking())
    const states = new TrackingStates(store, 1, 1500)
    const idle = await remember(states, store, 'idle')
    await states.during('running', async () => {
      const running = await remember(states, store, 'running')
      states.relieve()
      expect(await states.of('running')).toBe(running)
      const again = await states.of('idle')
      expect(again).not.toBe(idle)
      expect(again.tracking.outputs('source')).toEqual(['', 'x'.repeat(1000)])
    })
  })

  it('is given up where it may be wrong, and replaced', async () => {
    const store = memoryStore(ticking())
    const states = new TrackingStates(store, 1)
    const first = await states.of('a')
    states.forget('a')
    const second = await states.of('a')
    expect(second).not.toBe(first)
    states.set('a', first)
    expect(await states.of('a')).toBe(first)
  })
})
