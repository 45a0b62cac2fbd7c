/** Attributes, items and slices of values: `value.name`, `value[key]`, `value[from:to:step]`. */
import { Bytes, DateTime, Day, float } from '../entity/value.ts'
import { positive } from './arithmetic.ts'
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
  const itemValue = () => itemOf(value, key)
  const attributeValue = () => (name === undefined ? undefined : attributeOf(value, name, state))
  let found = order === 'attribute' ? attributeValue() : itemValue()
  if (found === undefined) found = order === 'attribute' ? itemValue() : attributeValue()
  if (found !== undefined) return found
  const written = name ?? (isReal(key) ? String(key) : typeName(key))
  if (name?.startsWith('__'))
    return new Undefined(`access to attribute '${name}' is unsafe`, 'strict', name, 'SecurityError')
  const where = value === null ? 'None' : `'${typeName(value)} object'`
  return state.undefined(written, `${where} has no attribute '${written}'`)
}

/** An attribute or method, or undefined where there is none. Names that begin with two underscores are refused. */
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
