/** Plain data is the same after printing and reading as JSON; other values are refused. */
import { deepStrictEqual } from 'node:assert'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printMessage, readMessage } from '../../../engine-worker/api/json-messages.ts'
import { Float } from '../../../engine-worker/entity/value.ts'

const key = fc.oneof(fc.constantFrom('$bytes', '$object', '__proto__', 'constructor', '1', 'a'), fc.string())
const data = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false, 0, 1.5, 12345678901234567890n, new Float(2), '~:x', '$bytes'),
    fc.string(),
    fc.maxSafeInteger(),
    fc.uint8Array(),
    fc.array(tie('value')),
    fc.dictionary(key, tie('value'), { noNullPrototype: true }),
  ),
}))

describe('messages as JSON', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(data.value, (value) => {
        deepStrictEqual(readMessage(printMessage(value)), value)
      }),
    )
  })

  it('leave out what is undefined', () => {
    expect(printMessage({ a: undefined, b: [undefined], c: 1 })).toBe('{"b":[null],"c":1}')
  })

  it('say what is not plain data, and where a text is not JSON', () => {
    for (const value of [new Map(), () => 1, new Date(0), Symbol.iterator, { deep: [new Set()] }])
      expect(() => printMessage(value)).toThrow(/not plain data/)
    expect(() => readMessage('{"a": }')).toThrow(/not valid JSON/)
  })
})
