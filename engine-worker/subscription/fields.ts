/** Members of stored JSON that is not trusted: what is of another type counts as absent. */
import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'

/** A decimal text of money or an amount, as exact as an invoice states it or a division makes it. */
export function isFigure(text: string): boolean {
  return /^-?\d{1,60}(?:\.\d{1,60})?$/.test(text)
}

/** A day as `yyyy-mm-dd`. */
function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
}

export function objectAt(json: JsonObject, name: string): JsonObject {
  const value = get(json, name)
  return value !== undefined && isObject(value) ? value : {}
}

export function listAt(json: JsonObject, name: string): readonly Json[] {
  const value = get(json, name)
  return Array.isArray(value) ? value : []
}

export function memberText(json: JsonObject, name: string): string {
  const value = get(json, name)
  return typeof value === 'string' ? value : ''
}

/** A day as `yyyy-mm-dd`; empty where there is none. */
export function dayAt(json: JsonObject, name: string): string {
  const text = memberText(json, name)
  return isDay(text) ? text : ''
}

/** A number that is not negative; 0 where there is none. */
export function numberAt(json: JsonObject, name: string): number {
  const value = get(json, name)
  if (typeof value !== 'number' && typeof value !== 'bigint') return 0
  return Number.isFinite(Number(value)) ? Math.max(0, Number(value)) : 0
}
