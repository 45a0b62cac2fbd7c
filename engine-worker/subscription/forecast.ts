/** What daily counts foretell. */

const millisecondsADay = 86_400_000
const daysNeeded = 28
const daysAhead = 180

/** What was used on a day. */
interface CountedDay {
  readonly day: string
  readonly bytes: number
}

/** A straight line through the samples. */
interface UsageForecast {
  /** Bytes that thirty days add. */
  readonly perMonth: number
  /** The day that is foretold, `yyyy-mm-dd`, and the bytes then. */
  readonly day: string
  readonly bytes: number
}

/** A forecast by least squares; null before there are counts of four weeks. */
export function forecastOf(samples: readonly CountedDay[]): UsageForecast | null {
  const [first] = samples
  const last = samples.at(-1)
  if (first === undefined || last === undefined) return null
  const dayOf = ({ day }: CountedDay) => Date.parse(`${day}T00:00:00Z`) / millisecondsADay
  const [start, end] = [dayOf(first), dayOf(last)]
  if (end - start < daysNeeded) return null
  const meanDay = samples.reduce((sum, each) => sum + dayOf(each), 0) / samples.length
  const meanBytes = samples.reduce((sum, { bytes }) => sum + bytes, 0) / samples.length
  let above = 0
  let below = 0
  for (const each of samples) {
    above += (dayOf(each) - meanDay) * (each.bytes - meanBytes)
    below += (dayOf(each) - meanDay) ** 2
  }
  const slope = above / below
  return {
    perMonth: slope * 30,
    day: new Date((end + daysAhead) * millisecondsADay).toISOString().slice(0, 10),
    bytes: Math.max(0, meanBytes + slope * (end + daysAhead - meanDay)),
  }
}
