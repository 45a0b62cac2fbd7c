/** Reading the settings of a part by their type, with what counts where they are absent. */
import { get } from '../../entity/dict.ts'
import { compareText } from '../../entity/order.ts'
import { encodeTransit } from '../../entity/transit.ts'
import { Float, isObject, type Json, type JsonObject, type Value } from '../../entity/value.ts'

/** A text setting, or the default where it is absent or no text. */
export function textSetting(config: JsonObject, key: string): string | undefined
export function textSetting(config: JsonObject, key: string, otherwise: string): string
export function textSetting(config: JsonObject, key: string, otherwise?: string): string | undefined {
  const value = get(config, key)
  return typeof value === 'string' ? value : otherwise
}

/** A true or false setting; the texts of the two count too, as variables often give them. */
export function flagSetting(config: JsonObject, key: string): boolean | undefined
export function flagSetting(config: JsonObject, key: string, otherwise: boolean): boolean
export function flagSetting(config: JsonObject, key: string, otherwise?: boolean): boolean | undefined {
  const value = get(config, key)
  if (typeof value === 'boolean') return value
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true'
  return otherwise
}

/** A number setting; texts of numbers count too. */
export function numberSetting(config: JsonObject, key: string): number | undefined
export function numberSetting(config: JsonObject, key: string, otherwise: number): number
export function numberSetting(config: JsonObject, key: string, otherwise?: number): number | undefined {
  const value = get(config, key)
  if (typeof value === 'number') return value
  if (value instanceof Float) return value.value
  if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) return Number(value)
  return otherwise
}

/** A list of texts, where one text alone means a list of it; undefined where absent. */
export function textListSetting(config: JsonObject, key: string): readonly string[] | undefined {
  const value = get(config, key)
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined
}

/** An object setting; empty where absent or something else. */
export function objectSetting(config: JsonObject, key: string): JsonObject {
  const value = get(config, key)
  return isObject(value) ? value : {}
}

/** The setting of the operation of a REST system or of the part itself, which wins. */
export function operationSetting(part: JsonObject, otherwise: JsonObject, key: string): Json | undefined {
  const own = get(part, key)
  return own === undefined ? get(otherwise, key) : own
}

/** Whether a position (`_updated`) of a source lies behind another one: numbers by value, others by their text. */
export function isLaterPosition(a: Value, b: Value): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a > b
  return compareText(String(encodeTransit(a)), String(encodeTransit(b))) > 0
}

/** The position that a source reads from: that of the run before, else the configured one; null where it keeps none. */
export function positionToReadFrom(config: JsonObject, keeps: boolean, since: unknown): unknown {
  return keeps ? (since ?? get(config, 'initial_since_value') ?? null) : null
}

/** How positions are kept, by the three properties in their documented order of precedence. */
export function sinceStrategy(
  config: JsonObject,
  supports: boolean,
  comparable: boolean,
  chronological: boolean,
): 'chronological' | 'max' | null {
  if (!flagSetting(config, 'supports_since', supports)) return null
  if (flagSetting(config, 'is_chronological', chronological)) return 'chronological'
  return flagSetting(config, 'is_since_comparable', comparable) ? 'max' : null
}
