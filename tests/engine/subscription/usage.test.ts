/** What datasets count for and what they will. */
import { describe, expect, it } from 'vitest'
import { amountsOf, countedBytes, forecastOf, sampleOf, withSample } from '../../../engine-worker/subscription/usage.ts'

describe('usage', () => {
  it('counts durable data three times, and searched global data once more for each copy', () => {
    expect(countedBytes({ bytes: 7, durable: true, global: true }, 2)).toBe(35)
    expect(amountsOf([], 2)).toEqual({ bytes: 0, durableBytes: 0 })
  })

  it('is foretold from four weeks of counts on, by a straight line', () => {
    const day = (at: number) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10)
    const samples = (days: number) =>
      Array.from({ length: days }, (_, at) => ({ ...sampleOf(day(at), []), bytes: 1000 + at * 10 }))
    expect(forecastOf(samples(28))).toBeNull()
    const forecast = forecastOf(samples(29))
    expect(forecast?.perMonth).toBeCloseTo(300)
    expect(forecast?.bytes).toBeCloseTo(1000 + (28 + 180) * 10)
    expect(forecast?.day).toBe(day(28 + 180))
    const again = withSample(samples(29), { ...sampleOf(day(28), []), bytes: 5 })
    expect([again.length, again.at(-1)?.bytes]).toEqual([29, 5])
  })
})
