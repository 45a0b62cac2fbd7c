/** Texts that are dates, by all formats that people write: also with the names of months in two languages. */
import { rewriteCalls as call, datetimeCall } from '../dtl/syntax.ts'
import type { Json } from '../entity/value.ts'

/** Names of months, which formats of dates do not read. */
const monthNames = [
  'januar februar mars april mai juni juli august september oktober november desember',
  'january february march april may june july august september october november december',
].map((names) => names.split(' '))
/** Dates whose month has become a number. */
const numericFormats = ['%d. %m %Y', '%d %m %Y', '%d-%m-%Y', '%m %d, %Y', '%d. %m %y']
/** How dates are written, the commonest first. */
export const dateFormats = [
  '%Y-%m-%d',
  '%d.%m.%Y',
  '%d/%m/%Y',
  '%m/%d/%Y',
  '%d.%m.%y',
  '%Y-%m-%dT%H:%M:%SZ',
  '%Y-%m-%d %H:%M:%S',
  '%Y%m%d',
  '%Y',
  '%Y-%m',
  '%m',
  '%B',
]

/** Calls that read a text as a date, if it is one. */
export function* readDates(value: Json, text: string): Generator<Json> {
  if (text.length > 40 || !/\d/.test(text)) return
  if (!/\p{L}{3}/u.test(text)) {
    for (const format of dateFormats) if (format.length > 4) yield datetimeCall(format, value)
    return
  }
  for (const names of monthNames) {
    if (!names.some((name) => text.toLowerCase().includes(name.slice(0, 3)))) continue
    // The longest of the names that fit counts: the whole one, before its first three letters.
    const numbers = new Map(
      names.flatMap((name, at) =>
        [name, name.slice(0, 3)].map((key) => [key, String(at + 1).padStart(2, '0')] as const),
      ),
    )
    for (const format of numericFormats) yield datetimeCall(format, call.replaced(numbers, call.lower(value)))
  }
}

/** Calls that write a date in each of the formats. */
export function writtenDates(date: Json): readonly Json[] {
  return dateFormats.map((format) => call.written(format, date))
}
