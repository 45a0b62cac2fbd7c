/** The work that transforms are measured by: rules over customers, and the same by hand. */
import type { JsonObject } from '../../../entity/value.ts'

/** The rules that are measured. */
export const rules: JsonObject = {
  default: [
    ['filter', ['eq', '_S.active', true]],
    ['copy', '*', ['list', 'password', 'phone']],
    ['add', 'name', ['concat', ['upper', '_S.last'], ', ', '_S.first']],
    ['if', ['gte', '_S.age', 18], ['add', 'group', 'adult'], ['add', 'group', 'minor']],
    ['add', 'total', ['sum', ['map', ['*', '_.price', '_.quantity'], '_S.lines']]],
    ['add', 'city', ['upper', '_S.address.city']],
    ['rename', 'phone', 'telephone'],
    ['add', 'since', ['datetime-format', '%Y-%m-%d', ['datetime-parse', '%d.%m.%Y %H:%M', '_S.registered']]],
  ],
}

/** The same by hand: any properties, the known ones by name. */
export function byHand(source: Record<string, unknown>): Record<string, unknown> | null {
  if (source.active !== true) return null
  const target: Record<string, unknown> = {}
  for (const key in source) if (key !== 'password' && key !== 'phone') target[key] = source[key]
  target.name = `${String(source.last).toUpperCase()}, ${source.first}`
  target.group = Number(source.age) >= 18 ? 'adult' : 'minor'
  let total = 0
  for (const line of source.lines as { price: number; quantity: number }[]) total += line.price * line.quantity
  target.total = total
  target.city = String((source.address as { city: string }).city).toUpperCase()
  target.telephone = source.phone
  target.since = isoDay(String(source.registered))
  return target
}

/** `24.12.2021 08:15` as a day, by way of a moment in time, as a careful programmer does it. */
function isoDay(text: string): string {
  const day = Number(text.slice(0, 2))
  const month = Number(text.slice(3, 5))
  const year = Number(text.slice(6, 10))
  const time = Date.UTC(year, month - 1, day, Number(text.slice(11, 13)), Number(text.slice(14, 16)))
  const date = new Date(time)
  return `${date.getUTCFullYear()}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`
}

function pad(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}
