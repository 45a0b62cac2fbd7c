/**
 * Moments and days: the calendar arithmetic under everything that handles time, and their transit text
 * (`2015-01-02T03:04:05.123456789Z`, `2015-12-31`). Years 1 to 9999, proleptic Gregorian, always UTC.
 */
import { DateTime, Day } from './value.ts'

export const MIN_DAY = daysOf(1, 1, 1)
export const MAX_DAY = daysOf(9999, 12, 31)
const MIN_SECONDS = MIN_DAY * 86_400
const MAX_SECONDS = MAX_DAY * 86_400 + 86_399
const NANOS = 1_000_000_000n

/** Days since 1970-01-01. */
export function daysOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** A date in the calendar. */
interface CalendarDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** The date a number of days after 1970-01-01. */
export function dateOf(days: number): CalendarDate {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

/** The number of days in a month. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** The moment, or null outside of the years 1 to 9999. */
export function dateTime(seconds: number, nanos: number): DateTime | null {
  return seconds >= MIN_SECONDS && seconds <= MAX_SECONDS ? new DateTime(seconds, nanos) : null
}

/** The moment so many nanoseconds after 1970, or null outside of the years 1 to 9999. */
export function fromNanos(nanos: bigint): DateTime | null {
  let seconds = nanos / NANOS
  let rest = nanos % NANOS
  if (rest < 0n) {
    seconds -= 1n
    rest += NANOS
  }
  return dateTime(Number(seconds), Number(rest))
}

/** Nanoseconds since 1970. */
export function toNanos(value: DateTime | Day): bigint {
  return value instanceof Day
    ? BigInt(value.days) * 86_400n * NANOS
    : BigInt(value.seconds) * NANOS + BigInt(value.nanos)
}

/** Whole seconds since 1970; of a day its midnight. */
export function secondsOf(value: DateTime | Day): number {
  return value instanceof Day ? value.days * 86_400 : value.seconds
}

/** Two digits at a place as a number; negative or NaN where they are none. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1000
}

/** The days of the date in the ten characters from `at`, or null. */
function readDate(text: string, at: number): number | null {
  const year = twoDigits(text, at) * 100 + twoDigits(text, at + 2)
  const month = twoDigits(text, at + 5)
  const day = twoDigits(text, at + 8)
  if (year < 1 || month < 1 || month > 12 || day < 1) return null
  if (text.charCodeAt(at + 4) !== 45 || text.charCodeAt(at + 7) !== 45) return null
  if (day > 28 && day > daysInMonth(year, month)) return null
  return daysOf(year, month, day)
}

/** Reads the text of a datetime or date from `at` to its end; null where it is neither. */
export function readTime(text: string, at = 0): DateTime | Day | null {
  const length = text.length - at
  if (length < 10) return null
  const days = readDate(text, at)
  if (days === null) return null
  if (length === 10) return new Day(days)
  if (length < 20 || text.charCodeAt(at + 10) !== 84 || text.charCodeAt(text.length - 1) !== 90) return null
  const hour = twoDigits(text, at + 11)
  const minute = twoDigits(text, at + 14)
  const second = twoDigits(text, at + 17)
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return null
  if (text.charCodeAt(at + 13) !== 58 || text.charCodeAt(at + 16) !== 58) return null
  const nanos = length === 20 ? 0 : readFraction(text, at + 19, text.length - 1)
  return nanos < 0 ? null : new DateTime(days * 86_400 + hour * 3600 + minute * 60 + second, nanos)
}

/** `.123` as nanoseconds; -1 where it is none or longer than nine digits. */
function readFraction(text: string, from: number, to: number): number {
  const digits = to - from - 1
  if (text.charCodeAt(from) !== 46 || digits < 1 || digits > 9) return -1
  let nanos = 0
  for (let at = from + 1; at < to; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return -1
    nanos = nanos * 10 + digit
  }
  for (let digit = digits; digit < 9; digit++) nanos *= 10
  return nanos
}

const PAD2 = Array.from({ length: 100 }, (_, n) => (n < 10 ? `0${n}` : String(n)))

/** A number below 100 with two digits. */
export function pad2(value: number): string {
  return PAD2[value] ?? String(value)
}

/** `2015-12-31` */
export function printDate(days: number): string {
  const { year, month, day } = dateOf(days)
  return `${pad2(Math.floor(year / 100))}${pad2(year % 100)}-${pad2(month)}-${pad2(day)}`
}

/** The text without the transit tag: `2015-12-31T23:59:59.5Z` or `2015-12-31`. */
export function printTime(value: DateTime | Day): string {
  if (value instanceof Day) return printDate(value.days)
  const days = Math.floor(value.seconds / 86_400)
  const rest = value.seconds - days * 86_400
  const hour = Math.floor(rest / 3600)
  const minute = Math.floor(rest / 60) % 60
  const clock = `${printDate(days)}T${pad2(hour)}:${pad2(minute)}:${pad2(rest % 60)}`
  return value.nanos === 0 ? `${clock}Z` : `${clock}.${printFraction(value.nanos)}Z`
}

/** Nanoseconds as the digits of a fraction, without trailing zeros. */
function printFraction(nanos: number): string {
  const digits = String(nanos).padStart(9, '0')
  let end = 9
  while (end > 1 && digits.charCodeAt(end - 1) === 48) end--
  return digits.slice(0, end)
}
