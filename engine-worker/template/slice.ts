/** Slices of sequences, as Python has them. */
import { Bytes } from '../entity/value.ts'
import { typeError, valueError } from './error.ts'
import { asIndex, isIntegral } from './numbers.ts'
import { PyRange } from './objects.ts'
import type { RenderState } from './state.ts'
import { charactersOf } from './text.ts'
import { type JinjaValue, Markup, PyList, PyTuple, stringOf, typeName, Undefined } from './values.ts'

/** `value[from:to:step]` */
export function slice(
  value: JinjaValue,
  from: JinjaValue,
  to: JinjaValue,
  by: JinjaValue,
  state: RenderState,
): JinjaValue {
  if (value instanceof Undefined) value.fail()
  const length = lengthForSlice(value)
  if (length === null) throw typeError(`'${typeName(value)}' object has no slices`)
  const boundOf = (each: JinjaValue): number | undefined => {
    if (each === null) return undefined
    if (!isIntegral(each)) throw typeError('slice indices must be integers or None')
    return asIndex(each)
  }
  const step = boundOf(by) ?? 1
  if (step === 0) throw valueError('slice step cannot be zero')
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1]
  const clamp = (index: number) => Math.min(Math.max(index < 0 ? index + length : index, low), high)
  const [first, last] = [boundOf(from), boundOf(to)]
  const start = first === undefined ? (step > 0 ? low : high) : clamp(first)
  const stop = last === undefined ? (step > 0 ? high : low) : clamp(last)
  if (value instanceof PyRange) return new PyRange(value.at(start), value.at(stop), value.step * step)
  const count = Math.max(0, Math.ceil((stop - start) / step))
  state.spend(Math.ceil(count / 16))
  const pickedItems = <T>(items: ArrayLike<T>) =>
    Array.from({ length: count }, (_, index) => items[start + index * step] as T)
  if (value instanceof PyList) return new PyList(pickedItems(value.items))
  if (value instanceof PyTuple) return new PyTuple(pickedItems(value.items))
  if (value instanceof Bytes) return new Bytes(Uint8Array.from(pickedItems(value.data)))
  const text = pickedItems(charactersOf(stringOf(value) ?? '')).join('')
  return value instanceof Markup ? new Markup(text) : text
}

function lengthForSlice(value: JinjaValue): number | null {
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyRange) return value.length()
  if (value instanceof Bytes) return value.data.length
  const text = stringOf(value)
  return text === undefined ? null : charactersOf(text).length
}
