/** Moments in time: reading, writing, shifting and calculating them. */
import { dateTime, fromNanos, readTime, secondsOf } from '../../entity/datetime.ts'
import { DateTime, Day, type Value } from '../../entity/value.ts'
import { Fault, problem } from '../../problem.ts'
import { each, first, one, optional } from '../argument.ts'
import { type Call, expression } from '../define.ts'
import type { Eval } from '../evaluation.ts'
import { badTimeFormat, formatFault, timeReader, timeWriter } from '../time-format.ts'
import { unknownZone, type Zone, zoneOf } from '../timezone.ts'
import { cast, castArguments, castWords } from './cast.ts'
import { dateParts, differenceInParts, plusParts } from './date-arithmetic.ts'
import { typeTest } from './type-test.ts'

const doc = 'dtl/dtl-functions-date-and-time.rst'

const unknownPart = problem<{ part: string; parts: string }>({
  code: 'dtl-unknown-date-part',
  severity: 'error',
  says: (f) => `“${f.part}” is not a part of a date.`,
  fix: (f) => `Use one of ${f.parts}.`,
})

const timesArgument = each('values', 'datetime', { says: 'A datetime, or a list of them.' })
const partArgument = one('datepart', 'string', { says: 'The part of a date to count in.', choices: dateParts })
const zoneArgument = optional('timezone-name', 'string', {
  says: 'The time zone of the text; UTC when left out.',
  names: 'timezone',
  placeholder: 'Europe/Oslo',
})
const formatArgument = one('formatstring', 'string', {
  says: 'How the text is built: %Y year, %m month, %d day, %H hour, %M minute, %S second, %f fraction, …',
  names: 'datetime-format',
  placeholder: '%Y-%m-%dT%H:%M:%S',
})
const tokenWords =
  'Tokens: %Y year, %y its last two digits (00 to 68 mean 2000 to 2068), %m month, %d and %e day, %H hour, %I hour of ' +
  'twelve with %p for AM or PM, %M minute, %S second, %f fraction of a second, %z offset such as +0200, %% a percent sign.'

function requireZone(name: string): Zone {
  const found = zoneOf(name)
  if (found === null) throw new Fault(unknownZone({ zone: name }))
  return found
}

function checkPart(name: string): string {
  if (!dateParts.includes(name)) throw new Fault(unknownPart({ part: name, parts: dateParts.join(', ') }))
  return name
}

