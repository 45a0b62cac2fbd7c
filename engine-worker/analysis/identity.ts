/** When two values are exactly the same: type by type, so that `1`, `1.0` and the decimal 1 differ, but in any key order. */
import { decimalValue } from '../entity/bigdecimal.ts'
import { get } from '../entity/dict.ts'
import { canonical } from '../entity/order.ts'
import { Decimal, Float, isDict, type Value } from '../entity/value.ts'

/** A text that two values share exactly when they are the same. */
export function identityOf(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(identityPart).join('')}`
  if (value instanceof Float) return `f${Object.is(value.value, -0) ? '-0' : value.value}`
  if (value instanceof Decimal) return `d${value.text ?? decimalValue(value).toString()}`
  if (!isDict(value)) return `v${canonical(value)}`
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${key.length}:${key}${identityPart(get(value, key) ?? null)}`).join('')}`
}

function identityPart(value: Value): string {
  const text = identityOf(value)
  return `${text.length}:${text}`
}
