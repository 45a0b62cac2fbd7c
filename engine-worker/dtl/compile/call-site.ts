/** One call under compilation, as a declaration's `compile` sees it. */
import type { Json, Value } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import type { Problem } from '../../problem.ts'
import { problem, renameTo } from '../../problem.ts'
import type { Call, FunctionDeclaration, RuleRef } from '../define.ts'
import type { Eval, JoinIndex, Namespaces, Step } from '../evaluation.ts'
import { nearest } from '../nearest.ts'
import { type ArgumentNode, type CallNode, type ExpressionNode, isExpression } from '../tree/node.ts'
import { applyRule } from './apply.ts'
import { type CompilationUnit, type CompiledExpression, type Rule, reportProblem } from './unit.ts'

const unknownRule = problem<{ rule: string; nearest: string }>({
  code: 'dtl-unknown-rule',
  severity: 'error',
  says: (f) => `There is no rule “${f.rule}”${f.nearest === '' ? '.' : `; did you mean “${f.nearest}”?`}`,
  fix: () => 'Add the rule beside “default”, or correct the name.',
  repair: (f) => renameTo(f.rule, f.nearest),
})

/** Compiles a call of a function that compiles itself. */
export function compileCall(
  unit: CompilationUnit,
  rule: Rule,
  declaration: FunctionDeclaration,
  node: CallNode,
): Eval | Step {
  const { compile } = declaration
  if (compile === undefined) throw new Error(`${declaration.name} is declared without a meaning`)
  return compile(new CallSite(unit, rule, declaration, node))
}

class CallSite implements Call {
  readonly args: Readonly<Record<string, Json | undefined>>
  readonly namespaces: Namespaces
  readonly idRequired: boolean
  private readonly compiledArguments = new Map<ArgumentNode, CompiledExpression>()

  constructor(
    private readonly unit: CompilationUnit,
    private readonly owner: Rule,
    readonly declaration: FunctionDeclaration,
    readonly node: CallNode,
  ) {
    this.namespaces = unit.namespaces
    this.idRequired = unit.idRequired
    const args: Record<string, Json | undefined> = {}
    declaration.takes.forEach(({ name }, index) => {
      args[name] = node.bound?.[index]?.[0]?.node.json
    })
    this.args = args
  }

  get given() {
    return this.node.given
  }

  eval(argument: string | number): Eval {
    return this.compiled(this.requiredArgument(argument)).eval
  }

  optional(argument: string): Eval | null {
    const node = this.argument(argument)
    return node === undefined ? null : this.compiled(node).eval
  }

  expression(node: ExpressionNode): Eval {
    return this.compiled(node).eval
  }

  steps(argument: string | number): Step {
    const node = this.requiredArgument(argument)
    if (node.is !== 'steps') throw new Error(`${argument} of ${this.declaration.name} takes no transforms`)
    return this.unit.steps(this.owner, node)
  }

  constant(argument: string | number): Value | undefined {
    const node = this.argument(argument)
    return node === undefined ? undefined : this.compiled(node).constant
  }

  gives(argument: string | number) {
    return this.compiled(this.requiredArgument(argument)).gives
  }

  rule(name: string): RuleRef {
    const target = this.unit.rules.get(name)
    if (target === undefined) {
      this.report(unknownRule({ rule: name, nearest: nearest(name, this.unit.rules.keys()) ?? '' }))
      return { name, usesHops: () => false, apply: () => null }
    }
    return { name, usesHops: () => target.usesHops, apply: (frame, source) => applyRule(target, frame, source) }
  }

  report(found: Problem, at: JsonPath = []): void {
    const where = { ...found.where, function: this.declaration.name }
    reportProblem(this.unit, { ...found, where }, [...this.node.at, ...at])
  }

  usesIndex(dataset: string, index: JoinIndex): void {
    this.unit.indexes.push({ dataset, index })
  }

  later(check: () => void): void {
    this.unit.later.push(check)
  }

  argument(argument: string | number): ArgumentNode | undefined {
    if (typeof argument === 'number') return this.node.given[argument]?.node
    const index = this.declaration.takes.findIndex((each) => each.name === argument)
    return this.node.bound?.[index]?.[0]?.node
  }

  private compiled(node: ArgumentNode): CompiledExpression {
    const before = this.compiledArguments.get(node)
    if (before !== undefined) return before
    if (!isExpression(node)) throw new Error(`an argument of ${this.declaration.name} is no expression`)
    const compiled = this.unit.expression(this.owner, node)
    this.compiledArguments.set(node, compiled)
    return compiled
  }

  private requiredArgument(argument: string | number): ArgumentNode {
    const node = this.argument(argument)
    if (node === undefined) throw new Error(`${this.declaration.name} has no argument ${argument} here`)
    return node
  }
}
