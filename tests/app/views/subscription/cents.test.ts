/** Money in whole cents. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { centsOf, centsText } from '../../../../app/views/subscription/cents.ts'

describe('cents', () => {
  it('are read and written without loss, beyond what a number holds', () => {
    fc.assert(
      fc.property(fc.bigInt(), (cents) => {
        expect(centsOf(centsText(cents))).toBe(cents)
      }),
    )
    expect(centsText(centsOf('5487.25') - centsOf('1352'))).toBe('4135.25')
    expect([centsText(-5n), centsText(0n), centsOf('-0.3')]).toEqual(['-0.05', '0.00', -30n])
  })
})
