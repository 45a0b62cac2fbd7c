/** The list of rescans in the background: when one can start, how it is stopped, and that it is removed afterwards. */
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../engine-worker/entity/value.ts'
import type { RunResult } from '../../../engine-worker/run/progress.ts'
import { Rescans } from '../../../engine-worker/run/rescans.ts'
import { engine } from './engine.ts'

const pipe = (more: JsonObject = {}): JsonObject => ({ _id: 'p', source: { type: 'dataset', dataset: 'a' }, ...more })
const rescanned = { enable_background_rescan: true }

/** A pipe ready to run, over a store with one entity in its source. */
async function openRescan(more: JsonObject) {
  const made = engine([pipe(more)])
  await made.put('a', [{ _id: '1' }])
  const [ready] = made.session.pipes()
  if (!ready) throw new Error('there is no pipe')
  return { ...made, ready }
}

const result: RunResult = { run: 'r', state: 'done', rounds: 1, pipes: [], milliseconds: 0 }

/** A rescan that lasts until it is aborted. */
const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })

describe('rescans', () => {
  it('can start for a pipe that is set to it and has run to an end', async () => {
    const { ready, store, run } = await openRescan(rescanned)
    const rescans = new Rescans()
    expect(await rescans.canStart(ready, store)).toBe(false)
    await run()
    expect(await rescans.canStart(ready, store)).toBe(true)
    const plain = await openRescan({})
    await plain.run()
    expect(await rescans.canStart(plain.ready, plain.store)).toBe(false)
  })

  it('go on once for each pipe, and are gone at their end', async () => {
    const { ready, store, run } = await openRescan(rescanned)
    await run()
    const rescans = new Rescans()
    let finishRescan = () => {}
    const lasting = new Promise<void>((resolve) => {
      finishRescan = resolve
    })
    const done = rescans.start('p', undefined, async () => {
      await lasting
      return result
    })
    expect(rescans.isRunning('p')).toBe(true)
    expect(await rescans.canStart(ready, store)).toBe(false)
    finishRescan()
    expect(await done).toBe(result)
    expect(rescans.isRunning('p')).toBe(false)
    expect(await rescans.canStart(ready, store)).toBe(true)
  })

  it('end when they are stopped, those of other pipes excepted, and when their signal is aborted', async () => {
    const rescans = new Rescans()
    const controller = new AbortController()
    const ends = ['p', 'q', 'r'].map((name) =>
      rescans.start(name, controller.signal, (_, signal) => untilAborted(signal)).catch(() => name),
    )
    await rescans.stop(['p'])
    expect(['p', 'q', 'r'].filter((name) => rescans.isRunning(name))).toEqual(['q', 'r'])
    controller.abort()
    await rescans.idle()
    expect(await Promise.all(ends)).toEqual(['p', 'q', 'r'])
    expect(rescans.isRunning('r')).toBe(false)
  })

  it('share the overlap of their pipe with its ordinary runs', async () => {
    const { ready } = await openRescan(rescanned)
    const rescans = new Rescans()
    const side = rescans.ordinary(ready)
    expect(side.isBeside).toBe(false)
    const end = rescans.start('p', undefined, async (overlap) => {
      overlap.begin(false)
      expect(side.isBeside).toBe(true)
      return result
    })
    await end
    expect(side.isBeside).toBe(false)
    const plain = await openRescan({})
    expect(rescans.ordinary(plain.ready)).not.toBe(side)
  })
})
