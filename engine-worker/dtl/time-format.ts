/**
 * Datetime formats such as `%Y-%m-%d %H:%M`: turned into a list of steps once, so that reading and writing a value is
 * one short loop. Tokens as documented (dtl-functions-date-and-time.rst).
 */
import { dateOf, dateTime, daysInMonth, daysOf, pad2 } from '../entity/datetime.ts'
import { type DateTime, Day } from '../entity/value.ts'
import { problem } from '../problem.ts'
import type { Zone } from './timezone.ts'

export const badTimeFormat = problem<{ format: string; reason: string }>({
  code: 'dtl-bad-time-format',
  severity: 'error',
  says: (f) => `The datetime format “${f.format}” cannot be used: ${f.reason}.`,
  fix: () => 'Use %d %e %H %I %m %M %p %S %f %y %Y %z and %%, with %z at the end.',
})

/** A literal character is its code; a token is minus the code of its letter. */
type Steps = readonly number[]

const TOKENS = 'deHImMpSfyYz'
const SPACE = 32

/** What is wrong with a format, or null. `%z` has to be the last token only where texts are read. */
export function formatFault(format: string, reading: boolean): string | null {
  for (let at = 0; at < format.length; at++) {
    if (format[at] !== '%') continue
    const letter = format[++at]
    if (letter === undefined) return 'it ends with a single %'
    if (letter === '%') continue
    if (!TOKENS.includes(letter)) return `%${letter} is no token`
    if (reading && letter === 'z' && at < format.length - 1) return '%z does not stand at the end'
  }
  return null
}

function stepsOf(format: string): Steps {
  const steps: number[] = []
  for (let at = 0; at < format.length; at++) {
    const code = format.charCodeAt(at)
    if (code !== 37 || format[at + 1] === '%') steps.push(code)
    else steps.push(-format.charCodeAt(at + 1))
    if (code === 37) at++
  }
  return steps
}

const DAY = -100
const DAY_SPACED = -101
const HOUR = -72
const HOUR12 = -73
const MONTH = -109
const MINUTE = -77
const HALF_DAY = -112
const SECOND = -83
const FRACTION = -102
const YEAR2 = -121
const YEAR = -89
const OFFSET = -122

function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - 48
  return digit >= 0 && digit <= 9 ? digit : -1
}

/** A reader for texts of a format: the moment, or undefined where the text does not fit. */
export function timeReader(format: string, zone: Zone): (text: string) => DateTime | undefined {
  const steps = stepsOf(format)
  const read = anyReader(steps, zone)
  const width = fixedWidth(steps)
  if (width === null) return read
  const fixed = fixedReader(steps, zone)
  return (text) => (text.length === width ? fixed(text) : undefined) ?? read(text)
}

/** The length of a text in which every field has all its digits, or null where the format has other fields. */
function fixedWidth(steps: Steps): number | null {
  let width = 0
  const seen = new Set<number>()
  for (const step of steps) {
    if (step < 0 && (seen.has(step) || ![YEAR, MONTH, DAY, HOUR, MINUTE, SECOND].includes(step))) return null
    seen.add(step)
    width += step === YEAR ? 4 : step < 0 ? 2 : 1
  }
  return width
}

