/** Looking up the attribute that a filter names: `'address.city'`, `'name,age'`, `0`. */
import { truth } from '../compare.ts'
import type { RenderState } from '../state.ts'
import { type JinjaValue, PyList, stringOf, Undefined } from '../values.ts'

function pathOf(attribute: JinjaValue): JinjaValue[] {
  if (attribute === null) return []
  const text = stringOf(attribute)
  if (text === undefined) return [attribute]
  return text.split('.').map((part) => (/^\p{Nd}+$/u.test(part) ? Number(part) : part))
}

/** Gives the value at a path of an item; `otherwise` stands in for what is undefined. */
export function attributeGetter(
  state: RenderState,
  attribute: JinjaValue,
  otherwise: JinjaValue = null,
  after: (value: JinjaValue) => JinjaValue = (value) => value,
): (item: JinjaValue) => JinjaValue {
  const path = pathOf(attribute)
  return (item) => {
    let value = item
    for (const part of path) {
      value = state.registry.read(state, value, part, 'item')
      if (otherwise !== null && value instanceof Undefined) value = otherwise
    }
    return after(value)
  }
}

/** Gives the values at several paths as a list to sort by. */
export function attributesGetter(
  state: RenderState,
  attributes: JinjaValue,
  after: (value: JinjaValue) => JinjaValue,
): (item: JinjaValue) => JinjaValue {
  const text = stringOf(attributes)
  const getters = (text === undefined ? [attributes] : text.split(',')).map((each) =>
    attributeGetter(state, each, null, after),
  )
  return (item) => new PyList(getters.map((getter) => getter(item)))
}

/** Texts in lower case, so that they compare without regard to case; other values as they are. */
export function ignoringCase(caseSensitive: JinjaValue): (value: JinjaValue) => JinjaValue {
  if (truth(caseSensitive)) return (value) => value
  return (value) => stringOf(value)?.toLowerCase() ?? value
}
