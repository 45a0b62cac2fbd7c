/** What daily counts foretell. */

const MILLISECONDS_PER_DAY = 86_400_000
const MIN_DAYS = 28
const MAX_DAYS_AHEAD = 180

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
  const dayOf = ({ day }: CountedDay) => Date.parse(`${day}T00:00:00Z`) / MILLISECONDS_PER_DAY
  const [start, end] = [dayOf(first), dayOf(last)]
  if (end - start < MIN_DAYS) return null
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
    day: new Date((end + MAX_DAYS_AHEAD) * MILLISECONDS_PER_DAY).toISOString().slice(0, 10),
    bytes: Math.max(0, meanBytes + slope * (end + MAX_DAYS_AHEAD - meanDay)),
  }
}
