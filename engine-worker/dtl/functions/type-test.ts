/** The `is-…` functions: what type a value has. Of a list only the first value is looked at. */
import type { Value } from '../../entity/value.ts'
import { one } from '../argument.ts'
import { expression, type FunctionDeclaration } from '../define.ts'
import type { Example, Group } from '../signature.ts'

interface TypeTest {
  readonly name: string
  readonly group: Group
  readonly doc: string
  /** The type with its article: `a boolean`. */
  readonly type: string
  readonly more?: string
  readonly examples: readonly Example[]
  readonly test: (value: Value) => boolean
}

/** Declares an `is-…` function. */
export function typeTest({ type, test, more, ...declaration }: TypeTest): FunctionDeclaration {
  return expression({
    ...declaration,
    says: `Tells whether a value is ${type}.`,
    more: `Of a list only the first value is looked at. Null is no ${type.replace(/^an? /, '')}.${more ? ` ${more}` : ''}`,
    sentence: `{values} is ${type}`,
    takes: [one('values', 'any', { says: 'The value to look at.' })],
    gives: 'boolean',
    run: (values) => test(Array.isArray(values) ? (values[0] ?? null) : values),
  })
}
