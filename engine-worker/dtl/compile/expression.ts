/**
 * Expressions become closures: literals and constant calls are evaluated once, paths are planned, calls are specialised
 * by their declared arguments (call-site.ts, invoke.ts).
 */
import { decodeString, decodeTransit } from '../../entity/transit.ts'
import { kindOf, type Value } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import { Fault, locate, problem, renameTo } from '../../problem.ts'
import type { Argument } from '../argument.ts'
import type { FunctionDeclaration } from '../define.ts'
import type { Eval, Frame } from '../evaluation.ts'
import { withSecrets } from '../functions/secret.ts'
import { nearest } from '../nearest.ts'
import { expressions, transforms } from '../registry.ts'
import { arityWords, wrongArity } from '../tree/bind.ts'
import { type CallNode, type ExpressionNode, isExpression, type PathNode } from '../tree/node.ts'
import { badSegment } from '../tree/path.ts'
import { typeOfKind } from './accept.ts'
import { compileCall } from './call-site.ts'
import { checkTypes } from './check-types.ts'
import { constantFault } from './constant-argument.ts'
import { problemIn } from './guard.ts'
import { compileInvocation, constantResult } from './invoke.ts'
import { type CompilationUnit, type CompiledExpression, type Rule, reportProblem } from './unit.ts'
import { pathEval } from './variable.ts'

const unknownFunction = problem<{ function: string; nearest: string; kind: string }>({
  code: 'dtl-unknown-function',
  severity: 'error',
  says: (f) =>
    `There is no ${f.kind} function “${f.function}”${f.nearest === '' ? '.' : `; did you mean “${f.nearest}”?`}`,
  fix: () => 'A list is written ["list", …]; the function reference shows every name.',
  repair: (f) => renameTo(f.function, f.nearest),
})

const notACall = problem<{ found: string }>({
  code: 'dtl-not-a-call',
  severity: 'error',
  says: (f) => `A list in DTL is a call and begins with the name of a function, but this one begins with ${f.found}.`,
  fix: () => 'Write ["list", …] for a list of values, or ["literal", …] for data.',
})

const emptyCall = problem<Record<string, never>>({
  code: 'dtl-empty-call',
  severity: 'warning',
  says: () => 'This list is empty; it is read as an empty list of values.',
  fix: () => 'Write ["list"].',
})

const isATransform = problem<{ function: string }>({
  code: 'dtl-transform-as-expression',
  severity: 'error',
  says: (f) => `“${f.function}” is a transform: it changes the target and has no value, so it cannot stand here.`,
  fix: () => 'Move it to the list of transforms of the rule.',
})

/** Compiles an expression. Problems are reported to the unit; the result is then null. */
export function compileExpression(unit: CompilationUnit, rule: Rule, node: ExpressionNode): CompiledExpression {
  const compiled = compile(unit, rule, node)
  const { at } = node
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

function compile(unit: CompilationUnit, rule: Rule, node: ExpressionNode): CompiledExpression {
  const { at, json } = node
  switch (node.is) {
    case 'constant':
      return constantExpression(typeof json === 'string' ? decodeString(json) : decodeTransit(json))
    case 'path':
      return compilePath(unit, node)
    case 'broken-path':
      reportProblem(unit, badSegment({ path: String(json) }), at)
      return constantExpression(null)
    case 'list': {
      const [first] = node.items
      if (first === undefined) {
        reportProblem(unit, emptyCall({}), at)
        return constantExpression([])
      }
      reportProblem(unit, notACall({ found: `a value of type ${kindOf(first.json as Value)}` }), at)
      return constantExpression(null)
    }
    case 'call': {
      const declaration = expressions.get(node.name)
      if (declaration !== undefined) return compileFunction(unit, rule, declaration, node)
      reportUnknown(unit, node.name, 'expression', at)
      return constantExpression(null)
    }
  }
}

/** A value that is the same for every entity. */
export function constantExpression(value: Value): CompiledExpression {
  return { eval: () => value, constant: value, gives: typeOfKind(kindOf(value)) }
}

function compilePath(unit: CompilationUnit, { path }: PathNode): CompiledExpression {
  return { eval: pathEval(path, unit.namespaces), constant: undefined, gives: 'any' }
}

function compileFunction(
  unit: CompilationUnit,
  rule: Rule,
  declaration: FunctionDeclaration,
  node: CallNode,
): CompiledExpression {
  const { at, bound } = node
  if (bound === null) {
    const given = node.given.length
    reportProblem(unit, wrongArity({ function: declaration.name, takes: arityWords(declaration), given }), at)
    return constantExpression(null)
  }
  const gives = declaration.gives === 'nothing' ? 'any' : declaration.gives
  if (declaration.compile !== undefined) {
    const evaluate = locatingEvaluation(unit, compileCall(unit, rule, declaration, node), declaration.name, at)
    return { eval: evaluate as Eval, constant: undefined, gives }
  }
  const compiled = declaration.takes.map((argument, index) =>
    (bound[index] ?? []).map(({ node: given }) =>
      isExpression(given)
        ? withSecret(argument, unit.expression(rule, given))
        : constantExpression(decodeTransit(given.json)),
    ),
  )
  declaration.takes.forEach((argument, index) => {
    compiled[index]?.forEach((each, place) => {
      const fault = each.constant === undefined ? null : constantFault(argument, each.constant)
      if (fault !== null) reportProblem(unit, fault, bound[index]?.[place]?.node.at ?? at)
    })
  })
  checkTypes(unit, declaration, bound, compiled)
  const folded = unit.tracer === null ? constantResult(declaration, compiled, unit.namespaces) : undefined
  if (folded !== undefined) return constantExpression(folded)
  return {
    eval: locatingEvaluation(unit, compileInvocation(declaration, compiled), declaration.name, at),
    constant: undefined,
    gives,
  }
}

function withSecret(argument: Argument, compiled: CompiledExpression): CompiledExpression {
  const { constant: text } = compiled
  if (argument.secrets !== true || typeof text !== 'string' || !text.includes('$SECRET(')) return compiled
  return { eval: (frame) => withSecrets(text, frame.ctx), constant: undefined, gives: 'string' }
}

/** In a unit with places: puts the place and the function on problems that come up while evaluating. */
export function locatingEvaluation<R>(
  unit: CompilationUnit,
  evaluate: (frame: Frame) => R,
  name: string,
  at: JsonPath,
): (frame: Frame) => R {
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
export function reportUnknown(
  unit: CompilationUnit,
  name: string,
  kind: 'expression' | 'transform',
  at: JsonPath,
): void {
  if (kind === 'expression' && transforms.has(name)) {
    reportProblem(unit, isATransform({ function: name }), at)
    return
  }
  const names = kind === 'expression' ? expressions.keys() : transforms.keys()
  reportProblem(unit, unknownFunction({ function: name, kind, nearest: nearest(name, names) ?? '' }), at)
}
