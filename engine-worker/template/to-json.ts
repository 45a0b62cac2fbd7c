/** JSON as the filter `tojson` writes it: keys in order, only ASCII, the signs of HTML escaped. */

import { printDecimal } from '../entity/decimal.ts'
import { Decimal } from '../entity/value.ts'
import { sortedBy } from './compare.ts'
import { typeError } from './error.ts'
import { asFloat, floatText, integerText, isFloating, isIntegral, toInteger } from './numbers.ts'
import type { RenderState } from './state.ts'
import { type JinjaValue, PyDict, PyList, PyTuple, stringOf, typeName } from './values.ts'

/** The JSON of a value, indented by a number of blanks or a text where one is given. */
export function toJson(value: JinjaValue, by: JinjaValue, state: RenderState): string {
  const unit = by === null ? null : (stringOf(by) ?? ' '.repeat(Math.max(0, Math.min(1000, Number(toInteger(by))))))
  const text = writeJson(value, unit, '\n', state).replace(/[<>&']/g, (sign) => escapeCode(sign))
  state.spendText(text.length)
  return text
}

function writeJson(value: JinjaValue, unit: string | null, line: string, state: RenderState): string {
  state.spend(1)
  const text = stringOf(value)
  if (text !== undefined) return jsonText(text)
  if (value === null || typeof value === 'boolean') return String(value)
  if (isIntegral(value)) return integerText(toInteger(value))
  if (isFloating(value)) return floatJson(asFloat(value))
  if (value instanceof Decimal) return printDecimal(value)
  const inner = unit === null ? '' : line + unit
  const encloseParts = (open: string, close: string, parts: readonly string[]) => {
    if (parts.length === 0) return open + close
    state.spendText(inner.length * parts.length)
    return unit === null ? open + parts.join(', ') + close : open + inner + parts.join(`,${inner}`) + line + close
  }
  if (value instanceof PyList || value instanceof PyTuple) {
    const parts = state.nested(() => value.items.map((item) => writeJson(item, unit, inner, state)))
    return encloseParts('[', ']', parts)
  }
  if (value instanceof PyDict) {
    const pairs = sortedBy(value.pairs(), ([key]) => key, false, state)
    const parts = state.nested(() =>
      pairs.map(([key, item]) => `${jsonText(keyText(key))}: ${writeJson(item, unit, inner, state)}`),
    )
    return encloseParts('{', '}', parts)
  }
  throw typeError(`Object of type ${typeName(value)} is not JSON serializable`)
}

function keyText(key: JinjaValue): string {
  const text = stringOf(key)
  if (text !== undefined) return text
  if (key === null || typeof key === 'boolean') return String(key)
  if (isIntegral(key)) return integerText(toInteger(key))
  if (isFloating(key)) return floatJson(asFloat(key))
  throw typeError(`keys must be str, int, float, bool or None, not ${typeName(key)}`)
}

function floatJson(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  return Number.isFinite(value) ? floatText(value) : value < 0 ? '-Infinity' : 'Infinity'
}

function jsonText(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (sign) => escapeCode(sign))
}

function escapeCode(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
}
