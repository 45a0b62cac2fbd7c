/** How a service can be asked for what has changed only: the parameter that it takes, and the property that says when. */
import { isObject, type Json } from '../../entity/value.ts'
import type { ServiceCall } from './service.ts'

const parameterNames =
  /^(?:since|if-modified-since|date[-_]?(?:updated|modified)>|(?:(?:last[-_]?)?(?:updated|modified|changed)|update|change)(?:[-_]?(?:at|on|date|time|datetime))?(?:[-_.[]?(?:since|after|from|gte?|min)\]?)?|(?:changes?|updates?|modified|changed|updated)[-_]?since|min[-_]?(?:updated|modified)[-_]?(?:at|date)?)$/i
const propertyNames =
  /^(?:sys[-_]?)?(?:(?:date|time|last)[-_]?)?(?:updated?|modified|changed?|modification|updatedtime)(?:[-_]?(?:at|on|date|time|datetime|timestamp|utc))*$/i

/** A property that says when an entity changed. */
export interface ChangeProperty {
  readonly property: string
  /** The pattern of its times, as `datetime-parse` reads them; null where they are no times that it reads. */
  readonly format: string | null
}

/** What says that later times are asked for, and not one time alone. */
const isComparison = /since|after|from|gte?|min|>/i

/** Where a parameter that carries a position stands. */
export function sinceLocation(name: string): 'query' | 'header' {
  return /^if-modified-since$/i.test(name) ? 'header' : 'query'
}

/** The names of parameters that carry a position, the most certain first. */
export function sinceParameters({ parameters }: ServiceCall): readonly string[] {
  const found = parameters.filter((each) => parameterNames.test(each.name) && each.in === sinceLocation(each.name))
  const names = found.map(({ name }) => name)
  return names.toSorted((a, b) => Number(isComparison.test(b)) - Number(isComparison.test(a)))
}

/** The properties of an entity that say when it changed, the most certain first. */
export function changeProperties(item: Json | undefined): readonly ChangeProperty[] {
  if (!isObject(item)) return []
  const found = Object.entries(item).filter(
    ([name, value]) => propertyNames.test(name) && (typeof value === 'string' || typeof value === 'number'),
  )
  return found.map(([property, value]) => ({ property, format: timeFormat(value) }))
}

/** The pattern of a time as `datetime-parse` reads it; null for texts and numbers that are no times. */
function timeFormat(example: Json | undefined): string | null {
  if (typeof example !== 'string') return null
  const time = /^\d{4}-\d\d-\d\d([T ])\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/.exec(example)
  if (time === null) return /^\d{4}-\d\d-\d\d$/.test(example) ? '%Y-%m-%d' : null
  const [, between = 'T', fraction, zone] = time
  return `%Y-%m-%d${between}%H:%M:%S${fraction === undefined ? '' : '.%f'}${zone === undefined ? '' : zone === 'Z' ? 'Z' : '%z'}`
}
