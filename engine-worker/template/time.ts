/** Moments in templates: the parts of a datetime, and writing one by a format (Python's `strftime`). */
import { formatFault, timeWriter } from '../dtl/time-format.ts'
import { zoneOf } from '../dtl/timezone.ts'
import { dateOf, printDate, printTime, toNanos } from '../entity/datetime.ts'
import { type DateTime, Day, float, integer } from '../entity/value.ts'
import { typeError, valueError } from './error.ts'
import { asFloat, isIntegral, isReal } from './numbers.ts'
import { TimeDelta } from './objects.ts'
import { type CallArguments, type JinjaValue, PyFunction, stringOf } from './values.ts'

const unitNanoseconds: Readonly<Record<string, bigint>> = {
  weeks: 604_800_000_000_000n,
  days: 86_400_000_000_000n,
  hours: 3_600_000_000_000n,
  minutes: 60_000_000_000n,
  seconds: 1_000_000_000n,
  milliseconds: 1_000_000n,
  microseconds: 1000n,
}
/** Python's order of the arguments by position. */
const positionalUnits = ['days', 'seconds', 'microseconds', 'milliseconds', 'minutes', 'hours', 'weeks']

/** `timedelta(days=…, hours=…, …)` */
export function timeDelta({ positional, named }: CallArguments): TimeDelta {
  let nanos = 0n
  const addUnit = (name: string, value: JinjaValue) => {
    const unit = unitNanoseconds[name]
    if (unit === undefined || !isReal(value)) throw typeError(`timedelta() got an unexpected argument '${name}'`)
    nanos += isIntegral(value) ? BigInt(value) * unit : BigInt(Math.round(asFloat(value) * Number(unit)))
  }
  for (const [index, value] of positional.entries()) addUnit(positionalUnits[index] ?? '', value)
  for (const [name, value] of named) addUnit(name, value)
  return new TimeDelta(nanos)
}

/** A moment by a format such as `%Y-%m-%d`, in UTC or a time zone. */
export function formatTime(value: DateTime | Day, format: string, zone = 'UTC'): string {
  const fault = formatFault(format, false)
  if (fault !== null) throw valueError(`the format ${format} cannot be used: ${fault}`)
  const found = zoneOf(zone)
  if (found === null) throw valueError(`there is no time zone ${zone}`)
  return timeWriter(format, found)(value)
}

/** The attributes and methods of a moment that templates use. */
export function timeAttribute(value: DateTime | Day, name: string): JinjaValue | undefined {
  const days = value instanceof Day ? value.days : Math.floor(value.seconds / 86_400)
  const seconds = value instanceof Day ? 0 : value.seconds - days * 86_400
  const date = dateOf(days)
  const nanos = value instanceof Day ? 0 : value.nanos
  const methodOf = (run: (args: CallArguments) => JinjaValue) => new PyFunction(name, run)
  switch (name) {
    case 'year':
      return date.year
    case 'month':
      return date.month
    case 'day':
      return date.day
    case 'hour':
      return Math.floor(seconds / 3600)
    case 'minute':
      return Math.floor(seconds / 60) % 60
    case 'second':
      return seconds % 60
    case 'microsecond':
      return Math.floor(nanos / 1000)
    case 'strftime':
      return methodOf(({ positional: [format = ''] }) => formatTime(value, stringOf(format) ?? ''))
    case 'isoformat':
      return methodOf(() => (value instanceof Day ? printDate(value.days) : printTime(value).replace(/Z$/, '')))
    case 'timestamp':
      return methodOf(() => float(Number(toNanos(value)) / 1e9))
    case 'date':
      return methodOf(() => new Day(days))
    case 'weekday':
      return methodOf(() => (((days + 3) % 7) + 7) % 7)
    case 'isoweekday':
      return methodOf(() => ((((days + 3) % 7) + 7) % 7) + 1)
    default:
      return undefined
  }
}

/** The attributes and methods of a span of time. */
export function deltaAttribute(value: TimeDelta, name: string): JinjaValue | undefined {
  const day = 86_400_000_000_000n
  const days = value.nanos / day - (value.nanos % day < 0n ? 1n : 0n)
  const rest = value.nanos - days * day
  switch (name) {
    case 'days':
      return integer(days)
    case 'seconds':
      return integer(rest / 1_000_000_000n)
    case 'microseconds':
      return integer((rest % 1_000_000_000n) / 1000n)
    case 'total_seconds':
      return new PyFunction(name, () => float(Number(value.nanos) / 1e9))
    default:
      return undefined
  }
}
