/**
 * What was agreed about an environment: when it began, its terms, and what went wrong. The ends are computed as the terms
 * say (terms.rst: a cancellation counts from the month that follows the notice period, or from the end of a minimum term),
 * the points of a month as hub/legal-sla.rst says.
 */
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { addDays, addMonths, endOfMonth, minutesOf, monthOf } from './calendar.ts'
import { dayAt, listAt, memberText, numberAt } from './fields.ts'

/** Unplanned downtime or another breach of the service level. */
interface Incident {
  /** `yyyy-mm-dd`. */
  readonly day: string
  /** Minutes of downtime. */
  readonly minutes: number
  /** Points for reaction or correction times that were not kept. */
  readonly points: number
}

/** Days as `yyyy-mm-dd`, empty where not said. */
export interface Agreement {
  readonly start: string
  readonly minimumMonths: number
  readonly noticeMonths: number
  /** The first day of the year for which an amount of data is fixed. */
  readonly fixedFrom: string
  readonly note: string
  readonly incidents: readonly Incident[]
}

const MAX_INCIDENTS = 1000

/** Reads an agreement that was stored. */
export function readAgreement(json: JsonObject): Agreement {
  return {
    start: dayAt(json, 'start'),
    minimumMonths: Math.min(600, Math.round(numberAt(json, 'minimumMonths'))),
    noticeMonths: Math.min(600, Math.round(numberAt(json, 'noticeMonths'))),
    fixedFrom: dayAt(json, 'fixedFrom'),
    note: memberText(json, 'note'),
    incidents: listAt(json, 'incidents').flatMap(readIncident).slice(0, MAX_INCIDENTS),
  }
}

function readIncident(json: Json): Incident[] {
  if (!isObject(json) || dayAt(json, 'day') === '') return []
  return [{ day: dayAt(json, 'day'), minutes: numberAt(json, 'minutes'), points: Math.round(numberAt(json, 'points')) }]
}

/** The last day of the minimum term; null where there is none. */
export function minimumTermEnd({ start, minimumMonths }: Agreement): string | null {
  return start === '' || minimumMonths === 0 ? null : addDays(addMonths(start, minimumMonths), -1)
}

/** The last day of the agreement if notice is given on `today`. */
export function lastDayIfEnded(agreement: Agreement, today: string): string {
  const noticed = endOfMonth(addMonths(today, agreement.noticeMonths))
  const minimum = minimumTermEnd(agreement)
  return minimum !== null && minimum > noticed ? minimum : noticed
}

/** The last day of the year of fixed data; null without it. */
export function fixedDataEnd({ fixedFrom }: Agreement): string | null {
  return fixedFrom === '' ? null : addDays(addMonths(fixedFrom, 12), -1)
}

/** Points by hours of downtime in a month, from `hours` on (hub/legal-sla.rst). */
const downtimePoints = [
  { hours: 10, points: 25 },
  { hours: 6, points: 15 },
  { hours: 4, points: 12 },
  { hours: 2, points: 8 },
  { hours: 1, points: 4 },
] as const

interface ServiceLevel {
  /** Minutes of downtime. */
  readonly minutes: number
  /** Between 0 and 1. */
  readonly available: number
  readonly points: number
}

/** What became of the service level in a month (`yyyy-mm`). */
export function serviceLevelOf({ incidents }: Agreement, month: string): ServiceLevel {
  const own = incidents.filter(({ day }) => monthOf(day) === month)
  const minutes = own.reduce((sum, incident) => sum + incident.minutes, 0)
  const breaches = own.reduce((sum, { points }) => sum + points, 0)
  const { points } = downtimePoints.find(({ hours }) => minutes >= hours * 60) ?? { points: 0 }
  return { minutes, available: Math.max(0, 1 - minutes / minutesOf(month)), points: points + breaches }
}
