/** What one compilation carries along: settings, rules, and what it finds on the way. */
import type { Dict, Json, JsonObject, Value } from '../entity/value.ts'
import { locate, type Problem } from '../problem.ts'
import type { Coverage } from './coverage.ts'
import type { ArgumentType, Eval, Fact, Namespaces, Scope, Step } from './define.ts'
import { targetMaker } from './frame.ts'
import type { Tracer } from './trace.ts'

/** A path in the configuration, from the transform on. */
export type Place = readonly (string | number)[]

/** A rule under compilation. */
export interface Rule {
  readonly name: string
  readonly steps: Json
  readonly at: Place
  /** Set when compilation is complete. */
  run: Step
  /** Makes its targets. */
  readonly Target: new () => Dict
  /** Slots for aliases in its frames. */
  slots: number
  usesHops: boolean
  readonly facts: { readonly fact: Fact; readonly at: Place }[]
}

/** An expression with what is known of it. */
export interface Compiled {
  readonly eval: Eval
  /** Its value where it is the same for every entity. */
  readonly constant: Value | undefined
  readonly gives: ArgumentType | 'same'
}

/** One compilation. */
export interface Unit {
  /** Compiles below a call; here so that calls and expressions can contain each other without importing each other. */
  readonly expression: (rule: Rule, scope: Scope, dtl: Json, at: Place) => Compiled
  readonly steps: (rule: Rule, scope: Scope, dtl: Json, at: Place) => Step
  readonly namespaces: Namespaces
  readonly idRequired: boolean
  readonly isFunction: (name: string) => boolean
  readonly rules: ReadonlyMap<string, Rule>
  readonly problems: Problem[]
  readonly functions: Map<string, number>
  readonly tracer: Tracer | null
  readonly coverage: Coverage | null
  /** Whether evaluation puts places on problems (guard.ts). */
  readonly placed: boolean
  /** To do once every rule is compiled. */
  readonly later: (() => void)[]
}

/** Adds a problem at a place of the configuration. */
export function report(unit: Unit, problem: Problem, at: Place): void {
  unit.problems.push(locate(problem, { path: at }))
}

/** The rules of a configuration, not compiled yet. */
export function declareRules(rules: JsonObject, at: Place): Map<string, Rule> {
  const declared = new Map<string, Rule>()
  for (const [name, steps] of Object.entries(rules)) {
    declared.set(name, { ...newRule(name, [...at, name]), steps })
  }
  return declared
}

/** A rule without transforms. */
export function newRule(name: string, at: Place): Rule {
  return { name, steps: [], at, run: () => true, Target: targetMaker(), slots: 0, usesHops: false, facts: [] }
}
