/**
 * Calls of functions whose meaning is over evaluated arguments (`run`): coercion as declared, and closures specialised
 * by the number of arguments, so that a call allocates nothing of its own.
 */
import type { Value } from '../entity/value.ts'
import { type Accept, acceptOf } from './accept.ts'
import { firstOf } from './coerce.ts'
import { ConstantContext, NotConstant } from './constant.ts'
import type { Argument, Context, Eval, Frame, FunctionDeclaration, Namespaces } from './define.ts'
import { rootFrame } from './frame.ts'
import type { Compiled } from './unit.ts'

/** What `run` receives for one argument; `reject` when the value has another type than declared. */
type Read = (frame: Frame) => unknown
const reject: unique symbol = Symbol('reject')

/** The closure of a call. `compiled` holds the compiled arguments in the order of the declaration. */
export function invoke(declaration: FunctionDeclaration, compiled: readonly (readonly Compiled[])[]): Eval {
  const run = declaration.run as unknown as (...args: unknown[]) => Value | undefined
  const mapped = declaration.takes.findIndex((argument) => argument.mode === 'each')
  const reads = declaration.takes.map((argument, index) => readOf(argument, compiled[index] ?? []))
  const plain = mapped < 0 ? null : acceptOf(declaration.takes[mapped]?.type ?? 'any')
  const mayReject = declaration.takes.some((argument) => checks(argument))
  if (mapped >= 0) return mapEach(run, reads, mapped, plain, mayReject)
  return mayReject ? checked(run, reads) : unchecked(run, reads)
}

function checks(argument: Argument): boolean {
  return (
    argument.mode !== 'fn' && argument.mode !== 'each' && argument.mode !== 'json' && acceptOf(argument.type) !== null
  )
}

function readOf(argument: Argument, compiled: readonly Compiled[]): Read {
  const variadic = argument.quantifier === 'many' || argument.quantifier === 'any-number'
  const evals = compiled.map((each) => each.eval)
  if (argument.mode === 'fn') return functionOf(evals[0])
  const accepts = argument.mode === 'each' || argument.mode === 'json' ? null : acceptOf(argument.type)
  if (variadic) return (frame) => readAll(evals, accepts, argument.mode === 'first', frame)
  const only = evals[0]
  if (only === undefined) return () => undefined
  if (argument.mode === 'first') return checkedRead((frame) => firstOf(only(frame)), accepts)
  return checkedRead(only, accepts)
}

function checkedRead(read: Eval, accepts: Accept | null): Read {
  if (accepts === null) return read
  return (frame) => {
    const value = read(frame)
    return accepts(value) ? value : reject
  }
}

function readAll(evals: readonly Eval[], accepts: Accept | null, first: boolean, frame: Frame): unknown {
  const values = new Array<Value>(evals.length)
  for (let i = 0; i < evals.length; i++) {
    const raw = evals[i]?.(frame) ?? null
    const value = first ? firstOf(raw) : raw
    if (accepts !== null && !accepts(value)) return reject
    values[i] = value
  }
  return values
}

/**
 * A function-expression as `run` calls it. One function serves all evaluations of the call; the frame at hand is kept
 * beside it and put back afterwards, since a rule can come to the same call again below itself.
 */
function functionOf(body: Eval | undefined): Read {
  if (body === undefined) return () => undefined
  return (frame) => (item: Value) => {
    const outer = frame.it
    frame.it = item
    frame.ctx.spend(1)
    const value = body(frame)
    frame.it = outer
    return value
  }
}

function unchecked(run: (...args: unknown[]) => Value | undefined, reads: readonly Read[]): Eval {
  const [a, b, c] = reads
  if (a === undefined) return (frame) => run(frame.ctx) ?? null
  if (b === undefined) return (frame) => run(a(frame), frame.ctx) ?? null
  if (c === undefined) return (frame) => run(a(frame), b(frame), frame.ctx) ?? null
  if (reads.length === 3) return (frame) => run(a(frame), b(frame), c(frame), frame.ctx) ?? null
  return (frame) => run(...reads.map((read) => read(frame)), frame.ctx) ?? null
}

