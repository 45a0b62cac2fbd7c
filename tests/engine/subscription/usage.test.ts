/** How datasets count in the usage. */
import { describe, expect, it } from 'vitest'
import { amountsOf, countedBytes } from '../../../engine-worker/subscription/usage.ts'

describe('usage', () => {
  it('counts durable data three times, and searched global data once more for each copy', () => {
    expect(countedBytes({ bytes: 7, durable: true, global: true }, 2)).toBe(35)
    expect(amountsOf([], 2)).toEqual({ bytes: 0, durableBytes: 0 })
  })
})
