/**
 * Expressions become closures: literals and constant calls are evaluated once, paths are planned, calls are specialised
 * by their declared arguments (call-site.ts, invoke.ts).
 */
import { decodeString, decodeTransit } from '../../entity/transit.ts'
import { Float, type Json, kindOf, type Value } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import { Fault, locate, problem } from '../../problem.ts'
import type { Argument } from '../argument.ts'
import type { FunctionDeclaration, Scope } from '../define.ts'
import type { Eval, Frame } from '../evaluation.ts'
import { withSecrets } from '../functions/secret.ts'
import { nearest } from '../nearest.ts'
import { expressions, transforms } from '../registry.ts'
import { arityWords, bind, wrongArity } from '../tree/bind.ts'
import { badSegment, parsePath, rootWords } from '../tree/path.ts'
import { typeOfKind } from './accept.ts'
import { compileCall } from './call-site.ts'
import { checkTypes } from './check-types.ts'
import { constantFault } from './constant-argument.ts'
import { problemIn } from './guard.ts'
import { fold, invoke } from './invoke.ts'
import { type Compiled, type Rule, report, type Unit } from './unit.ts'
import { pathEval } from './variable.ts'

export const unknownFunction = problem<{ function: string; nearest: string; kind: string }>({
  code: 'dtl-unknown-function',
  severity: 'error',
  says: (f) =>
    `There is no ${f.kind} function “${f.function}”${f.nearest === '' ? '.' : `; did you mean “${f.nearest}”?`}`,
  fix: () => 'A list is written ["list", …]; the function reference shows every name.',
})

export const notACall = problem<{ found: string }>({
  code: 'dtl-not-a-call',
  severity: 'error',
  says: (f) => `A list in DTL is a call and begins with the name of a function, but this one begins with ${f.found}.`,
  fix: () => 'Write ["list", …] for a list of values, or ["literal", …] for data.',
})

export const emptyCall = problem<Record<string, never>>({
  code: 'dtl-empty-call',
  severity: 'warning',
  says: () => 'This list is empty; it is taken as an empty list of values.',
  fix: () => 'Write ["list"].',
})

export const isATransform = problem<{ function: string }>({
  code: 'dtl-transform-as-expression',
  severity: 'error',
  says: (f) => `“${f.function}” is a transform: it changes the target and has no value, so it cannot stand here.`,
  fix: () => 'Move it to the list of transforms of the rule.',
})

/** Compiles any JSON as an expression. Problems are reported to the unit; the result is then null. */
export function compileExpression(unit: Unit, rule: Rule, scope: Scope, dtl: Json, at: JsonPath): Compiled {
  const compiled = compile(unit, rule, scope, dtl, at)
  const { tracer } = unit
  if (tracer === null) return compiled
  const inner = compiled.eval
  const traced: Eval = (frame) => {
    let value: Value
    try {
      value = inner(frame)
    } catch (error) {
      if (error instanceof Fault) tracer.problem(at, error.problem)
      throw error
    }
    tracer.value(at, value)
    return value
  }
  return { ...compiled, eval: traced }
}

function compile(unit: Unit, rule: Rule, scope: Scope, dtl: Json, at: JsonPath): Compiled {
  if (typeof dtl === 'string') return compileString(unit, rule, scope, dtl, at)
  if (typeof dtl !== 'object' || dtl === null || dtl instanceof Float) return constant(dtl)
  if (!Array.isArray(dtl)) return constant(decodeTransit(dtl))
  const name = dtl[0]
  if (name === undefined) {
    report(unit, emptyCall({}), at)
    return constant([])
  }
  if (typeof name !== 'string') {
    report(unit, notACall({ found: `a value of type ${kindOf(name as Value)}` }), at)
    return constant(null)
  }
  const declaration = expressions.get(name)
  if (declaration === undefined) {
    reportUnknown(unit, name, 'expression', at)
    return constant(null)
  }
  return compileFunction(unit, rule, scope, declaration, dtl.slice(1), at)
}

/** A value that is the same for every entity. */
export function constant(value: Value): Compiled {
  return { eval: () => value, constant: value, gives: typeOfKind(kindOf(value)) }
}

