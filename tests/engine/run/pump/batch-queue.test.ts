/** Batches that have begun are finished in the order in which they were read. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BatchQueue, type BegunBatch } from '../../../../engine-worker/run/pump/batch-queue.ts'

const batchOf = (...ids: string[]) => ({
  items: ids.map((_id, order) => ({ key: _id, entity: { _id }, order })),
  position: null,
})

describe('batches that are begun', () => {
  it('are finished in their order, at most so many behind the newest, and in the end all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(4), fc.nat(9), async (ahead, count) => {
        const finished: BegunBatch[] = []
        const queue = new BatchQueue(ahead, async (batch) => void finished.push(batch))
        const batches = Array.from({ length: count }, (_, at): BegunBatch => {
          return { ...batchOf(`${at}`), before: BigInt(at), processed: Promise.resolve([]) }
        })
        for (const [at, batch] of batches.entries()) {
          await queue.add(batch)
          expect(finished).toHaveLength(Math.max(0, at + 1 - ahead))
        }
        await queue.finish()
        expect(finished).toEqual(batches)
      }),
    )
  })

  it('behind one that fails are not finished', async () => {
    const finished: bigint[] = []
    const queue = new BatchQueue(2, async ({ before }) => {
      if (before === 1n) throw new Error('no')
      finished.push(before)
    })
    const begunBatch = (before: bigint): BegunBatch => ({ ...batchOf(), before, processed: Promise.resolve([]) })
    for (const before of [0n, 1n]) await queue.add(begunBatch(before))
    await expect(queue.finish()).rejects.toThrow('no')
    expect(finished).toEqual([0n])
  })
})
