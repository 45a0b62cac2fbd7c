/** Days of the calendar as `yyyy-mm-dd`, and months as `yyyy-mm`; a day that is past the end of a month is its last day. */

/** The day of a moment by UTC. `now`: nanoseconds since 1970, as the clock of the engine gives them. */
export function utcDay(now: bigint): string {
  return isoDate(new Date(Number(now / 1_000_000n)))
}

/** The day a number of months later, or earlier where negative. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0))
  return isoDate(new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate()))))
}

/** The day a number of days later, or earlier where negative. */
export function addDays(day: string, days: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return isoDate(new Date(Date.UTC(year, month - 1, date + days)))
}

/** The last day of the month that a day is in. */
export function endOfMonth(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return isoDate(new Date(Date.UTC(year, month, 0)))
}

/** The month that a day is in. */
export function monthOf(day: string): string {
  return day.slice(0, 7)
}

/** Minutes of a month. */
export function minutesOf(month: string): number {
  return Number(endOfMonth(`${month}-01`).slice(8)) * 24 * 60
}

function isoDate(date: Date): string {
  return date.toISOString().slice(0, 10)
}
