/** The context of a run: other datasets with their look-ups recorded, waiting, and being cancelled. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Suspended } from '../../../engine-worker/dtl/evaluation.ts'
import {
  Cancelled,
  clockTime,
  Lookups,
  PipeRunContext,
  withoutRepetitions,
} from '../../../engine-worker/run/context.ts'
import { IndexedStore } from '../../../engine-worker/storage/index/indexed-store.ts'
import { memoryStore } from '../../../engine-worker/storage/memory.ts'
import type { DatasetStore } from '../../../engine-worker/storage/store.ts'
import { opened } from '../connectors/open.ts'
import { ticking } from './histories.ts'

describe('recorded look-ups', () => {
  it('without repetitions are the same pairs, each once where there are many', () => {
    const pair = fc.tuple(fc.nat(2), fc.constantFrom('a', 'b', '', '1'))
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 60 }), (pairs) => {
        const found = withoutRepetitions(pairs.flat())
        const names = Array.from({ length: found.length / 2 }, (_, at) => `${found[2 * at]} ${found[2 * at + 1]}`)
        const wanted = new Set(pairs.map(([slot, key]) => `${slot} ${key}`))
        expect(new Set(names)).toEqual(wanted)
        if (pairs.length > 16) expect(names).toHaveLength(wanted.size)
      }),
    )
  })
})

/** Look-ups in a store without a cache, and the number of its reads. */
async function blind() {
  const store = memoryStore(ticking())
  await store.commit({ datasets: [{ dataset: 'd', entities: [{ _id: 'a', n: 1 }, { _id: 'b' }] }] })
  let reads = 0
  const reading: DatasetStore = Object.assign(Object.create(store), {
    peek: () => undefined,
    lookup: (dataset: string, ids: readonly string[]) => {
      reads++
      return store.lookup(dataset, ids)
    },
  })
  return { lookups: new Lookups(new IndexedStore(reading), null), reads: () => reads }
}

const attempt = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('a look-up', () => {
  it('waits for what is not in memory; what is asked for at a time is read at a time', async () => {
    const { lookups, reads } = await blind()
    const waits = ['a', 'b', 'never'].map((id) => attempt(() => lookups.lookup('d', id)))
    for (const wait of waits) {
      expect(wait).toBeInstanceOf(Suspended)
      if (wait instanceof Suspended) await wait.until
    }
    expect(reads()).toBe(1)
    expect(lookups.lookup('d', 'a')).toMatchObject({ n: 1 })
    expect(lookups.lookup('d', 'never')).toBeNull()
    lookups.forget()
    expect(attempt(() => lookups.lookup('d', 'a'))).toBeInstanceOf(Suspended)
  })
})

function runContext(signal: AbortSignal, pauses: number[] = []) {
  const environment = { ...ticking(), pause: async (seconds: number) => void pauses.push(seconds) }
  const lookups = new Lookups(new IndexedStore(memoryStore(environment)), null)
  return new PipeRunContext(opened({ pipe: {} }), environment, lookups, signal, null)
}

describe('a run', () => {
  it('that is cancelled ends at its next pause', async () => {
    const abort = new AbortController()
    const context = runContext(abort.signal)
    await context.pause()
    abort.abort()
    await expect(context.pause()).rejects.toBeInstanceOf(Cancelled)
    await expect(context.wait(1)).rejects.toBeInstanceOf(Cancelled)
  })

  it('that waits does so for as long as it says, in pieces in which a cancel is heard', async () => {
    const pauses: number[] = []
    await runContext(new AbortController().signal, pauses).wait(0.12)
    expect(pauses.reduce((sum, seconds) => sum + seconds, 0)).toBeCloseTo(0.12)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(0.05)
  })

  it('has the earlier version of the entity at hand, and says which input that stems from', () => {
    const context = runContext(new AbortController().signal)
    const inputs: number[] = []
    context.onInput = (index) => inputs.push(index)
    context.at(3)
    context.previous = { _id: 'before' }
    expect([inputs, context.context.previous]).toEqual([[3], { _id: 'before' }])
    context.previous = null
    expect(context.context.previous).toBeNull()
  })
})

it('a clock value is a moment to the nanosecond', () => {
  expect(clockTime('1600000000000000001')).toMatchObject({ seconds: 1_600_000_000, nanos: 1 })
  expect(clockTime(0n)).toMatchObject({ seconds: 0, nanos: 0 })
})
