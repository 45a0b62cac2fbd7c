/**
 * The values an entity can hold, as JavaScript represents them in memory.
 *
 * The common values are JavaScript's own, so that reading, transforming and printing stay fast; the rest are small
 * immutable classes. Two invariants make number types exact and cheap to test:
 *
 * - an **integer** is a `number` when it is a safe integer, otherwise a `bigint` (never a `bigint` in the safe range);
 * - a **float** is a `number` when it has a fraction, otherwise a {@link Float} (`1.0`, `1e300`).
 *
 * So `1` and `1.0` differ, `typeof v === 'number' && Number.isInteger(v)` is "integer", and arithmetic on plain numbers
 * needs no look-up. Build numbers with {@link integer} and {@link float}, which keep the invariants.
 *
 * See "Entity data model" in the Sesam documentation.
 */
// The type alone: the library is loaded where decimals are calculated with, which the first screen does not do.
import type { Decimal as ExactNumber } from 'decimal.js'

/** A float whose value is integral (or not finite), kept apart from the integer of the same value. */
export class Float {
  constructor(readonly value: number) {}
}

/**
 * A number of a configuration text that its value does not print as (`1e400`, `1.50`, `-0`), with its text, so that it is
 * written back as it came. Only {@link Json} that was read for printing again holds such numbers; the engine never does.
 */
export class NumberLiteral extends Float {
  constructor(
    value: number,
    readonly text: string,
  ) {
    super(value)
  }
}

/**
 * An arbitrary-precision decimal, `~f` in transit. `text` is how it was written, so that `4.20` prints as `4.20`; a
 * decimal that is only passed on is never parsed.
 */
export class Decimal {
  /** @param parsed its value as a number to calculate with; null until `decimalValue` (bigdecimal.ts) is asked */
  constructor(
    public parsed: ExactNumber | null,
    readonly text: string | null = null,
  ) {}
}

/** A namespaced identifier, `~:namespace:id` in transit; `text` is without the `~:`. */
export class NI {
  constructor(readonly text: string) {}
}

/** A URI, `~r` in transit. */
export class URI {
  constructor(readonly text: string) {}
}

/** A UUID, `~u` in transit; lower-case text with hyphens. */
export class UUID {
  constructor(readonly text: string) {}
}

/** Binary data, `~b` (base64) in transit. */
export class Bytes {
  constructor(readonly data: Uint8Array) {}
}

/** A moment in UTC with nanoseconds: whole seconds since 1970 (negative before) and 0 to 999,999,999 nanoseconds. */
export class DateTime {
  constructor(
    readonly seconds: number,
    readonly nanos: number,
  ) {}
}

/** A calendar date without time: days since 1970-01-01. */
export class Day {
  constructor(readonly days: number) {}
}

/** A JSON object in memory. Read keys that come from data with `get` and write them with `put` (entity/dict.ts). */
export interface Dict {
  [key: string]: Value
}

/** Everything DTL can compute and an entity can hold. A missing property evaluates to `null`. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Float
  | Decimal
  | NI
  | URI
  | UUID
  | Bytes
  | DateTime
  | Day
  | Value[]
  | Dict

/** A root entity: `_id` is a string; `_deleted`, `_updated`, `_previous`, `_hash`, `_ts` are the store's fields. */
export type Entity = Dict

/** JSON of a configuration: read losslessly, so floats and large integers are exact. */
export type Json = null | boolean | number | bigint | Float | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** A JSON object and not a list, null or number object. */
export function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json) && !(json instanceof Float)
}

/** The object that JSON is; an empty one where it is anything else, or absent. */
export function objectOrEmpty(json: Json | undefined): JsonObject {
  return isObject(json) ? json : {}
}

/** The smallest exact representation of an integer. */
export function integer(value: bigint | number): number | bigint {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? (value === 0 ? 0 : value) : BigInt(value)
  return value >= MIN_SAFE && value <= MAX_SAFE ? Number(value) : value
}

/** A float: a plain number when it has a fraction, boxed otherwise. */
export function float(value: number): number | Float {
  return Number.isInteger(value) || !Number.isFinite(value) ? new Float(value) : value
}

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER)
const MIN_SAFE = BigInt(Number.MIN_SAFE_INTEGER)

/** The names of the value types, in Sesam's words. */
export type Kind =
  | 'null'
  | 'boolean'
  | 'integer'
  | 'float'
  | 'decimal'
  | 'string'
  | 'ni'
  | 'uri'
  | 'uuid'
  | 'bytes'
  | 'datetime'
  | 'date'
  | 'list'
  | 'dict'

/** The type of a value. */
export function kindOf(value: Value): Kind {
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'float'
    case 'boolean':
      return 'boolean'
    case 'bigint':
      return 'integer'
    default:
  }
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  if (value instanceof NI) return 'ni'
  if (value instanceof DateTime) return 'datetime'
  if (value instanceof Float) return 'float'
  if (value instanceof Decimal) return 'decimal'
  if (value instanceof URI) return 'uri'
  if (value instanceof Bytes) return 'bytes'
  if (value instanceof UUID) return 'uuid'
  if (value instanceof Day) return 'date'
  return 'dict'
}

/** Whether a value is a dict (and not one of the value classes). */
export function isDict(value: Value | undefined): value is Dict {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isPlain(value)
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
