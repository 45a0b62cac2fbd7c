/**
 * Filters, tests, methods and global functions are declared in one way: name, arguments with their defaults, behaviour.
 * Everything that lists or checks them reads the declarations.
 */
import { typeError } from './error.ts'
import type { RenderState } from './state.ts'
import type { CallArguments, JinjaValue } from './values.ts'

/** Marks an argument that must be given. */
export const requiredArgument = Symbol('required')

/** The arguments after the value itself, in their order, with their defaults. */
export type Parameters = Readonly<Record<string, JinjaValue | typeof requiredArgument>>

interface NamedRoutine {
  readonly name: string
  readonly alias?: readonly string[]
}

/** A routine with a fixed list of arguments. */
export interface FixedRoutine extends NamedRoutine {
  readonly takes: Parameters
  readonly run: (state: RenderState, value: JinjaValue, ...args: JinjaValue[]) => JinjaValue
}

/** A routine that takes any arguments. */
interface VariadicRoutine extends NamedRoutine {
  readonly variadic: (state: RenderState, value: JinjaValue, args: CallArguments) => JinjaValue
}

export type Routine = FixedRoutine | VariadicRoutine

/** Declares a routine; the value is the declaration itself. */
export function routine<R extends Routine>(declaration: R): R {
  return declaration
}

/** Calls a routine for a value with the arguments of a call. */
export function invokeRoutine(called: Routine, state: RenderState, value: JinjaValue, args: CallArguments): JinjaValue {
  state.spend(1)
  if ('variadic' in called) return called.variadic(state, value, args)
  return called.run(state, value, ...bindArguments(called.name, called.takes, args))
}

/** The values of the parameters in their order; fails on missing, unknown and double arguments, as Python does. */
export function bindArguments(name: string, takes: Parameters, { positional, named }: CallArguments): JinjaValue[] {
  const parameters = Object.entries(takes)
  if (positional.length > parameters.length)
    throw typeError(`${name}() takes at most ${parameters.length} arguments (${positional.length} given)`)
  for (const key of named.keys()) {
    const index = parameters.findIndex(([parameter]) => parameter === key)
    if (index < 0) throw typeError(`${name}() got an unexpected keyword argument '${key}'`)
    if (index < positional.length) throw typeError(`${name}() got multiple values for argument '${key}'`)
  }
  return parameters.map(([parameter, otherwise], index) => {
    const given = index < positional.length ? positional[index] : named.get(parameter)
    if (given !== undefined) return given
    if (otherwise === requiredArgument) throw typeError(`${name}() missing required argument: '${parameter}'`)
    return otherwise
  })
}

/** Routines by their names and aliases. */
export function routinesByName(declared: readonly Routine[]): ReadonlyMap<string, Routine> {
  const byName = new Map<string, Routine>()
  for (const each of declared) for (const name of [each.name, ...(each.alias ?? [])]) byName.set(name, each)
  return byName
}