/** Reads fields at their fixed places; most texts in a format are written with all digits. */
function fixedReader(steps: Steps, zone: Zone): (text: string) => DateTime | undefined {
  const places = new Map<number, number>()
  const literals: number[] = []
  let at = 0
  for (const step of steps) {
    if (step < 0) places.set(step, at)
    else literals.push(at, step)
    at += step === YEAR ? 4 : step < 0 ? 2 : 1
  }
  const place = (step: number) => places.get(step) ?? -1
  const [yearAt, monthAt, dayAt] = [place(YEAR), place(MONTH), place(DAY)]
  const [hourAt, minuteAt, secondAt] = [place(HOUR), place(MINUTE), place(SECOND)]
  return (text) => {
    for (let index = 0; index < literals.length; index += 2)
      if (text.charCodeAt(literals[index] as number) !== literals[index + 1]) return undefined
    const year = yearAt < 0 ? 1900 : twoDigits(text, yearAt) * 100 + twoDigits(text, yearAt + 2)
    const month = monthAt < 0 ? 1 : twoDigits(text, monthAt)
    const day = dayAt < 0 ? 1 : twoDigits(text, dayAt)
    const hour = hourAt < 0 ? 0 : twoDigits(text, hourAt)
    const minute = minuteAt < 0 ? 0 : twoDigits(text, minuteAt)
    const second = secondAt < 0 ? 0 : twoDigits(text, secondAt)
    // A field that is no number is NaN, and compares with nothing.
    if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return undefined
    if (!(hour <= 23 && minute <= 59 && second <= 59)) return undefined
    const local = daysOf(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
    return dateTime(zone.toUtc(local), 0) ?? undefined
  }
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

function anyReader(steps: Steps, zone: Zone): (text: string) => DateTime | undefined {
  const count = steps.length
  return (text) => {
    let at = 0
    let year = 1900
    let month = 1
    let day = 1
    let hour = 0
    let minute = 0
    let second = 0
    let nanos = 0
    let half = -1
    let twelve = false
    let shift = Number.NaN
    for (let index = 0; index < count; index++) {
      const step = steps[index] as number
      if (step >= 0) {
        if (text.charCodeAt(at) !== step) return undefined
        at++
        continue
      }
      if (step === YEAR) {
        year = 0
        for (let end = at + 4; at < end; at++) {
          const digit = digitAt(text, at)
          if (digit < 0) return undefined
          year = year * 10 + digit
        }
        continue
      }
      if (step === FRACTION) {
        const start = at
        nanos = 0
        for (; at - start < 9; at++) {
          const digit = digitAt(text, at)
          if (digit < 0) break
          nanos = nanos * 10 + digit
        }
        if (at === start) return undefined
        for (let length = at - start; length < 9; length++) nanos *= 10
        continue
      }
      if (step === HALF_DAY) {
        half = halfOf(text, at)
        if (half < 0) return undefined
        at += 2
        continue
      }
      if (step === OFFSET) {
        shift = readOffset(text, at)
        if (Number.isNaN(shift)) return undefined
        at = text.length
        continue
      }
      if (step === DAY_SPACED && text.charCodeAt(at) === SPACE) at++
      let value = digitAt(text, at)
      if (value < 0) return undefined
      at++
      const ones = digitAt(text, at)
      if (ones >= 0) {
        value = value * 10 + ones
        at++
      } else if (step === YEAR2) return undefined
      if (step === DAY || step === DAY_SPACED) day = value
      else if (step === MONTH) month = value
      else if (step === MINUTE) minute = value
      else if (step === SECOND) second = value
      else if (step === YEAR2) year = value <= 68 ? 2000 + value : 1900 + value
      else {
        hour = value
        twelve = step === HOUR12
      }
    }
    if (at !== text.length || year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month))
      return undefined
    if (twelve) {
      if (hour < 1 || hour > 12) return undefined
      hour = (hour % 12) + (half === 1 ? 12 : 0)
    }
    if (hour > 23 || minute > 59 || second > 59) return undefined
    const local = daysOf(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
    return dateTime(Number.isNaN(shift) ? zone.toUtc(local) : local - shift, nanos) ?? undefined
  }
}

/** 0 for am, 1 for pm, -1 for neither. */
function halfOf(text: string, at: number): number {
  const word = text.slice(at, at + 2).toLowerCase()
  return word === 'am' ? 0 : word === 'pm' ? 1 : -1
}

/** `+HHMM`, `+HH:MM` or `Z` up to the end, as seconds; NaN otherwise. */
function readOffset(text: string, at: number): number {
  const match = /^(?:([+-])(\d\d):?(\d\d)|Z)$/.exec(text.slice(at))
  if (match === null) return Number.NaN
  const hours = Number(match[2] ?? 0)
  const minutes = Number(match[3] ?? 0)
  if (hours > 23 || minutes > 59) return Number.NaN
  return (match[1] === '-' ? -1 : 1) * (hours * 3600 + minutes * 60)
}

/** Days whose texts are kept; data is full of the same days. */
const MAX_CACHED_DAYS = 20_000

/** A writer of moments in a format. Formats without a time of day write the same text all day. */
export function timeWriter(format: string, zone: Zone): (value: DateTime | Day) => string {
  const steps = stepsOf(format)
  const write = anyWriter(steps, zone)
  if (steps.some((step) => step < 0 && ![YEAR, YEAR2, MONTH, DAY, DAY_SPACED].includes(step))) return write
  const texts = new Map<number, string>()
  return (value) => {
    const utc = value instanceof Day ? value.days * 86_400 : value.seconds
    const day = Math.floor((utc + zone.offset(utc)) / 86_400)
    const known = texts.get(day)
    if (known !== undefined) return known
    const text = write(value)
    if (texts.size >= MAX_CACHED_DAYS) texts.clear()
    texts.set(day, text)
    return text
  }
}

function anyWriter(steps: Steps, zone: Zone): (value: DateTime | Day) => string {
  return (value) => {
    const utc = value instanceof Day ? value.days * 86_400 : value.seconds
    const shift = zone.offset(utc)
    const local = utc + shift
    const days = Math.floor(local / 86_400)
    const clock = local - days * 86_400
    const { year, month, day } = dateOf(days)
    const hour = Math.floor(clock / 3600)
    let text = ''
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index] as number
      switch (step) {
        case DAY:
          text += pad2(day)
          break
        case DAY_SPACED:
          text += day
          break
        case HOUR:
          text += pad2(hour)
          break
        case HOUR12:
          text += pad2(((hour + 11) % 12) + 1)
          break
        case MONTH:
          text += pad2(month)
          break
        case MINUTE:
          text += pad2(Math.floor(clock / 60) % 60)
          break
        case HALF_DAY:
          text += hour < 12 ? 'AM' : 'PM'
          break
        case SECOND:
          text += pad2(clock % 60)
          break
        case FRACTION:
          text += microseconds(value)
          break
        case YEAR2:
          text += pad2(year % 100)
          break
        case YEAR:
          text += year >= 1000 ? year : String(year).padStart(4, '0')
          break
        case OFFSET:
          text += offsetText(shift)
          break
        default:
          text += String.fromCharCode(step)
      }
    }
    return text
  }
}

function microseconds(value: DateTime | Day): string {
  return value instanceof Day ? '000000' : String(Math.floor(value.nanos / 1000)).padStart(6, '0')
}

function offsetText(shift: number): string {
  const size = Math.abs(shift)
  return `${shift < 0 ? '-' : '+'}${pad2(Math.floor(size / 3600))}${pad2(Math.floor(size / 60) % 60)}`
}
