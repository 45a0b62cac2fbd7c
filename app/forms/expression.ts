/** What an expression is, and how it becomes another one: the pure part of editing as blocks. */
import { type Json, readConfig } from '../../engine-worker/index.ts'
import { isPath } from '../pipe/paths.ts'

export type ExpressionShape = 'property' | 'constant' | 'function' | 'json'

/** Whether a constant is what new arguments begin with. */
export function isDefaultValue(value: Json): boolean {
  return value === '' || value === true || value === null
}

/** The constant that a text is. */
export function constantOfText(text: string): Json {
  if (!/^(true|false|null|-?\d+(\.\d+)?([eE][+-]?\d+)?)$/.test(text.trim())) return text
  try {
    return readConfig(text.trim())
  } catch {
    return text
  }
}

/**
 * What an expression is; `literal` and what no other shape fits is edited as JSON. A text is a property when it is a
 * path, whatever characters its names have; `aliases` are those of the join or merge around.
 */
export function expressionShape(value: Json, aliases: readonly string[]): ExpressionShape {
  if (Array.isArray(value)) return typeof value[0] === 'string' ? 'function' : 'json'
  if (typeof value === 'string') return isPath(value, aliases) ? 'property' : 'constant'
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
    ? 'json'
    : 'constant'
}

/** The call around a value: it becomes the last argument, where functions take what they work on. */
export function wrappedInCall(call: Json, value: Json): Json {
  if (!Array.isArray(call)) return call
  return call.length === 1 ? [...call, value] : [...call.slice(0, -1), value]
}

/** Another function over the same arguments, as many as it takes. */
export function withArguments(call: Json, before: Json): Json {
  if (!Array.isArray(call) || !Array.isArray(before)) return call
  const kept = before.slice(1)
  return call.map((value, index) => (index === 0 ? value : (kept[kept.length - (call.length - index)] ?? value)))
}
