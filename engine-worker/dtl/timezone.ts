/**
 * Time zones, from the platform's own tables (Intl). A look-up there is slow, so each zone keeps the offset of stretches
 * of about three days; within a stretch in which the clock changes, the second of the change.
 */
import { daysOf } from '../entity/datetime.ts'
import { problem } from '../problem.ts'

export const unknownZone = problem<{ zone: string }>({
  code: 'dtl-unknown-timezone',
  severity: 'error',
  says: (f) => `There is no time zone “${f.zone}”.`,
  fix: () => 'Use a name such as "Europe/Oslo" or "UTC".',
})

/** A time zone. Times are seconds: of UTC since 1970, or of the zone's wall clock as if it were UTC. */
export interface Zone {
  readonly name: string
  /** Seconds the wall clock is ahead of UTC at a moment. */
  offset(utc: number): number
  /**
   * The moment at which the wall clock shows a time. Of a time that occurs twice it is the second, in standard time; a
   * time that was skipped is taken as if the clock had not been changed.
   */
  toUtc(local: number): number
}

const UTC: Zone = { name: 'UTC', offset: () => 0, toUtc: (local) => local }
const zones = new Map<string, Zone | null>()

/** The zone by its IANA name, or null when the platform knows none. */
export function zoneOf(name: string): Zone | null {
  const known = zones.get(name)
  if (known !== undefined) return known
  const zone = /^(?:Etc\/)?(?:UTC|GMT|UCT|Zulu|Universal)$/i.test(name) ? { ...UTC, name } : newZone(name)
  if (zones.size < 1000) zones.set(name, zone)
  return zone
}

const STRETCH_SECONDS = 2 ** 18
const DAY_SECONDS = 86_400

/** A stretch with one change of the clock. */
interface OffsetChange {
  readonly at: number
  readonly before: number
  readonly after: number
}

function newZone(name: string): Zone | null {
  const ask = offsetReader(name)
  if (ask === null) return null
  const stretches = new Map<number, number | OffsetChange>()

  function offsetInStretch(index: number): number | OffsetChange {
    let low = index * STRETCH_SECONDS
    let high = low + STRETCH_SECONDS
    const before = ask?.(low) ?? 0
    const after = ask?.(high - 1) ?? 0
    if (before === after) return before
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (ask?.(middle) === before) low = middle
      else high = middle
    }
    return { at: high, before, after }
  }
  function offset(utc: number): number {
    const index = Math.floor(utc / STRETCH_SECONDS)
    let known = stretches.get(index)
    if (known === undefined) {
      known = offsetInStretch(index)
      if (stretches.size > 50_000) stretches.clear()
      stretches.set(index, known)
    }
    if (typeof known === 'number') return known
    return utc < known.at ? known.before : known.after
  }
  function toUtc(local: number): number {
    const before = offset(local - DAY_SECONDS)
    const after = offset(local + DAY_SECONDS)
    return before === after || offset(local - after) !== after ? local - before : local - after
  }
  return { name, offset, toUtc }
}

/** Asks the platform; null when it does not know the zone. */
function offsetReader(name: string): ((utc: number) => number) | null {
  if (!/^[A-Za-z]/.test(name)) return null
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    })
    return (utc) => wallClock(format, utc) - utc
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function wallClock(format: Intl.DateTimeFormat, utc: number): number {
  const part: Record<string, number> = {}
  let beforeChrist = false
  for (const { type, value } of format.formatToParts(utc * 1000)) {
    if (type === 'era') beforeChrist = value.startsWith('B')
    else part[type] = Number(value)
  }
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return daysOf(beforeChrist ? 1 - year : year, month, day) * DAY_SECONDS + hour * 3600 + minute * 60 + second
}
