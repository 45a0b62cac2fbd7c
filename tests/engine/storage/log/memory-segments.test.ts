/** Segments in memory: another storage can open the same content, and a batch becomes visible as a whole. */
import { describe, expect, test } from 'vitest'
import { memorySegments, SegmentMemory } from '../../../../engine-worker/storage/log/memory-segments.ts'
import { memoryAfter, recordOf, segmentOf, storeOn } from './segments.ts'

describe('segments in memory', () => {
  test('are what another storage over the same memory begins with', async () => {
    const memory = new SegmentMemory()
    const first = memorySegments(memory)
    expect(await first.open(() => 0.25)).toEqual([])
    await first.write(async (to) => {
      await to.putDatasets([recordOf('d', 3)])
      await to.putSegments([segmentOf(3, [1, 2])])
    })
    const second = memorySegments(memory)
    expect(await second.open(() => 0.75)).toEqual([recordOf('d', 3)])
    expect(second.seed).toBe(first.seed)
    expect((await second.headsAfter(3, 0, 1))[0]?.last).toBe(2)
  })

  test('over nothing are apart from each other', async () => {
    const [one, other] = [memorySegments(), memorySegments()]
    await one.open(() => 0)
    await other.open(() => 0)
    await one.write(async (to) => to.putStates([{ key: 'k', value: '1' }]))
    expect(await other.state('k')).toBeUndefined()
  })

  test('change when the batch has ended, and not while it is made', async () => {
    const storage = memorySegments()
    await storage.open(() => 0)
    let meanwhile: unknown = 'not asked'
    await storage.write(async (to) => {
      await to.putStates([{ key: 'k', value: '1' }])
      meanwhile = await storage.state('k')
    })
    expect(meanwhile).toBeUndefined()
    expect(await storage.state('k')).toEqual({ key: 'k', value: '1' })
  })

  test('are changed in the order that the batch says', async () => {
    const memory = new SegmentMemory()
    const storage = memorySegments(memory)
    await storage.open(() => 0)
    await storage.write(async (to) => {
      await to.putSegments([segmentOf(1, [1]), segmentOf(1, [5])])
      await to.deleteAfter(1, 1)
      await to.putSegments([segmentOf(1, [7, 8])])
      await to.deleteSegments(1, [1])
      await to.deleteSegments(2, [1])
    })
    expect((await storage.segmentsBetween(1, 0, 100)).map(({ first }) => first)).toEqual([7])
    expect(memory.logs.has(2)).toBe(false)
  })

  test('give a closed store back as it was', async () => {
    const memory = await memoryAfter({ datasets: [{ dataset: 'd', entities: [{ _id: 'a', x: 1 }] }] })
    const store = await storeOn(memory)
    expect(await store.lookup('d', ['a'])).toMatchObject([{ _id: 'a', x: 1, _updated: 1 }])
  })
})
