/** The forecast from daily counts, and how it is stored. */
import { describe, expect, it } from 'vitest'
import { forecastOf } from '../../../engine-worker/subscription/forecast.ts'
import { sampleOf, withSample } from '../../../engine-worker/subscription/usage.ts'

describe('usage', () => {
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
