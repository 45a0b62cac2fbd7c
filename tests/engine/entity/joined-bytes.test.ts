/** Bytes after a JSON header are read back unchanged at any offset in memory. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bytesWithHead, headOfBytes, joinedBytes } from '../../../engine-worker/entity/joined-bytes.ts'

const pieces = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 5 })

it('gives back a head and what stands behind it', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string()), pieces, (head, given) => {
      const whole = joinedBytes([Uint8Array.of(7), bytesWithHead(head, given)]).subarray(1)
      const found = headOfBytes(whole)
      expect(JSON.stringify(found.head)).toBe(JSON.stringify(head))
      expect([...found.rest]).toEqual(given.flatMap((piece) => [...piece]))
    }),
  )
})

it('throws where the bytes have no head', () => {
  expect(() => headOfBytes(Uint8Array.of(1, 0))).toThrow()
  expect(() => headOfBytes(Uint8Array.of(2, 0, 0, 0, 123, 34))).toThrow()
})
