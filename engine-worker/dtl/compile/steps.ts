/** Transforms become steps over the frame, run in order until one of them stops the entity. */
import type { JsonPath } from '../../path.ts'
import { Fault, problem } from '../../problem.ts'
import type { Step } from '../evaluation.ts'
import { expressions, transforms } from '../registry.ts'
import { arityWords, wrongArity } from '../tree/bind.ts'
import type { ExpressionNode, StepsNode } from '../tree/node.ts'
import { compileCall } from './call-site.ts'
import { locatingEvaluation, reportUnknown } from './expression.ts'
import { fuseWrites } from './fuse.ts'
import type { Tracer } from './trace.ts'
import { type CompilationUnit, type Rule, reportProblem } from './unit.ts'

const notATransform = problem<{ function: string }>({
  code: 'dtl-expression-as-transform',
  severity: 'error',
  says: (f) =>
    `“${f.function}” computes a value and changes nothing, so it cannot stand where a transform is expected.`,
  fix: () => 'Put it into a transform, for example ["add", "property", …].',
})

const notSteps = problem<Record<string, never>>({
  code: 'dtl-not-a-transform',
  severity: 'error',
  says: () => 'A transform is expected here, such as ["add", "property", "_S.value"], or a list of transforms.',
  fix: () => 'Write a list that begins with the name of a transform.',
})

const noStep: Step = () => true

/** Compiles one transform or a list of them. */
export function compileSteps(unit: CompilationUnit, rule: Rule, { steps }: StepsNode): Step {
  const [only, second] = steps
  if (only !== undefined && second === undefined) return compileStep(unit, rule, only)
  return sequence(steps.map((each) => compileStep(unit, rule, each)))
}

function sequence(all: readonly Step[]): Step {
  const steps = fuseWrites(all)
  if (steps.length <= MAX_UNROLLED) return chain(steps)
  return (frame) => {
    for (let i = 0; i < steps.length; i++) if (!(steps[i] as Step)(frame)) return false
    return true
  }
}

/** Longer sequences would cost too much of the stack. */
const MAX_UNROLLED = 24

/** Steps one after the other, written out: calls by name are cheaper than a loop over a list. */
function chain(steps: readonly Step[]): Step {
  const [a, b, c, d, ...more] = steps
  if (a === undefined) return noStep
  if (b === undefined) return a
  if (c === undefined) return (frame) => a(frame) && b(frame)
  if (d === undefined) return (frame) => a(frame) && b(frame) && c(frame)
  if (more.length === 0) return (frame) => a(frame) && b(frame) && c(frame) && d(frame)
  const rest = chain(more)
  return (frame) => a(frame) && b(frame) && c(frame) && d(frame) && rest(frame)
}

function compileStep(unit: CompilationUnit, rule: Rule, node: ExpressionNode): Step {
  const { at } = node
  if (node.is !== 'call') {
    reportProblem(unit, notSteps({}), at)
    return noStep
  }
  const { name } = node
  const declaration = transforms.get(name)
  if (declaration === undefined) {
    if (expressions.has(name)) reportProblem(unit, notATransform({ function: name }), at)
    else reportUnknown(unit, name, 'transform', at)
    return noStep
  }
  if (node.bound === null) {
    reportProblem(unit, wrongArity({ function: name, takes: arityWords(declaration), given: node.given.length }), at)
    return noStep
  }
  const step = locatingEvaluation(unit, compileCall(unit, rule, declaration, node) as Step, name, at)
  const marked = unit.coverage === null ? step : unit.coverage.marked(step, at)
  return unit.tracer === null ? marked : traced(marked, unit.tracer, at)
}

function traced(step: Step, tracer: Tracer, at: JsonPath): Step {
  return (frame) => {
    const before = { ...frame.T }
    tracer.begin?.(at, frame)
    try {
      const goesOn = step(frame)
      tracer.target(at, before, { ...frame.T }, goesOn)
      return goesOn
    } catch (error) {
      if (error instanceof Fault) tracer.problem(at, error.problem)
      throw error
    }
  }
}

/** A rule whose beginning and end are reported to a tracer. */
export function tracedRule(run: Step, tracer: Tracer, at: JsonPath): Step {
  return (frame) => {
    tracer.enter?.(at, frame.S)
    try {
      const goesOn = run(frame)
      tracer.leave?.(at, frame.T)
      return goesOn
    } catch (error) {
      if (error instanceof Fault) tracer.leave?.(at, null)
      throw error
    }
  }
}
