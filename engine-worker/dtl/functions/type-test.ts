/** The `is-…` functions: what type a value has. Only the first value of a list counts. */
import type { Value } from '../../entity/value.ts'
import { one } from '../argument.ts'
import { expression, type FunctionDeclaration } from '../define.ts'
import type { Example, Group } from '../signature.ts'

interface TypeTest<Name extends string> {
  readonly name: Name
  readonly group: Group
  readonly doc: string
  /** The type with its article: `a boolean`. */
  readonly type: string
  readonly more?: string
  readonly examples: readonly Example[]
  readonly test: (value: Value) => boolean
}

/** Declares an `is-…` function. */
export function typeTest<const Name extends string>({
  name,
  type,
  test,
  more,
  ...declaration
}: TypeTest<Name>): FunctionDeclaration<Name> {
  return expression({
    name,
    ...declaration,
    says: `Tells whether a value is ${type}.`,
    more: `Only the first value of a list counts. Null is not ${type}.${more ? ` ${more}` : ''}`,
    sentence: `{values} is ${type}`,
    takes: [one('values', 'any', { says: 'The value to look at.' })],
    gives: 'boolean',
    run: (values) => test(Array.isArray(values) ? (values[0] ?? null) : values),
  })
}
