/** A rescan and concurrent incremental runs: their order, and the entities that each leaves to the other. */
import { describe, expect, it } from 'vitest'
import type { ProcessResult } from '../../../../engine-worker/run/chain.ts'
import { Cancelled } from '../../../../engine-worker/run/context.ts'
import { RunOverlap, undisturbedSide } from '../../../../engine-worker/run/pump/overlap.ts'

/** The result of a source entity: one output, or none. */
const processed = (key: string, output: string | null): ProcessResult => ({
  item: { key, entity: { _id: key }, order: 0 },
  outputs: output === null ? [] : [{ origin: '', stage: 1, entity: { _id: output }, state: 'out' }],
  lookups: [],
  problem: null,
})
const keysOf = (results: readonly ProcessResult[]) => results.map(({ item }) => item.key)
const idsOf = (entities: readonly { readonly _id?: unknown }[]) => entities.map(({ _id }) => _id)

describe('the overlap of runs of a pipe', () => {
  it('has one batch written at a time, in the order of the calls', async () => {
    const overlap = new RunOverlap()
    const rescan = overlap.begin(false)
    const events: string[] = []
    let finishFirst = () => {}
    const firstWritten = new Promise<void>((resolve) => {
      finishFirst = resolve
    })
    const turnWork = (name: string, written: Promise<void>) => [
      async () => void events.push(`${name} works`),
      async () => {
        await written
        events.push(`${name} written`)
      },
    ]
    const [work = async () => {}, written = async () => {}] = turnWork('rescan', firstWritten)
    const [work2 = async () => {}, written2 = async () => {}] = turnWork('increment', Promise.resolve())
    await rescan.turn(work, written)
    const second = overlap.ordinary.turn(work2, written2)
    await new Promise((resolve) => setImmediate(resolve))
    expect(events).toEqual(['rescan works'])
    finishFirst()
    await second
    expect(events.slice(0, 3)).toEqual(['rescan works', 'rescan written', 'increment works'])
  })

  it('gives the turn on after work that fails', async () => {
    const { ordinary } = new RunOverlap()
    const failing = ordinary.turn(
      async () => {
        throw new Error('no')
      },
      async () => {},
    )
    await expect(failing).rejects.toThrow('no')
    expect(
      await ordinary.turn(
        async () => 'next',
        async () => {},
      ),
    ).toBe('next')
  })

  it('leaves out of the rescan what an incremental run has read or written', () => {
    const overlap = new RunOverlap()
    const rescan = overlap.begin(false)
    overlap.ordinary.begins({ a: ['g', 5] })
    overlap.ordinary.current([processed('1', 'x')])
    overlap.ordinary.allowed([{ _id: 'x' }], ['x'])
    expect(keysOf(rescan.current([processed('1', 'x'), processed('2', 'x'), processed('3', 'y')]))).toEqual(['3'])
    expect([...rescan.skipped]).toEqual(['1', '2'])
    expect(idsOf(rescan.deletable([{ _id: 'x' }, { _id: 'z' }]))).toEqual(['z'])
    rescan.close()
    expect(keysOf(rescan.current([processed('1', 'x')]))).toEqual(['1'])
  })

  it('keeps incremental runs from writing over a rescan whose rules they do not know', () => {
    const overlap = new RunOverlap()
    const rescan = overlap.begin(true)
    rescan.allowed([{ _id: 'x' }], ['x'])
    expect(idsOf(overlap.ordinary.allowed([{ _id: 'x' }, { _id: 'y' }], ['x', 'y']))).toEqual(['y'])
    rescan.close()
    expect(idsOf(overlap.ordinary.allowed([{ _id: 'x' }], ['x']))).toEqual(['x'])
  })

  it('lets the copy of a source keep what an incremental run has put there', () => {
    const overlap = new RunOverlap()
    const rescan = overlap.begin(false)
    overlap.ordinary.copied([{ _id: '1' }])
    expect(idsOf(rescan.copied([{ _id: '1' }, { _id: '2' }]))).toEqual(['2'])
  })

  it('ends the reading of the rescan where the first incremental run went on', () => {
    const overlap = new RunOverlap()
    const rescan = overlap.begin(false)
    expect(rescan.isOverlapped).toBe(false)
    overlap.ordinary.begins({ a: ['g', 5] })
    overlap.ordinary.begins({ a: ['g', 9] })
    expect(rescan.isOverlapped).toBe(true)
    expect([4, 5, 6].map((updated) => rescan.isBehind({ a: ['g', updated] }))).toEqual([false, true, true])
    rescan.close()
    expect(rescan.isBehind({ a: ['g', 6] })).toBe(false)
  })

  it('cancels a rescan when an ordinary run starts over', async () => {
    const overlap = new RunOverlap()
    const rescan = overlap.begin(false)
    overlap.ordinary.begins(undefined)
    const written = rescan.turn(
      async () => 'written',
      async () => {},
    )
    await expect(written).rejects.toBeInstanceOf(Cancelled)
  })

  it('changes nothing for a run that no other one can overlap with', async () => {
    const results = [processed('1', 'x')]
    expect(undisturbedSide.current(results)).toBe(results)
    expect(undisturbedSide.isBehind({ a: ['g', 1] })).toBe(false)
    expect(
      await undisturbedSide.turn(
        async () => 1,
        async () => {},
      ),
    ).toBe(1)
  })
})
