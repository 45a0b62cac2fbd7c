/** What one compilation carries along: settings, rules, and what it finds on the way. */
import type { Dict, Value } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import { locate, type Problem } from '../../problem.ts'
import type { ArgumentType } from '../argument.ts'
import type { Fact } from '../define.ts'
import type { Eval, Namespaces, Step } from '../evaluation.ts'
import type { TargetEffect } from '../signature.ts'
import type { ExpressionNode, StepsNode } from '../tree/node.ts'
import type { CoverageRecorder } from './coverage.ts'
import { targetMaker } from './frame.ts'
import type { Tracer } from './trace.ts'

/** A fact, where it was noted, and what the function there does to the target. */
export interface NotedFact {
  readonly fact: Fact
  readonly at: JsonPath
  readonly effect?: TargetEffect
}

/** What the compiler noted; facts.ts makes readable facts of it. */
export interface CompiledFacts {
  readonly namespaces: Namespaces
  readonly rules: readonly {
    readonly name: string
    readonly facts: readonly NotedFact[]
  }[]
  /** Uses of functions: `expression join` to count. */
  readonly functions: ReadonlyMap<string, number>
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
  usesHops: boolean
  readonly facts: NotedFact[]
}

/** An expression with what is known of it. */
export interface CompiledExpression {
  readonly eval: Eval
  /** Its value where it is the same for every entity. */
  readonly constant: Value | undefined
  readonly gives: ArgumentType | 'same'
}

/** One compilation. */
export interface Unit {
  /** Compiles below a call; here so that calls and expressions can contain each other without importing each other. */
  readonly expression: (rule: Rule, node: ExpressionNode) => CompiledExpression
  readonly steps: (rule: Rule, node: StepsNode) => Step
  readonly namespaces: Namespaces
  readonly idRequired: boolean
  readonly rules: Map<string, Rule>
  readonly problems: Problem[]
  readonly functions: Map<string, number>
  readonly tracer: Tracer | null
  readonly coverage: CoverageRecorder | null
  /** Whether evaluation puts places on problems (guard.ts). */
  readonly placed: boolean
  /** To do once every rule is compiled. */
  readonly later: (() => void)[]
}

/** Adds a problem at a place of the configuration. */
export function report(unit: Unit, problem: Problem, at: JsonPath): void {
  unit.problems.push(locate(problem, { path: at }))
}

/** A rule that is not compiled yet; `slots` are the aliases of its frames. */
export function newRule(name: string, at: JsonPath, slots = 0): Rule {
  return { name, at, run: () => true, Target: targetMaker(), slots, usesHops: false, facts: [] }
}
