/** Compaction with the runs of pipes: features/compaction-feature.rst and `global_defaults.compaction_…`. */
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import { engine } from './engine.ts'

const second = 1_000_000_000n
const hour = 3600n * second
const day = 24n * hour

/** An engine whose clock moves by hand, with a pipe that copies. */
function startSession(pipe: JsonObject, defaults: JsonObject = {}) {
  let now = 1_700_000_000n * second
  const environment = { now: () => now, random: () => 0.5, secret: () => null, decrypt: null }
  const copies = { _id: 'p', source: { type: 'dataset', dataset: 'in' }, ...pipe }
  const metadata = { global_defaults: defaults }
  const here = engine([copies], { metadata, environment: environment as never })
  return {
    ...here,
    wait(nanoseconds: bigint) {
      now += nanoseconds
    },
    /** Writes a version of the entity and runs the pipe; gives the versions that the output then has. */
    async version(n: number): Promise<unknown[]> {
      await here.put('in', [{ _id: 'a', n }])
      await here.run()
      return ((await here.read('p', { history: true })) as JsonObject[]).map((version) => version.n)
    },
  }
}

async function versions(pipe: JsonObject, defaults: JsonObject = {}, count = 4): Promise<unknown[]> {
  const { version } = startSession(pipe, defaults)
  let left: unknown[] = []
  for (let n = 1; n <= count; n++) left = await version(n)
  return left
}

describe('compaction', () => {
  it('keeps two versions where nothing is said, as soon as that is worth the work', async () => {
    expect(await versions({}, {}, 1000)).toHaveLength(1000)
    expect(await versions({}, {}, 1003)).toEqual([1002, 1003])
  })
  it('keeps as many as the pipe says, otherwise as the node does', async () => {
    expect(await versions({ compaction: { keep_versions: 3 } })).toEqual([2, 3, 4])
    expect(await versions({}, { compaction_keep_versions: 1 })).toEqual([4])
    expect(await versions({ compaction: { keep_versions: 2 } }, { compaction_keep_versions: 1 })).toEqual([3, 4])
  })
  it('can be switched off', async () => {
    expect(await versions({ compaction: { sink: false, automatic: false } })).toEqual([1, 2, 3, 4])
  })
  it('keeps what is younger than a threshold', async () => {
    const { version, wait } = startSession({ compaction: { keep_versions: 1 } }, { compaction_time_threshold_hours: 5 })
    await version(1)
    wait(6n * hour)
    expect(await version(2)).toEqual([2])
    wait(2n * hour)
    expect(await version(3)).toEqual([2, 3])
  })
  it('waits for its interval between runs', async () => {
    const { version, wait } = startSession({ compaction: { keep_versions: 1 } }, { compaction_interval: 60 })
    await version(1)
    expect(await version(2)).toEqual([2])
    expect(await version(3)).toEqual([2, 3])
    wait(61n * second)
    expect(await version(4)).toEqual([4])
  })
  it('comes once a day in the background, when the log has grown enough', async () => {
    const defaults = { default_compaction_type: 'background', compaction_growth_threshold: 4 }
    const { version, wait } = startSession({ compaction: { keep_versions: 1 } }, defaults)
    await version(1)
    expect(await version(2)).toEqual([2])
    expect(await version(3)).toEqual([2, 3])
    wait(day + second)
    // Three versions are fewer than four times the remaining one.
    expect(await version(4)).toEqual([2, 3, 4])
    expect(await version(5)).toEqual([5])
  })
  it('takes nothing that a reader has not seen', async () => {
    const reader = { _id: 'late', source: { type: 'dataset', dataset: 'p', include_previous_versions: true } }
    const { put, run, read } = engine([{ _id: 'p', source: { type: 'dataset', dataset: 'in' } }, reader])
    await put('in', [{ _id: 'a', n: 0 }])
    await run()
    for (let n = 1; n <= 5; n++) {
      await put('in', [{ _id: 'a', n }])
      await run(['p'])
    }
    expect(((await read('p', { history: true })) as JsonObject[]).map(({ n }) => n)).toEqual([0, 1, 2, 3, 4, 5])
    await run()
    expect(((await read('late', { history: true })) as JsonObject[]).at(-1)).toMatchObject({ n: 5 })
  })
  it('lets execution logs go after thirty days, or when the pipe says, if later', async () => {
    for (const [compaction, left] of [
      [{}, 1],
      [{ time_threshold_hours_pump: 1 }, 1],
      [{ time_threshold_hours_pump: 2000 }, 2],
    ] as const) {
      const { version, wait, read } = startSession({ compaction })
      await version(1)
      wait(31n * day)
      await version(2)
      const log = (await read('system:pump_execution:p', { history: true })) as JsonObject[]
      expect(log.filter(({ event_type }) => event_type === 'pump-completed')).toHaveLength(left)
    }
  })
})
