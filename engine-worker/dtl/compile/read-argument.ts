/**
 * How one argument of a call is read: evaluated, taken the first of, checked against its declared type. The common
 * types are checked in place; a closure for each check would cost more than the check.
 */
import type { Value } from '../../entity/value.ts'
import type { Argument } from '../argument.ts'
import { firstOf } from '../coerce.ts'
import type { Eval, Frame } from '../evaluation.ts'
import { type Accept, acceptOf } from './accept.ts'
import type { CompiledExpression } from './unit.ts'

/** What `run` receives for one argument; {@link REJECTED} when the value has another type than declared. */
export type ArgumentReader = (frame: Frame) => unknown

/** Stands for a value of a wrong type: the whole call is then null. */
export const REJECTED: unique symbol = Symbol('reject')

/** Whether reading the argument may reject. */
export function mayReject({ mode, type }: Argument): boolean {
  return mode !== 'fn' && mode !== 'each' && mode !== 'json' && acceptOf(type) !== null
}

/** Compiles the reading of an argument; `compiled` are its values, several for a variadic one. */
export function readArgument(argument: Argument, compiled: readonly CompiledExpression[]): ArgumentReader {
  const { mode, quantifier } = argument
  const evals = compiled.map((each) => each.eval)
  const [only] = evals
  if (mode === 'fn') return only === undefined ? () => undefined : functionOf(only)
  const first = mode === 'first'
  const accepts = mode === 'each' || mode === 'json' ? null : acceptOf(argument.type)
  if (quantifier === 'many' || quantifier === 'any-number') return readAll(evals, accepts, first)
  if (only === undefined) return () => undefined
  if (accepts === null) return first ? (frame) => firstOf(only(frame)) : only
  if (argument.type === 'string') return readString(only, first)
  if (argument.type === 'number') return readNumber(only, first, accepts)
  return (frame) => {
    const evaluated = only(frame)
    const value = first ? firstOf(evaluated) : evaluated
    return accepts(value) ? value : onlyOf(value, accepts)
  }
}

/** The value in a list of one, as properties often hold it, where the list itself does not fit. */
function onlyOf(value: Value, accepts: Accept): unknown {
  if (!Array.isArray(value) || value.length !== 1) return REJECTED
  const only = value[0] ?? null
  return accepts(only) ? only : REJECTED
}

function readString(read: Eval, first: boolean): ArgumentReader {
  return (frame) => {
    const value = read(frame)
    if (typeof value === 'string') return value
    if (!Array.isArray(value) || (!first && value.length !== 1)) return REJECTED
    const [one] = value
    return typeof one === 'string' ? one : REJECTED
  }
}

function readNumber(read: Eval, first: boolean, accepts: Accept): ArgumentReader {
  return (frame) => {
    const evaluated = read(frame)
    if (typeof evaluated === 'number') return evaluated
    const value = first ? firstOf(evaluated) : evaluated
    return accepts(value) ? value : onlyOf(value, accepts)
  }
}

function readAll(evals: readonly Eval[], accepts: Accept | null, first: boolean): ArgumentReader {
  return (frame) => {
    const values = new Array<Value>(evals.length)
    for (let i = 0; i < evals.length; i++) {
      const raw = (evals[i] as Eval)(frame)
      const value = first ? firstOf(raw) : raw
      if (accepts !== null && !accepts(value)) return REJECTED
      values[i] = value
    }
    return values
  }
}

/** Calls of one function-expression between two looks at the budget. */
const CALLS_PER_SPEND = 32

/** A function-expression as `run` calls it: evaluates with `_` bound to the item. */
function functionOf(body: Eval): ArgumentReader {
  let calls = 0
  return (frame) => (item: Value) => {
    if (++calls >= CALLS_PER_SPEND) {
      calls = 0
      frame.ctx.spend(CALLS_PER_SPEND)
    }
    const outer = frame.it
    frame.it = item
    const value = body(frame)
    frame.it = outer
    return value
  }
}
