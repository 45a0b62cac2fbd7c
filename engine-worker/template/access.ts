/** Attributes, items and slices of values: `value.name`, `value[key]`, `value[from:to:step]`. */
import { Bytes, DateTime, Day, float } from '../entity/value.ts'
import { positive } from './arithmetic.ts'
import { typeError, valueError } from './error.ts'
import { methodsOf } from './methods.ts'
import { asIndex, isIntegral, isReal } from './numbers.ts'
import { PyRange, TimeDelta } from './objects.ts'
import { invokeRoutine } from './routine.ts'
import type { AccessOrder, RenderState } from './state.ts'
import { charactersOf } from './text.ts'
import { deltaAttribute, timeAttribute } from './time.ts'
import {
  type JinjaValue,
  Markup,
  PyDict,
  PyFunction,
  PyList,
  PyObject,
  PyTuple,
  stringOf,
  typeName,
  Undefined,
} from './values.ts'

/** The attribute or item of that key; an undefined value where there is neither. */
export function readItem(value: JinjaValue, key: JinjaValue, state: RenderState, order: AccessOrder): JinjaValue {
  if (value instanceof Undefined) {
    if (value.mode === 'chainable') return value
    value.fail()
  }
  const name = stringOf(key)
  const item = () => itemOf(value, key)
  const attribute = () => (name === undefined ? undefined : attributeOf(value, name, state))
  let found = order === 'attribute' ? attribute() : item()
  if (found === undefined) found = order === 'attribute' ? item() : attribute()
  if (found !== undefined) return found
  const written = name ?? (isReal(key) ? String(key) : typeName(key))
  if (name?.startsWith('__'))
    return new Undefined(`access to attribute '${name}' is unsafe`, 'strict', name, 'SecurityError')
  const where = value === null ? 'None' : `'${typeName(value)} object'`
  return state.undefined(written, `${where} has no attribute '${written}'`)
}

/** An attribute or method, or undefined where there is none. Nothing that begins with two underscores is one. */
export function attributeOf(value: JinjaValue, name: string, state: RenderState): JinjaValue | undefined {
  if (name.startsWith('__')) return undefined
  if (value instanceof PyObject) {
    const own = value.attribute(name)
    if (own !== undefined) return own
  }
  if (value instanceof DateTime || value instanceof Day) {
    const own = timeAttribute(value, name)
    if (own !== undefined) return own
  }
  if (value instanceof TimeDelta) {
    const own = deltaAttribute(value, name)
    if (own !== undefined) return own
  }
  if (name === 'real' || name === 'imag' || name === 'numerator' || name === 'denominator') {
    const own = numberPart(value, name)
    if (own !== undefined) return own
  }
  const method = methodsOf(value)?.get(name)
  if (method) return new PyFunction(name, (args) => invokeRoutine(method, state, value, args))
  return undefined
}

function numberPart(value: JinjaValue, name: string): JinjaValue | undefined {
  if (isIntegral(value)) return name === 'imag' ? 0 : name === 'denominator' ? 1 : positive(value)
  if (!isReal(value)) return undefined
  return name === 'real' ? value : name === 'imag' ? float(0) : undefined
}

/** The item, or undefined where the value has none of that key. */
function itemOf(value: JinjaValue, key: JinjaValue): JinjaValue | undefined {
  if (value instanceof PyDict) {
    if (key instanceof PyList || key instanceof PyDict) return undefined
    return value.get(key)
  }
  if (!isIntegral(key)) return undefined
  const index = asIndex(key)
  if (value instanceof PyList || value instanceof PyTuple) return value.items.at(index)
  if (value instanceof PyRange) {
    const at = index < 0 ? index + value.length() : index
    return at >= 0 && at < value.length() ? value.at(at) : undefined
  }
  if (value instanceof Bytes) return value.data.at(index)
  const text = stringOf(value)
  if (text === undefined) return undefined
  const character = charactersOf(text).at(index)
  return character === undefined || !(value instanceof Markup) ? character : new Markup(character)
}

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
  const bound = (each: JinjaValue): number | undefined => {
    if (each === null) return undefined
    if (!isIntegral(each)) throw typeError('slice indices must be integers or None')
    return asIndex(each)
  }
  const step = bound(by) ?? 1
  if (step === 0) throw valueError('slice step cannot be zero')
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1]
  const clamp = (index: number) => Math.min(Math.max(index < 0 ? index + length : index, low), high)
  const [first, last] = [bound(from), bound(to)]
  const start = first === undefined ? (step > 0 ? low : high) : clamp(first)
  const stop = last === undefined ? (step > 0 ? high : low) : clamp(last)
  if (value instanceof PyRange) return new PyRange(value.at(start), value.at(stop), value.step * step)
  const count = Math.max(0, Math.ceil((stop - start) / step))
  state.spend(Math.ceil(count / 16))
  const picked = <T>(items: ArrayLike<T>) =>
    Array.from({ length: count }, (_, index) => items[start + index * step] as T)
  if (value instanceof PyList) return new PyList(picked(value.items))
  if (value instanceof PyTuple) return new PyTuple(picked(value.items))
  if (value instanceof Bytes) return new Bytes(Uint8Array.from(picked(value.data)))
  const text = picked(charactersOf(stringOf(value) ?? '')).join('')
  return value instanceof Markup ? new Markup(text) : text
}

function lengthForSlice(value: JinjaValue): number | null {
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyRange) return value.length()
  if (value instanceof Bytes) return value.data.length
  const text = stringOf(value)
  return text === undefined ? null : charactersOf(text).length
}
