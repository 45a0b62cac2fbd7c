/**
 * Calls of functions whose meaning is over evaluated arguments (`run`): closures specialised by the number of
 * arguments, so that a call allocates nothing of its own.
 */
import type { Value } from '../../entity/value.ts'
import type { FunctionDeclaration } from '../define.ts'
import type { Context, Eval, Namespaces } from '../evaluation.ts'
import { type Accept, acceptOf } from './accept.ts'
import { ConstantContext, NotConstant } from './constant-context.ts'
import { rootFrame } from './frame.ts'
import { type ArgumentReader, mayReject, REJECTED, readArgument } from './read-argument.ts'
import type { CompiledExpression } from './unit.ts'

type RunFunction = (...args: unknown[]) => Value | undefined

/** The closure of a call. `compiled` holds the compiled arguments in the order of the declaration. */
export function compileInvocation(
  declaration: FunctionDeclaration,
  compiled: readonly (readonly CompiledExpression[])[],
): Eval {
  const { takes } = declaration
  // The declaration's own types have seen to it that `run` fits `takes`.
  const run = declaration.run as unknown as RunFunction
  const mapped = takes.findIndex((argument) => argument.mode === 'each')
  const reads = takes.map((argument, index) => readArgument(argument, compiled[index] ?? []))
  if (mapped >= 0)
    return mapEach(run, reads, mapped, acceptOf(takes[mapped]?.type ?? 'any'), takes[mapped]?.type === 'string')
  if (takes.some(mayReject)) return callChecked(run, reads)
  return callUnchecked(run, reads, compiled)
}

function callUnchecked(
  run: RunFunction,
  reads: readonly ArgumentReader[],
  compiled: readonly (readonly CompiledExpression[])[],
): Eval {
  const [a, b, c] = reads
  if (a === undefined) return (frame) => run(frame.ctx) ?? null
  if (b === undefined) return (frame) => run(a(frame), frame.ctx) ?? null
  if (c === undefined) {
    const [constant] = compiled[1] ?? []
    if (constant?.constant === undefined) return (frame) => run(a(frame), b(frame), frame.ctx) ?? null
    const second = constant.constant
    return (frame) => run(a(frame), second, frame.ctx) ?? null
  }
  if (reads.length === 3) return (frame) => run(a(frame), b(frame), c(frame), frame.ctx) ?? null
  return (frame) => run(...reads.map((read) => read(frame)), frame.ctx) ?? null
}

function callChecked(run: RunFunction, reads: readonly ArgumentReader[]): Eval {
  const [a, b, c] = reads
  if (a !== undefined && b === undefined)
    return (frame) => {
      const x = a(frame)
      return x === REJECTED ? null : (run(x, frame.ctx) ?? null)
    }
  if (a !== undefined && b !== undefined && c === undefined)
    return (frame) => {
      const x = a(frame)
      const y = b(frame)
      return x === REJECTED || y === REJECTED ? null : (run(x, y, frame.ctx) ?? null)
    }
  return (frame) => {
    const values = reads.map((read) => read(frame))
    return values.includes(REJECTED) ? null : (run(...values, frame.ctx) ?? null)
  }
}

/**
 * A function over single values, mapped: a scalar gives a scalar and null stays null; of a list the values that the
 * function cannot handle are left out, null among them.
 */
function mapEach(
  run: RunFunction,
  reads: readonly ArgumentReader[],
  mapped: number,
  accepts: Accept | null,
  strings: boolean,
): Eval {
  const read = reads[mapped] ?? (() => null)
  const [first, second, third] = reads
  if (reads.length === 1) return strings ? mapStrings(run, read) : mapOne(run, read, accepts)
  if (reads.length === 2 && first !== undefined && second !== undefined)
    return mapped === 1 ? mapSecond(run, first, second, accepts) : mapFirst(run, first, second, accepts)
  if (mapped === 2 && reads.length === 3 && first !== undefined && second !== undefined && third !== undefined)
    return mapThird(run, first, second, third, accepts)
  return (frame) => {
    const values = reads.map((each) => each(frame))
    if (values.includes(REJECTED)) return null
    const { ctx } = frame
    return callForEach(values[mapped] as Value, accepts, ctx, (value) => {
      values[mapped] = value
      return run(...values, ctx)
    })
  }
}

