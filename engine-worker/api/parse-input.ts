/** What a person means by what is typed where a value is asked for. */
import { readJson } from '../entity/json.ts'
import { isObject, type Value } from '../entity/value.ts'

/** A number with all its digits, true or false, or the text itself. */
export function typedValue(text: string): Value {
  const bare = text.trim()
  if (bare === 'true' || bare === 'false') return bare === 'true'
  if (!/^[-+.]?\d/.test(bare)) return text
  try {
    const value = readJson(bare)
    return typeof value === 'string' || isObject(value) || Array.isArray(value) ? text : value
  } catch {
    // As people write them: 007, .5 and +3.
    return Number.isFinite(Number(bare)) ? Number(bare) : text
  }
}