function checked(run: (...args: unknown[]) => Value | undefined, reads: readonly Read[]): Eval {
  const [a, b, c] = reads
  if (a !== undefined && b === undefined)
    return (frame) => {
      const x = a(frame)
      return x === reject ? null : (run(x, frame.ctx) ?? null)
    }
  if (a !== undefined && b !== undefined && c === undefined)
    return (frame) => {
      const x = a(frame)
      const y = b(frame)
      return x === reject || y === reject ? null : (run(x, y, frame.ctx) ?? null)
    }
  return (frame) => {
    const values = reads.map((read) => read(frame))
    return values.includes(reject) ? null : (run(...values, frame.ctx) ?? null)
  }
}

/**
 * A function over single values, mapped: a scalar gives a scalar and null stays null; of a list the values that the
 * function cannot handle are left out, null among them unless the function takes values of any type.
 */
function mapEach(
  run: (...args: unknown[]) => Value | undefined,
  reads: readonly Read[],
  mapped: number,
  accepts: Accept | null,
  mayReject: boolean,
): Eval {
  const read = reads[mapped] ?? (() => null)
  if (reads.length === 1)
    return (frame) => {
      const value = read(frame) as Value
      if (value === null) return null
      if (Array.isArray(value)) return each1(run, value, accepts, frame.ctx)
      return accepts === null || accepts(value) ? (run(value, frame.ctx) ?? null) : null
    }
  const other = reads[1 - mapped]
  if (reads.length === 2 && other !== undefined)
    return (frame) => {
      const beside = other(frame)
      const value = read(frame) as Value
      if (beside === reject || value === null) return null
      const { ctx } = frame
      if (Array.isArray(value))
        return eachOf(value, accepts, ctx, mapped === 1 ? (v) => run(beside, v, ctx) : (v) => run(v, beside, ctx))
      if (accepts !== null && !accepts(value)) return null
      return (mapped === 1 ? run(beside, value, ctx) : run(value, beside, ctx)) ?? null
    }
  const [first, second, third] = reads
  if (mapped === 2 && reads.length === 3 && first !== undefined && second !== undefined && third !== undefined)
    return (frame) => {
      const a = first(frame)
      const b = second(frame)
      const value = third(frame) as Value
      if (a === reject || b === reject || value === null) return null
      const { ctx } = frame
      if (Array.isArray(value)) return eachOf(value, accepts, ctx, (v) => run(a, b, v, ctx))
      return accepts === null || accepts(value) ? (run(a, b, value, ctx) ?? null) : null
    }
  return (frame) => {
    const values = reads.map((each) => each(frame))
    if (mayReject && values.includes(reject)) return null
    const value = values[mapped] as Value
    if (value === null) return null
    const { ctx } = frame
    const call = (v: Value) => {
      values[mapped] = v
      return run(...values, ctx)
    }
    if (Array.isArray(value)) return eachOf(value, accepts, ctx, call)
    return accepts === null || accepts(value) ? (call(value) ?? null) : null
  }
}

function each1(
  run: (...args: unknown[]) => Value | undefined,
  list: readonly Value[],
  accepts: Accept | null,
  ctx: Context,
): Value[] {
  return eachOf(list, accepts, ctx, (value) => run(value, ctx))
}

function eachOf(
  list: readonly Value[],
  accepts: Accept | null,
  ctx: Context,
  call: (value: Value) => Value | undefined,
): Value[] {
  ctx.spend(list.length)
  const results: Value[] = []
  for (const value of list) {
    if (accepts !== null && !accepts(value)) continue
    const result = value === null ? null : call(value)
    if (result !== undefined) results.push(result)
  }
  return results
}

/** The value of a call that has only constant arguments and depends on nothing else; otherwise undefined. */
export function fold(
  declaration: FunctionDeclaration,
  compiled: readonly (readonly Compiled[])[],
  namespaces: Namespaces,
): Value | undefined {
  if (declaration.deterministic === false) return undefined
  for (let i = 0; i < compiled.length; i++) {
    if (declaration.takes[i]?.mode === 'fn' && (compiled[i] ?? []).length > 0) return undefined
    for (const each of compiled[i] ?? []) if (each.constant === undefined) return undefined
  }
  try {
    return invoke(
      declaration,
      compiled,
    )(rootFrame(null, {}, { created: [], stopped: null }, new ConstantContext(namespaces)))
  } catch (error) {
    if (error instanceof NotConstant || !isBug(error)) return undefined
    throw error
  }
}

/** Problems and waits come up again, with their place, when the call is evaluated for an entity. */
function isBug(error: unknown): boolean {
  return error instanceof TypeError || error instanceof ReferenceError
}