function mapStrings(run: RunFunction, read: ArgumentReader): Eval {
  return (frame) => {
    const value = read(frame)
    if (typeof value === 'string') return run(value, frame.ctx) ?? null
    if (!Array.isArray(value)) return null
    const { ctx } = frame
    return callForItems(value, isString, ctx, (item) => run(item, ctx))
  }
}

function isString(value: Value): boolean {
  return typeof value === 'string'
}

function mapOne(run: RunFunction, read: ArgumentReader, accepts: Accept | null): Eval {
  return (frame) => {
    const value = read(frame) as Value
    if (value === null) return null
    const { ctx } = frame
    if (Array.isArray(value)) return callForItems(value, accepts, ctx, (item) => run(item, ctx))
    return accepts === null || accepts(value) ? (run(value, ctx) ?? null) : null
  }
}

function mapFirst(run: RunFunction, first: ArgumentReader, second: ArgumentReader, accepts: Accept | null): Eval {
  return (frame) => {
    const value = first(frame) as Value
    const beside = second(frame)
    if (beside === REJECTED) return null
    const { ctx } = frame
    return callForEach(value, accepts, ctx, (item) => run(item, beside, ctx))
  }
}

function mapSecond(run: RunFunction, first: ArgumentReader, second: ArgumentReader, accepts: Accept | null): Eval {
  return (frame) => {
    const beside = first(frame)
    const value = second(frame) as Value
    if (beside === REJECTED || value === null) return null
    const { ctx } = frame
    if (Array.isArray(value)) return callForItems(value, accepts, ctx, (item) => run(beside, item, ctx))
    return accepts === null || accepts(value) ? (run(beside, value, ctx) ?? null) : null
  }
}

function mapThird(
  run: RunFunction,
  first: ArgumentReader,
  second: ArgumentReader,
  third: ArgumentReader,
  accepts: Accept | null,
): Eval {
  return (frame) => {
    const a = first(frame)
    const b = second(frame)
    const value = third(frame) as Value
    if (a === REJECTED || b === REJECTED || value === null) return null
    const { ctx } = frame
    if (Array.isArray(value)) return callForItems(value, accepts, ctx, (item) => run(a, b, item, ctx))
    return accepts === null || accepts(value) ? (run(a, b, value, ctx) ?? null) : null
  }
}

function callForEach(
  value: Value,
  accepts: Accept | null,
  ctx: Context,
  call: (value: Value) => Value | undefined,
): Value {
  if (value === null) return null
  if (Array.isArray(value)) return callForItems(value, accepts, ctx, call)
  return accepts === null || accepts(value) ? (call(value) ?? null) : null
}

function callForItems(
  list: readonly Value[],
  accepts: Accept | null,
  ctx: Context,
  call: (value: Value) => Value | undefined,
): Value[] {
  ctx.spend(list.length)
  const results: Value[] = []
  for (const value of list) {
    if (accepts !== null && !accepts(value)) continue
    const result = value === null ? undefined : call(value)
    if (result !== undefined) results.push(result)
  }
  return results
}

/** Longer lists are made anew for each entity. */
const MAX_CONSTANT_ITEMS = 1_000

/** The value of a call that has only constant arguments and depends on nothing else; otherwise undefined. */
export function constantResult(
  declaration: FunctionDeclaration,
  compiled: readonly (readonly CompiledExpression[])[],
  namespaces: Namespaces,
): Value | undefined {
  if (declaration.deterministic === false) return undefined
  for (let i = 0; i < compiled.length; i++) {
    if (declaration.takes[i]?.mode === 'fn' && (compiled[i] ?? []).length > 0) return undefined
    for (const each of compiled[i] ?? []) if (each.constant === undefined) return undefined
  }
  const frame = rootFrame(null, {}, { target: null, created: [], stopped: null }, new ConstantContext(namespaces), 0)
  try {
    const value = compileInvocation(declaration, compiled)(frame)
    // What every entity holds counts for every entity (budget.ts).
    return Array.isArray(value) && value.length > MAX_CONSTANT_ITEMS ? undefined : value
  } catch (error) {
    if (error instanceof NotConstant || !isBug(error)) return undefined
    throw error
  }
}

/** Problems and waits come up again, with their place, when the call is evaluated for an entity. */
function isBug(error: unknown): boolean {
  return error instanceof TypeError || error instanceof ReferenceError
}
