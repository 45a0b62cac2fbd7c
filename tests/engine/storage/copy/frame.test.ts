/** Changes as bytes: what is written is read back, and truncated or changed bytes are detected. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Fault } from '../../../../engine-worker/problem.ts'
import { type CopyFrame, printFrame, readContent, readFrames } from '../../../../engine-worker/storage/copy/frame.ts'

const reading = (bytes: Uint8Array) => async (at: number, length: number) => bytes.slice(at, at + length)

async function allFrames(frames: AsyncIterable<CopyFrame>): Promise<CopyFrame[]> {
  const found: CopyFrame[] = []
  for await (const frame of frames) found.push(frame)
  return found
}

function segment(log: number, text: string): CopyFrame {
  const columns = {
    log,
    first: 1,
    updated: Float64Array.of(1, 2 ** 40),
    ids: Uint32Array.of(1, 2, 3, 4),
    flags: Uint8Array.of(0, 9),
  }
  const packed = {
    segment: { ...columns, text, offsets: Uint32Array.of(0, 3, 6) },
    head: { ...columns, last: 2, characters: text.length, hashes: Uint32Array.of(7), times: 5 },
  }
  return { seed: 7, batch: 3, changes: [{ do: 'put-segments', packed: [packed] }], isLast: true }
}

describe('frames', () => {
  test('are read as they were printed, with any text and any bytes', async () => {
    const texts = fc.string({ unit: 'binary' })
    await fc.assert(
      fc.asyncProperty(texts, fc.uint8Array(), async (text, value) => {
        const states: CopyFrame = { seed: 1, batch: 1, changes: [{ do: 'put-states', states: [{ key: text, value }] }] }
        const frames = [segment(1, `${text}\ud800`), states]
        const bytes = Uint8Array.from(frames.flatMap((frame) => [...printFrame(frame)]))
        expect(await allFrames(readFrames('f', reading(bytes)))).toEqual(frames)
      }),
      { numRuns: 30 },
    )
  })

  test('that were cut off or changed anywhere are no frames', async () => {
    const bytes = printFrame(segment(1, 'ab\ncd\n'))
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.boolean(), async (at, cuts) => {
        const changed = cuts ? bytes.slice(0, at) : bytes.map((byte, place) => (place === at ? byte ^ 0x55 : byte))
        await expect(allFrames(readContent('f', reading(changed)))).rejects.toThrow(Fault)
      }),
    )
  })
})
