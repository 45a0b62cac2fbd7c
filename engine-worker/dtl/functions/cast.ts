/**
 * Casts: functions that turn values into one type. What cannot be turned is dropped from a list and gives null alone,
 * unless the call says what to use instead: an expression with `_` bound to the value.
 */
import type { Value } from '../../entity/value.ts'
import { type FunctionExpression, one, optionalFunctionExpression } from '../argument.ts'

/** The arguments of every cast. */
export const castArguments = [
  optionalFunctionExpression('function', {
    says: 'What to use where a value cannot be converted; "_." is that value. Left out: such values are dropped.',
  }),
  one('values', 'any', { says: 'A value, or a list of values.' }),
] as const

/** What a cast without a place of its own in the words says about failures. */
export const castWords =
  'Null alone stays null, and is left out of a list. A value that cannot be converted is left out of a list ' +
  'and gives null alone; with a default, the default is used instead.'

/** The `run` of a cast; `turn` gives undefined for what it cannot turn. */
export function cast(turn: (value: Value) => Value | undefined) {
  return (fallback: FunctionExpression | undefined, values: Value): Value => {
    if (values === null) return null
    if (!Array.isArray(values)) {
      const turned = turn(values)
      return turned !== undefined ? turned : fallback === undefined ? null : fallback(values)
    }
    const results: Value[] = []
    for (const value of values) {
      if (value === null) continue
      const turned = turn(value)
      if (turned !== undefined) results.push(turned)
      else if (fallback !== undefined) results.push(fallback(value))
    }
    return results
  }
}
