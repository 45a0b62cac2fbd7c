/** One call under compilation, as a declaration's `compile` sees it. */
import type { Json, Value } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import type { Problem } from '../../problem.ts'
import { problem } from '../../problem.ts'
import type { Call, Fact, FunctionDeclaration, RuleRef, Scope } from '../define.ts'
import type { Eval, Namespaces, Step } from '../evaluation.ts'
import { nearest } from '../nearest.ts'
import { applyRule } from './apply.ts'
import { type Compiled, type Rule, report, type Unit } from './unit.ts'

export const unknownRule = problem<{ rule: string; nearest: string }>({
  code: 'dtl-unknown-rule',
  severity: 'error',
  says: (f) => `There is no rule “${f.rule}”${f.nearest === '' ? '.' : `; did you mean “${f.nearest}”?`}`,
  fix: () => 'Add the rule beside “default”, or correct the name.',
})

/** Compiles a call of a function that compiles itself. */
export function compileCall(
  unit: Unit,
  rule: Rule,
  scope: Scope,
  declaration: FunctionDeclaration,
  list: readonly Json[],
  places: readonly (readonly number[])[],
  at: JsonPath,
): Eval | Step {
  const { compile } = declaration
  if (compile === undefined) throw new Error(`${declaration.name} is declared without a meaning`)
  return compile(new CallSite(unit, rule, scope, declaration, list, places, at))
}

class CallSite implements Call {
  readonly args: Readonly<Record<string, Json | undefined>>
  readonly namespaces: Namespaces
  readonly idRequired: boolean
  private readonly known = new Map<number, Compiled>()

  constructor(
    private readonly unit: Unit,
    private readonly owner: Rule,
    readonly scope: Scope,
    readonly declaration: FunctionDeclaration,
    readonly list: readonly Json[],
    private readonly places: readonly (readonly number[])[],
    readonly path: JsonPath,
  ) {
    this.namespaces = unit.namespaces
    this.idRequired = unit.idRequired
    const args: Record<string, Json | undefined> = {}
    declaration.takes.forEach((argument, index) => {
      const place = places[index]?.[0]
      args[argument.name] = place === undefined ? undefined : list[place]
    })
    this.args = args
  }

  eval(argument: string | number): Eval {
    return this.compiled(argument).eval
  }

  optional(argument: string): Eval | null {
    return this.placeOf(argument) === undefined ? null : this.eval(argument)
  }

  expression(dtl: Json, at: readonly (string | number)[]): Eval {
    return this.unit.expression(this.owner, this.scope, dtl, [...this.path, ...at]).eval
  }

  steps(argument: string | number): Step {
    const place = this.required(argument)
    return this.unit.steps(this.owner, this.scope, this.list[place] ?? null, [...this.path, place + 1])
  }

  constant(argument: string | number): Value | undefined {
    return this.placeOf(argument) === undefined ? undefined : this.compiled(argument).constant
  }

  gives(argument: string | number) {
    return this.compiled(argument).gives
  }

  rule(name: string): RuleRef {
    const target = this.unit.rules.get(name)
    if (target === undefined) {
      this.report(unknownRule({ rule: name, nearest: nearest(name, this.unit.rules.keys()) ?? '' }))
      return { name, usesHops: () => false, apply: () => null }
    }
    return { name, usesHops: () => target.usesHops, apply: (frame, source) => applyRule(target, frame, source) }
  }

  report(found: Problem, at: readonly (string | number)[] = []): void {
    const where = { ...found.where, function: this.declaration.name }
    report(this.unit, { ...found, where }, [...this.path, ...at])
  }

  within(scope: Scope): Call {
    return new CallSite(this.unit, this.owner, scope, this.declaration, this.list, this.places, this.path)
  }

  slot(): number {
    return this.owner.slots++
  }

  note(fact: Fact): void {
    this.owner.facts.push({ fact, at: this.path })
    if (fact.is === 'joins' || fact.is === 'applies-hops') this.owner.usesHops = true
  }

  isFunction(name: string): boolean {
    return this.unit.isFunction(name)
  }

  later(check: () => void): void {
    this.unit.later.push(check)
  }

  private compiled(argument: string | number): Compiled {
    const place = this.required(argument)
    const before = this.known.get(place)
    if (before !== undefined) return before
    const { unit, owner, scope, list, path } = this
    const compiled = unit.expression(owner, scope, list[place] ?? null, [...path, place + 1])
    this.known.set(place, compiled)
    return compiled
  }

  private required(argument: string | number): number {
    const place = this.placeOf(argument)
    if (place === undefined) throw new Error(`${this.declaration.name} has no argument ${argument} here`)
    return place
  }

  private placeOf(argument: string | number): number | undefined {
    if (typeof argument === 'number') return argument < this.list.length ? argument : undefined
    const index = this.declaration.takes.findIndex((each) => each.name === argument)
    return this.places[index]?.[0]
  }
}
