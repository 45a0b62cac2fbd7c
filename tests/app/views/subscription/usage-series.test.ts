/** The daily counts by system as stacked areas: they add up to the total. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { usageSeries } from '../../../../app/views/subscription/usage-series.ts'

const day = fc.dictionary(fc.constantFrom('', 'a', 'b', 'c', 'd', 'e'), fc.nat(1_000_000)).map((systems) => ({
  ...{ day: '2026-11-01', durableBytes: 0, globalBytes: 0, systems },
  bytes: Object.values(systems).reduce((sum, bytes) => sum + bytes, 0),
}))

describe('usage by system', () => {
  it('stands one above the other up to the whole, the largest of the last day first', () => {
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 6 }), fc.integer({ min: 2, max: 7 }), (samples, most) => {
        const series = usageSeries(samples, most)
        expect(series.length).toBeLessThanOrEqual(most)
        samples.forEach(({ bytes }, at) => {
          expect(series.at(-1)?.to[at] ?? 0).toBe(bytes)
          for (const { sizes, from, to } of series) expect((from[at] ?? 0) + (sizes[at] ?? 0)).toBe(to[at])
        })
        const named = series.filter(({ system }) => system !== null).map(({ sizes }) => sizes.at(-1) ?? 0)
        expect(named).toEqual(named.toSorted((a, b) => b - a))
      }),
    )
  })
})