/** How dates and times are written in columns of data files. */
const columnFormats: readonly { readonly format: string; readonly pattern: string; readonly named?: string }[] = [
  { format: '%Y-%m-%d', pattern: '^\\d{4}-\\d{1,2}-\\d{1,2}$' },
  { format: '%d.%m.%Y', pattern: '^\\d{1,2}\\.\\d{1,2}\\.\\d{4}$' },
  { format: '%d/%m/%Y', pattern: '^\\d{1,2}/\\d{1,2}/\\d{4}$' },
  { format: '%m/%d/%Y', pattern: '^\\d{1,2}/\\d{1,2}/\\d{4}$' },
  { format: '%d.%m.%y', pattern: '^\\d{1,2}\\.\\d{1,2}\\.\\d{2}$' },
  { format: '%Y-%m-%dT%H:%M:%SZ', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$' },
  { format: '%Y-%m-%dT%H:%M:%S.%fZ', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z$' },
  { format: '%Y-%m-%dT%H:%M:%S', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d$' },
  { format: '%Y-%m-%d %H:%M:%S', pattern: '^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$' },
  { format: '%Y-%m-%d %H:%M', pattern: '^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d$' },
  { format: '%d.%m.%Y %H:%M', pattern: '^\\d{1,2}\\.\\d{1,2}\\.\\d{4} \\d\\d:\\d\\d$' },
  { format: '%d.%m.%Y %H:%M:%S', pattern: '^\\d{1,2}\\.\\d{1,2}\\.\\d{4} \\d\\d:\\d\\d:\\d\\d$' },
  { format: '%Y%m%d', pattern: '^(?:19|20)\\d{6}$', named: 'dat(?:e|o)|^day$|^dag$' },
]

/** A format as people write it: `dd.mm.yyyy`. */
function writtenFormat(format: string): string {
  const signs: Readonly<Record<string, string>> = {
    Y: 'yyyy',
    y: 'yy',
    m: 'mm',
    d: 'dd',
    H: 'hh',
    M: 'mm',
    S: 'ss',
    f: 'f',
  }
  return format.replace(/%(\w)/g, (_, sign: string) => signs[sign] ?? sign)
}

type Conversion = (value: Value) => Value | undefined

/** Finds the conversion for a zone and a format; throws the problem where there is none. */
type Prepare = (zone: string, format: string) => Conversion

function checkFormat(format: string, reading: boolean): void {
  const reason = formatFault(format, reading)
  if (reason !== null) throw new Fault(badTimeFormat({ format, reason }))
}

const prepareReader: Prepare = (zoneName, format) => {
  checkFormat(format, true)
  const read = timeReader(format, requireZone(zoneName))
  return (value) => (typeof value === 'string' ? read(value) : undefined)
}

const prepareWriter: Prepare = (zoneName, format) => {
  checkFormat(format, false)
  const write = timeWriter(format, requireZone(zoneName))
  return (value) => (value instanceof DateTime || value instanceof Day ? write(value) : undefined)
}

/** Compiles a call with a zone and a format: prepared once where both are constant, otherwise kept for the last seen. */
function compileConversion(call: Call, prepare: Prepare): Eval {
  const values = call.eval('values')
  const fixedZone = call.args['timezone-name'] === undefined ? 'UTC' : call.constant('timezone-name')
  const fixedFormat = call.constant('formatstring')
  if (typeof fixedZone === 'string' && typeof fixedFormat === 'string') {
    try {
      return mapValues(values, prepare(fixedZone, fixedFormat))
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      call.report(error.problem)
      return () => null
    }
  }
  const zoneName = call.optional('timezone-name')
  const format = call.eval('formatstring')
  let last = { zone: '', format: '', evaluate: (() => null) as Eval }
  return (frame) => {
    const z = zoneName === null ? 'UTC' : zoneName(frame)
    const f = format(frame)
    if (typeof z !== 'string' || typeof f !== 'string') return null
    if (z !== last.zone || f !== last.format) last = { zone: z, format: f, evaluate: mapValues(values, prepare(z, f)) }
    return last.evaluate(frame)
  }
}

function mapValues(values: Eval, convert: Conversion): Eval {
  return (frame) => {
    const value = values(frame)
    if (value === null) return null
    if (!Array.isArray(value)) return convert(value) ?? null
    frame.ctx.spend(value.length)
    const results: Value[] = []
    for (const item of value) {
      const converted = convert(item)
      if (converted !== undefined) results.push(converted)
    }
    return results
  }
}

function toDateTime(value: Value): Value | undefined {
  if (value instanceof DateTime) return value
  if (typeof value === 'number') return Number.isInteger(value) ? (fromNanos(BigInt(value)) ?? undefined) : undefined
  if (typeof value === 'bigint') return fromNanos(value) ?? undefined
  const read = typeof value === 'string' ? readTime(value) : value
  return read instanceof Day ? new DateTime(read.days * 86_400, 0) : read instanceof DateTime ? read : undefined
}

export const dateAndTimeFunctions = [
  expression({
    name: 'datetime',
    group: 'date and time',
    doc,
    says: 'Turns texts and integers into datetimes.',
    more:
      'A text must be written as "2021-05-17T08:30:00Z", with a fraction of up to nine digits where there is one, or be a ' +
      `date alone, which means its midnight. An integer counts nanoseconds since 1970. Use \`datetime-parse\` for other texts. ${castWords}`,
    sentence: '{values} as a datetime',
    chain: 'datetime, else {function}',
    takes: castArguments,
    gives: 'datetime',
    examples: [
      { dtl: ['datetime', '_S.seen'], source: { seen: '2021-05-17T08:30:00.5Z' }, gives: '~t2021-05-17T08:30:00.5Z' },
      { dtl: ['datetime', ['list', 1000000000, 'yesterday']], gives: ['~t1970-01-01T00:00:01Z'] },
      { dtl: ['datetime', '~t2000-01-01T00:00:00Z', 'yesterday'], gives: '~t2000-01-01T00:00:00Z' },
    ],
    run: cast(toDateTime),
  }),

  expression({
    name: 'datetime-parse',
    common: 8,
    group: 'date and time',
    doc,
    says: 'Reads texts of a given format as datetimes.',
    more:
      `${tokenWords} %z must be the last token; it takes precedence over the time zone. What the format lacks is taken from midnight, ` +
      '1 January 1900. A time that was skipped when the clock was put forward is read as if it had not been; one that ' +
      'occurred twice is the second, in standard time. Values that do not fit the format are left out.',
    sentence: '{values} read as a date in the form {formatstring} in the time zone {timezone-name}',
    takes: [
      zoneArgument,
      formatArgument,
      one('values', 'any', { says: 'A text, or a list of texts.', items: 'string' }),
    ],
    gives: 'datetime',
    converts: [
      ['datetime-parse', '%Y-%m-%d', '_.'],
      ['datetime-parse', '%Y-%m-%dT%H:%M:%SZ', '_.'],
      ['datetime-parse', '%Y-%m-%dT%H:%M:%S', '_.'],
      ['datetime-parse', '%Y-%m-%d %H:%M:%S', '_.'],
      ['datetime-parse', '%d.%m.%Y', '_.'],
      ['datetime-parse', '%d.%m.%Y %H:%M', '_.'],
      ['datetime-parse', '%d/%m/%Y', '_.'],
      ['datetime-parse', '%m/%d/%Y', '_.'],
    ],
    reads: columnFormats.map(({ pattern, format, ...more }, place) => ({
      shape: /%[HIMSf]/.test(format) ? 'time' : 'date',
      rank: 20 + place,
      pattern,
      ...more,
      format: writtenFormat(format),
      dtl: ['datetime-parse', format, '_.'],
    })),
    examples: [
      {
        dtl: ['datetime-parse', '%d/%m/%Y', '_S.born'],
        source: { born: '17/05/1814' },
        gives: '~t1814-05-17T00:00:00Z',
      },
      {
        dtl: ['datetime-parse', 'America/New_York', '%m/%d/%y %I:%M %p', '12/24/21 06:15 PM'],
        gives: '~t2021-12-24T23:15:00Z',
      },
      { dtl: ['datetime-parse', '%H.%M%z', ['list', '8.30+01:00', 'noon']], gives: ['~t1900-01-01T07:30:00Z'] },
    ],
    compile: (call) => compileConversion(call, prepareReader),
  }),

  expression({
    name: 'datetime-format',
    group: 'date and time',
    doc,
    says: 'Writes datetimes as texts of a given format.',
    more: `${tokenWords} %f writes six digits, so nanoseconds are lost. A date is its midnight. Values that are not datetimes are left out.`,
    sentence: '{values} written as {formatstring} in the time zone {timezone-name}',
    takes: [
      { ...zoneArgument, says: 'The time zone whose clock is written; UTC when left out.' },
      formatArgument,
      one('values', 'any', { says: 'A datetime, or a list of them.', items: 'datetime' }),
    ],
    gives: 'string',
    examples: [
      {
        dtl: ['datetime-format', '%d.%m.%Y', '_S.due'],
        source: { due: '~t2021-05-07T22:00:00Z' },
        gives: '07.05.2021',
      },
      {
        dtl: ['datetime-format', 'Europe/Oslo', '%e.%m. %H:%M %z', '~t2021-05-07T22:30:00Z'],
        gives: '8.05. 00:30 +0200',
      },
      { dtl: ['datetime-format', '%I %p', ['list', '~t2021-05-07T00:00:00Z', 'x']], gives: ['12 AM'] },
    ],
    compile: (call) => compileConversion(call, prepareWriter),
  }),

  expression({
    name: 'datetime-plus',
    group: 'date and time',
    doc,
    says: 'Adds a number of years, months, days or smaller parts to datetimes.',
    more:
      'A negative number goes back. Where the month has no such day (31 January and one month), its last day is taken. ' +
      'Null outside of the years 1 to 9999. Values that are not datetimes are left out.',
    sentence: '{values} plus {value} {datepart}',
    takes: [
      partArgument,
      first('value', 'integer', { says: 'How many, negative to go back.', placeholder: '1' }),
      timesArgument,
    ],
    gives: 'datetime',
    examples: [
      {
        dtl: ['datetime-plus', 'day', 14, '_S.invoiced'],
        source: { invoiced: '~t2021-02-20T00:00:00Z' },
        gives: '~t2021-03-06T00:00:00Z',
      },
      { dtl: ['datetime-plus', 'month', 1, '~t2024-01-31T12:00:00Z'], gives: '~t2024-02-29T12:00:00Z' },
      {
        dtl: ['datetime-plus', 'minute', -90, ['list', '~t2021-01-01T01:00:00Z', 1]],
        gives: ['~t2020-12-31T23:30:00Z'],
      },
    ],
    run: (name, amount, value) => plusParts(value, checkPart(name), amount),
  }),

  expression({
    name: 'datetime-diff',
    group: 'date and time',
    doc,
    says: 'Counts the years, months, days or smaller parts from the second datetime to the first.',
    more:
      'Negative when the first is the earlier one. Only whole parts count: eleven months are not a year. Null when one of ' +
      'the two is not a datetime.',
    sentence: 'the time from {enddate} to {startdate} in {datepart}',
    variants: dateParts.map((part) => ({
      argument: 'datepart',
      is: part,
      sentence: `the time from {enddate} to {startdate} in ${part}s`,
    })),
    takes: [
      partArgument,
      first('startdate', 'datetime', { says: 'The datetime to count to.' }),
      first('enddate', 'datetime', { says: 'The datetime to count from.' }),
    ],
    gives: 'integer',
    examples: [
      {
        dtl: ['datetime-diff', 'hour', '_S.out', '_S.in'],
        source: { in: '~t2021-05-17T08:00:00Z', out: '~t2021-05-17T15:59:00Z' },
        gives: 7,
      },
      { dtl: ['datetime-diff', 'year', '~t1990-06-15T00:00:00Z', '~t2021-06-14T00:00:00Z'], gives: -30 },
    ],
    run: (name, a, b) => differenceInParts(a, b, checkPart(name)),
  }),

  expression({
    name: 'datetime-shift',
    group: 'date and time',
    doc,
    says: 'Moves datetimes from the clock of one time zone to that of another.',
    more:
      'For datetimes that were read as UTC although they are local times: from their zone to "UTC" makes them right. ' +
      'Values that are not datetimes are left out.',
    sentence: '{values} moved from {from-timezone} to {to-timezone}',
    takes: [
      one('from-timezone', 'string', { says: 'The zone whose clock the datetimes show.', names: 'timezone' }),
      one('to-timezone', 'string', { says: 'The zone whose clock they shall show.', names: 'timezone' }),
      timesArgument,
    ],
    gives: 'datetime',
    examples: [
      {
        dtl: ['datetime-shift', 'Asia/Tokyo', 'UTC', '_S.at'],
        source: { at: '~t2021-03-01T09:00:00Z' },
        gives: '~t2021-03-01T00:00:00Z',
      },
      {
        dtl: ['datetime-shift', 'UTC', 'Asia/Kolkata', ['list', '~t2021-03-01T00:00:00Z', 'x']],
        gives: ['~t2021-03-01T05:30:00Z'],
      },
    ],
    run: (from, to, value) => {
      const utc = requireZone(from).toUtc(secondsOf(value))
      return dateTime(utc + requireZone(to).offset(utc), value instanceof DateTime ? value.nanos : 0) ?? undefined
    },
  }),

  expression({
    name: 'now',
    group: 'date and time',
    doc,
    says: 'Gives the current time.',
    more:
      'It is the same everywhere in the rules for one entity, but another one each time the entity is processed: a pipe ' +
      'that runs again changes its output.',
    sentence: 'now',
    deterministic: false,
    takes: [],
    gives: 'datetime',
    examples: [
      { dtl: ['now'], satisfies: 'is-datetime' },
      { dtl: ['gt', ['now'], '~t2020-01-01T00:00:00Z'], gives: true },
    ],
    run: (ctx) => ctx.now(),
  }),

  typeTest({
    name: 'is-datetime',
    group: 'date and time',
    doc,
    type: 'a datetime',
    more: 'A date counts as one: everything that takes datetimes takes dates as their midnight.',
    examples: [
      { dtl: ['is-datetime', '_S.at'], source: { at: '~t2021-03-01T09:00:00Z' }, gives: true },
      { dtl: ['is-datetime', '2021-03-01T09:00:00Z'], gives: false },
    ],
    test: (value) => value instanceof DateTime || value instanceof Day,
  }),
]
