/** Worked examples of functions, evaluated and compared with what their declaration says. */

import type { FunctionDeclaration } from '../dtl/define.ts'
import { toDouble } from '../dtl/functions/arithmetic.ts'
import { functions } from '../dtl/registry.ts'
import type { Example } from '../dtl/signature.ts'
import { addStep, mergeStep } from '../dtl/syntax.ts'
import { isNumeric } from '../entity/decimal.ts'
import { compare, equal } from '../entity/order.ts'
import { decodeTransit, encodeTransit, printValue } from '../entity/transit.ts'
import { type Entity, isDict, type Json, type JsonObject, kindOf, type Value } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import { type Problem, problem } from '../problem.ts'
import { evaluateCase } from '../testing/cases/case.ts'
import type { CaseResult } from '../testing/cases/result.ts'
import { capability } from './capability.ts'

const noExample = problem<{ name: string; example: number }>({
  code: 'no-such-example',
  severity: 'error',
  says: ({ name, example }) => `The function ${name} has no example ${example + 1}.`,
})

/** What an example gave here, and whether that is what is declared. */
interface ExampleResult {
  readonly gives: string
  readonly passes: boolean
  readonly problem?: Problem
}

/** Which worked example. */
interface ExampleRequest {
  readonly function: string
  readonly example: number
}

/** Evaluates one worked example of a function and compares it with its declared result. */
export const example = capability('example', 'page', (request: ExampleRequest, { host }) =>
  runExample(request.function, request.example, host.platform.environment),
)

/** Evaluates an example of a function, by the function's name; both kinds of a name count on. */
export async function runExample(name: string, index: number, environment: Environment): Promise<ExampleResult> {
  const found = exampleOf(name, index)
  if (!found) return { gives: 'null', passes: false, problem: noExample({ name, example: index }) }
  return evaluateExample(found.declaration, found.example, environment)
}

function exampleOf(name: string, index: number): { declaration: FunctionDeclaration; example: Example } | null {
  const declaration = functions.find((each) => each.name === name && each.examples[index] !== undefined)
  const example = declaration?.examples[index]
  return declaration && example ? { declaration, example } : null
}

/** Evaluates one example of a declaration. */
export async function evaluateExample(
  declaration: FunctionDeclaration,
  example: Example,
  environment: Environment,
): Promise<ExampleResult> {
  const isTransform = declaration.kind === 'transform'
  const result = await evaluateCase(caseOf(example, isTransform), environment)
  if ('problem' in result) return { gives: 'null', passes: false, problem: result.problem }
  const value = resultOf(result)
  if (example.satisfies !== undefined) {
    const check = await evaluateCase(
      { expr: [example.satisfies, '_S.value'], source: { value: encodeTransit(value) } },
      environment,
    )
    return { gives: printValue(value), passes: 'value' in check && check.value === true }
  }
  return {
    gives: printValue(value),
    passes: exampleAgrees(value, decodeTransit(example.gives ?? null), example.compare),
  }
}

/** The example as a case of `eval`. */
function caseOf(example: Example, isTransform: boolean): JsonObject {
  const { dtl, source, target, rules, datasets, namespaces, previous, secrets } = example
  const evaluationInputs = {
    ...(datasets === undefined ? {} : { datasets: asJsonObject(datasets) }),
    ...(namespaces === undefined ? {} : { namespaces }),
    ...(previous === undefined ? {} : { previous }),
    ...(secrets === undefined ? {} : { context: { secrets: asJsonObject(secrets) } }),
    ...(source === undefined ? {} : { source }),
  }
  if (!isTransform) {
    return {
      ...evaluationInputs,
      expr: dtl,
      ...(target === undefined ? {} : { target }),
      ...(rules ? { rules: asJsonObject(rules) } : {}),
    }
  }
  const steps = Array.isArray(dtl) && Array.isArray(dtl[0]) ? dtl : [dtl]
  const begin: Json[] = [addStep('_id', exampleId), ...(target === undefined ? [] : [mergeStep(target)])]
  return {
    ...evaluationInputs,
    rules: { ...(rules ? asJsonObject(rules) : {}), default: [...begin, ...steps] },
    options: { id_required: false },
  }
}

/** A readonly JSON structure typed as JSON; nothing is copied. */
function asJsonObject(value: { readonly [name: string]: Json | readonly Json[] }): JsonObject {
  return value as JsonObject
}

/** Every entity needs an `_id`; this one is given to the target (pipes may put their namespace in front) and taken away again. */
const exampleId = 'worked-example'

/** The value of an expression; of a transform the target it made, without what it put out besides. */
function resultOf(result: Exclude<CaseResult, { problem: Problem }>): Value {
  if ('value' in result) return result.value
  const isTarget = ({ _id }: Entity) => typeof _id === 'string' && _id.endsWith(exampleId)
  // A rule that copies everything has the `_id` of its source.
  const target = result.entities.find(isTarget) ?? (result.entities.length === 1 ? result.entities[0] : undefined)
  if (!target) return null
  const { _id, ...rest } = target
  return rest
}

/** Whether two values are the same, in the way an example asks for. */
export function exampleAgrees(value: Value, declared: Value, how: Example['compare']): boolean {
  if (how === 'unordered' && Array.isArray(value) && Array.isArray(declared)) {
    const left = value.toSorted(compare)
    const right = declared.toSorted(compare)
    return (
      left.length === right.length && left.every((item, index) => exampleAgrees(item, right[index] ?? null, undefined))
    )
  }
  if (Array.isArray(value) && Array.isArray(declared)) {
    return value.length === declared.length && value.every((item, at) => exampleAgrees(item, declared[at] ?? null, how))
  }
  if (isDict(value) && isDict(declared)) {
    const keys = Object.keys(value)
    return (
      keys.length === Object.keys(declared).length &&
      keys.every((key) => Object.hasOwn(declared, key) && exampleAgrees(value[key] ?? null, declared[key] ?? null, how))
    )
  }
  if (how === 'numeric') return equal(value, declared)
  if (how === 'approx' && isNumeric(value) && isNumeric(declared)) {
    const right = toDouble(declared)
    return Math.abs(toDouble(value) - right) <= 1e-6 * Math.max(1, Math.abs(right))
  }
  return kindOf(value) === kindOf(declared) && equal(value, declared)
}
