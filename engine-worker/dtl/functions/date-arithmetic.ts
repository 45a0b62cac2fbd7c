/** Calculating with moments: adding parts of dates, and differences in them. */
import { dateOf, dateTime, daysInMonth, daysOf, fromNanos, secondsOf, toNanos } from '../../entity/datetime.ts'
import { DateTime, type Day, integer } from '../../entity/value.ts'

/** Parts of a date with a fixed length, in nanoseconds. */
const UNIT_NANOSECONDS: Readonly<Record<string, bigint>> = {
  week: 604_800_000_000_000n,
  day: 86_400_000_000_000n,
  hour: 3_600_000_000_000n,
  minute: 60_000_000_000n,
  second: 1_000_000_000n,
  millisecond: 1_000_000n,
  microsecond: 1000n,
  nanosecond: 1n,
}

/** Parts of a date with a varying length, in months. */
const UNIT_MONTHS: Readonly<Record<string, number>> = { year: 12, month: 1 }

/** The parts of a date that can be added and counted. */
export const dateParts: readonly string[] = [...Object.keys(UNIT_MONTHS), ...Object.keys(UNIT_NANOSECONDS)]

function nanosOf(value: DateTime | Day): number {
  return value instanceof DateTime ? value.nanos : 0
}

/**
 * The moment after a number of parts; null outside of the years 1 to 9999. A day that the month lacks becomes its last.
 */
export function plusParts(value: DateTime | Day, part: string, amount: number | bigint): DateTime | null {
  const fixed = UNIT_NANOSECONDS[part]
  if (fixed !== undefined) {
    const size = fixed * BigInt(amount)
    return size > MAX_NANOSECONDS || size < -MAX_NANOSECONDS ? null : fromNanos(toNanos(value) + size)
  }
  if (typeof amount === 'bigint' || Math.abs(amount) > 120_000) return null
  const seconds = secondsOf(value)
  const days = Math.floor(seconds / 86_400)
  const { year, month, day } = dateOf(days)
  const months = year * 12 + month - 1 + amount * (UNIT_MONTHS[part] ?? 1)
  const newYear = Math.floor(months / 12)
  if (newYear < 1 || newYear > 9999) return null
  const newMonth = months - newYear * 12 + 1
  const newDays = daysOf(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)))
  return dateTime(newDays * 86_400 + seconds - days * 86_400, nanosOf(value))
}

/** Longer than from the first to the last moment. */
const MAX_NANOSECONDS = 10n ** 21n

/** How many whole parts A is after B (negative when before), without the rest. */
export function differenceInParts(a: DateTime | Day, b: DateTime | Day, part: string): number | bigint {
  const fixed = UNIT_NANOSECONDS[part]
  if (fixed !== undefined) return integer((toNanos(a) - toNanos(b)) / fixed)
  return Math.trunc(monthsBetween(a, b) / (UNIT_MONTHS[part] ?? 1)) + 0
}

function monthsBetween(a: DateTime | Day, b: DateTime | Day): number {
  if (toNanos(a) < toNanos(b)) return -monthsBetween(b, a)
  const later = dateOf(Math.floor(secondsOf(a) / 86_400))
  const earlier = dateOf(Math.floor(secondsOf(b) / 86_400))
  const months = (later.year - earlier.year) * 12 + later.month - earlier.month
  return withinMonth(a, later.day) < withinMonth(b, earlier.day) ? months - 1 : months
}

/** Nanoseconds since the month began. */
function withinMonth(value: DateTime | Day, day: number): number {
  const seconds = secondsOf(value)
  return (day - 1) * 86_400 + (seconds - Math.floor(seconds / 86_400) * 86_400) + nanosOf(value) / 1e9
}
