/**
 * Types that can be told from the text: a literal, or a function whose result has a known type, where another type is
 * needed. The call is then always null, which is allowed but hardly meant, so it is a warning.
 */
import { kindOf, type Value } from '../../entity/value.ts'
import { problem } from '../../problem.ts'
import type { Argument, ArgumentType } from '../argument.ts'
import type { FunctionDeclaration } from '../define.ts'
import type { GivenArgument } from '../tree/node.ts'
import { acceptOf, typeWords } from './accept.ts'
import { type CompilationUnit, type CompiledExpression, reportProblem } from './unit.ts'

const wrongType = problem<{ function: string; argument: string; expected: string; found: string }>({
  code: 'dtl-wrong-argument-type',
  severity: 'warning',
  says: (f) =>
    `“${f.function}” needs ${f.expected} as ${f.argument}, but this is ${f.found}; the result is always null.`,
  fix: () => 'Convert the value, for example with “string” or “integer”, or give another one.',
})

/** Reports arguments that can never have the type they need. `bound` are the written ones. */
export function checkTypes(
  unit: CompilationUnit,
  declaration: FunctionDeclaration,
  bound: readonly (readonly GivenArgument[])[],
  compiled: readonly (readonly CompiledExpression[])[],
): void {
  declaration.takes.forEach((argument, index) => {
    compiled[index]?.forEach((each, turn) => {
      const found = mismatch(argument, each)
      const given = bound[index]?.[turn]
      if (found === null || given === undefined) return
      const facts = { function: declaration.name, argument: argument.name, expected: typeWords(argument.type), found }
      reportProblem(unit, wrongType(facts), given.node.at)
    })
  })
}

const scalars: ReadonlySet<ArgumentType | 'same'> = new Set<ArgumentType>([
  'boolean',
  'string',
  'number',
  'integer',
  'float',
  'decimal',
  'ni',
  'uri',
  'uuid',
  'bytes',
  'datetime',
])
const numbers: ReadonlySet<ArgumentType | 'same'> = new Set<ArgumentType>(['number', 'integer', 'float', 'decimal'])

/** What is known of a value that does not fit, in words; null when it may fit. */
function mismatch(argument: Argument, { constant, gives }: CompiledExpression): string | null {
  const { mode, type } = argument
  const accepts = acceptOf(type)
  if (accepts === null || mode === 'fn' || mode === 'json' || mode === 'transforms') return null
  if (constant !== undefined) return fits(constant, mode, accepts) ? null : `of type ${kindOf(constant)}`
  const types: readonly ArgumentType[] = typeof type === 'string' ? [type] : type
  if (!scalars.has(gives) || !types.every((each) => scalars.has(each))) return null
  const possible = types.some((each) => each === gives || (numbers.has(each) && numbers.has(gives)))
  return possible ? null : `of type ${gives}`
}

/** Null stands for a missing value anywhere; of lists the elements are looked at when the call runs (read.ts). */
function fits(value: Value, mode: Argument['mode'], accepts: (value: Value) => boolean): boolean {
  return value === null || accepts(value) || (Array.isArray(value) && (mode !== 'value' || value.length === 1))
}