function compileString(unit: Unit, rule: Rule, scope: Scope, text: string, at: JsonPath): Compiled {
  const path = parsePath(text, scope.aliases)
  if (path === null) return constant(decodeString(text))
  if (path === 'malformed') {
    report(unit, badSegment({ path: text }), at)
    return constant(null)
  }
  const { root } = path
  const source = root.is === 'source' && root.up === 0 ? scope.source : undefined
  const from = root.is === 'alias' ? (scope.datasets.get(root.alias) ?? '') : (source ?? rootWords(root))
  rule.facts.push({ fact: { is: 'reads', from, path: path.segments }, at })
  return { eval: pathEval(path, unit.namespaces), constant: undefined, gives: 'any' }
}

function compileFunction(
  unit: Unit,
  rule: Rule,
  scope: Scope,
  declaration: FunctionDeclaration,
  args: readonly Json[],
  at: JsonPath,
): Compiled {
  const places = bind(declaration, args.length)
  countUse(unit, declaration)
  if (places === null) {
    report(unit, wrongArity({ function: declaration.name, takes: arityWords(declaration), given: args.length }), at)
    return constant(null)
  }
  if (declaration.compile !== undefined) {
    const evaluate = located(unit, compileCall(unit, rule, scope, declaration, args, places, at), declaration.name, at)
    return {
      eval: evaluate as Eval,
      constant: undefined,
      gives: declaration.gives === 'nothing' ? 'any' : declaration.gives,
    }
  }
  const compiled = declaration.takes.map((argument, index) =>
    (places[index] ?? []).map((place) =>
      argument.mode === 'json'
        ? constant(decodeTransit(args[place] ?? null))
        : withSecret(argument, compileExpression(unit, rule, scope, args[place] ?? null, [...at, place + 1])),
    ),
  )
  declaration.takes.forEach((argument, index) => {
    compiled[index]?.forEach((each, place) => {
      const fault = each.constant === undefined ? null : constantFault(argument, each.constant)
      if (fault !== null) report(unit, fault, [...at, (places[index]?.[place] ?? 0) + 1])
    })
  })
  checkTypes(unit, declaration, places, compiled, at)
  const folded = unit.tracer === null ? fold(declaration, compiled, unit.namespaces) : undefined
  if (folded !== undefined) return constant(folded)
  const gives = declaration.gives === 'nothing' ? 'any' : declaration.gives
  return { eval: located(unit, invoke(declaration, compiled), declaration.name, at), constant: undefined, gives }
}

function withSecret(argument: Argument, compiled: Compiled): Compiled {
  const { constant: text } = compiled
  if (argument.secrets !== true || typeof text !== 'string' || !text.includes('$SECRET(')) return compiled
  return { eval: (frame) => withSecrets(text, frame.ctx), constant: undefined, gives: 'string' }
}

/** In a unit with places: puts the place and the function on problems that come up while evaluating. */
export function located<R>(unit: Unit, evaluate: (frame: Frame) => R, name: string, at: JsonPath): (frame: Frame) => R {
  if (!unit.placed) return evaluate
  return (frame) => {
    try {
      return evaluate(frame)
    } catch (error) {
      const found = problemIn(error)
      if (found === null || found.where.path !== undefined) throw error
      throw new Fault(locate(found, { path: at, function: name }))
    }
  }
}

/** Reports a function that is not there, or that is there as the other kind. */
export function reportUnknown(unit: Unit, name: string, kind: 'expression' | 'transform', at: JsonPath): void {
  if (kind === 'expression' && transforms.has(name)) {
    report(unit, isATransform({ function: name }), at)
    return
  }
  const names = kind === 'expression' ? expressions.keys() : transforms.keys()
  report(unit, unknownFunction({ function: name, kind, nearest: nearest(name, names) ?? '' }), at)
}

/** Counts the use of a function, for the facts. */
export function countUse(unit: Unit, declaration: FunctionDeclaration): void {
  const key = `${declaration.kind} ${declaration.name}`
  unit.functions.set(key, (unit.functions.get(key) ?? 0) + 1)
}
