/** What one compilation carries along: settings, rules, and what it finds on the way. */
import type { Dict, Value } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import { locate, type Problem } from '../../problem.ts'
import type { ArgumentType } from '../argument.ts'
import type { Eval, JoinIndex, Namespaces, Step } from '../evaluation.ts'
import type { ExpressionNode, StepsNode } from '../tree/node.ts'
import type { CoverageRecorder } from './coverage.ts'
import { targetMaker } from './frame.ts'
import type { Tracer } from './trace.ts'

/** An index that joins look into a dataset with. */
export interface DatasetIndex {
  readonly dataset: string
  readonly index: JoinIndex
}

/** A rule under compilation. */
export interface Rule {
  readonly name: string
  readonly at: JsonPath
  /** Set when compilation is complete. */
  run: Step
  /** Makes its targets. */
  readonly Target: new () => Dict
  /** Slots for aliases in its frames. */
  readonly slots: number
  /** Whether it has hops. */
  readonly usesHops: boolean
}

/** An expression with what is known of it. */
export interface CompiledExpression {
  readonly eval: Eval
  /** Its value where it is the same for every entity. */
  readonly constant: Value | undefined
  readonly gives: ArgumentType | 'same'
}

/** One compilation. */
export interface CompilationUnit {
  /** Compiles below a call; here so that calls and expressions can contain each other without importing each other. */
  readonly expression: (rule: Rule, node: ExpressionNode) => CompiledExpression
  readonly steps: (rule: Rule, node: StepsNode) => Step
  readonly namespaces: Namespaces
  readonly idRequired: boolean
  readonly rules: Map<string, Rule>
  readonly problems: Problem[]
  /** The indexes of the joins of all rules. */
  readonly indexes: DatasetIndex[]
  readonly tracer: Tracer | null
  readonly coverage: CoverageRecorder | null
  /** Whether evaluation puts places on problems (guard.ts). */
  readonly placed: boolean
  /** To do once every rule is compiled. */
  readonly later: (() => void)[]
}

/** Adds a problem at a place of the configuration. */
export function reportProblem(unit: CompilationUnit, problem: Problem, at: JsonPath): void {
  unit.problems.push(locate(problem, { path: at }))
}

/** A rule that is not compiled yet; `slots` are the aliases of its frames. */
export function newRule(name: string, at: JsonPath, slots = 0, usesHops = false): Rule {
  return { name, at, run: () => true, Target: targetMaker(), slots, usesHops }
}
