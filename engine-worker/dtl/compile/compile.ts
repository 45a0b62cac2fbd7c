/**
 * DTL becomes closures, once per configuration: {@link compileRules} for a DTL transform, {@link compileAlone} for a
 * single expression. Problems are collected, not thrown; a rule with problems must not be run.
 */
import { get, put } from '../../entity/dict.ts'
import { type Dict, type Entity, isDict, isObject, type Json, type JsonObject, type Value } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import { Fault, type Problem, problem, type Where } from '../../problem.ts'
import { COUNTED_FROM } from '../budget.ts'
import type { Context, Frame, JoinIndex, Namespaces, Outcome } from '../evaluation.ts'
import { type DtlFacts, factsOf } from '../facts.ts'
import { functionTable } from '../registry.ts'
import type { RulesTree, StepsNode } from '../tree/node.ts'
import { parseExpression, parseRules } from '../tree/parse.ts'
import { visit } from '../tree/visit.ts'
import type { CoverageRecorder } from './coverage.ts'
import { compileExpression, constantExpression } from './expression.ts'
import { rootFrame } from './frame.ts'
import { faultWithPlace, tooMuch, withFreshBudget } from './guard.ts'
import { joinIndex } from './join-index.ts'
import { canGrow, checkSize, countKept } from './size.ts'
import { compileSteps, tracedRule } from './steps.ts'
import type { Tracer } from './trace.ts'
import { compileTrigger } from './trigger.ts'
import {
  type CompilationUnit,
  type CompiledExpression,
  type DatasetIndex,
  newRule,
  type Rule,
  reportProblem,
} from './unit.ts'

interface CompileOptions {
  readonly namespaces?: Namespaces
  /** Where the transform (or the expression) stands in the pipe, e.g. `['transform', 0]`. */
  readonly at?: JsonPath
  /** Compiles a traced variant (trace.ts). */
  readonly tracer?: Tracer
  /** Records which steps are reached (coverage.ts). */
  readonly coverage?: CoverageRecorder
}

/** What one source entity became. */
export interface RuleResult {
  /** The target as far as it was built; null when it has no `_id` and does not need one. */
  readonly target: Entity | null
  readonly created: readonly Entity[]
  /** `filtered`: the target must not go on, except to delete what it was before; `discarded`: nothing is said. */
  readonly stopped: 'filtered' | 'discarded' | null
}

/** A compiled DTL transform. */
export interface CompiledRules {
  /** Evaluates the default rule. Throws a Fault with path and entity, or Suspended; nothing else. */
  run(entity: Entity, ctx: Context): RuleResult
  readonly facts: DtlFacts
  /** How its joins look into datasets. */
  readonly indexes: readonly DatasetIndex[]
}

const noRules = problem<{ found: string }>({
  code: 'dtl-no-default-rule',
  severity: 'error',
  says: (f) => `The DTL transform has ${f.found}.`,
  fix: () => 'Give "rules" a "default" rule: {"default": [["copy", "*"]]}.',
})

const missingId = problem<{ found: string; what: string }>({
  code: 'dtl-id-required',
  severity: 'error',
  says: (f) => `The ${f.what} has ${f.found}, but every entity needs a string "_id".`,
  fix: () => 'Add "_id" in the rule, or set "id_required": false on the transform to leave such entities out.',
})

export const NO_NAMESPACES: Namespaces = { enabled: false, identity: '', property: '', expansions: new Map() }

/** Compiles a DTL transform: `rules`, `id_required`, `trigger_on`. See configuration-transforms-dtl.rst. */
export function compileRules(
  config: JsonObject,
  options: CompileOptions = {},
): { dtl: CompiledRules; problems: Problem[] } {
  const at = options.at ?? []
  const idRequired = get(config, 'id_required') !== false
  const { unit, main, tree } = compileDefault(config, options, false)
  const trigger = compileTrigger(unit, get(config, 'trigger_on'), [...at, 'trigger_on'])
  const placed = memoized(() => compileDefault(config, options, true).main)
  let facts: DtlFacts = { rules: [], reached: [], functions: new Set() }
  withinDepth(unit, at, () => {
    facts = factsOf(tree, unit.namespaces)
  })
  const written = facts.rules.find(({ rule }) => rule === main.name)?.writes ?? []
  const rule: JsonPath = [...at, 'rules', 'default']
  const placeOf = (property: string) => written.find((each) => each.property === property)?.at ?? rule
  return {
    dtl: {
      run: ruleRunner(main, placed, idRequired ? { path: rule } : null, canGrow(facts), placeOf, trigger),
      facts,
      indexes: unit.indexes,
    },
    problems: unit.problems,
  }
}

function compileDefault(
  config: JsonObject,
  options: CompileOptions,
  placed: boolean,
): { unit: CompilationUnit; main: Rule; tree: RulesTree } {
  const at = [...(options.at ?? []), 'rules']
  const rules = get(config, 'rules')
  const unit = newUnit(options, get(config, 'id_required') !== false, placed)
  if (!isObject(rules) || !Object.hasOwn(rules, 'default'))
    reportProblem(unit, noRules({ found: isObject(rules) ? 'no rule “default”' : 'no rules' }), at)
  const tree = declareRules(unit, isObject(rules) ? rules : {}, at)
  compileDeclared(unit, tree, at)
  return { unit, main: unit.rules.get('default') ?? newRule('default', at), tree }
}

/** A single expression, with the rules it may apply. */
export interface CompiledAlone {
  /** Evaluates with `_S` and `_T`. Throws Faults and Suspended only. */
  evaluate(source: Value, ctx: Context, target?: Dict): Value
  readonly constant: Value | undefined
}

/** How one expression is compiled outside of any rule. */
interface ExpressionOptions extends CompileOptions {
  readonly rules?: JsonObject
  /** Other names for `_S` than `_S` itself, as in merge equalities. */
  readonly aliases?: readonly string[]
}

/** Compiles one expression outside of any rule. */
export function compileAlone(
  dtl: Json,
  options: ExpressionOptions = {},
): { expression: CompiledAlone; problems: Problem[] } {
  const { unit, rule, compiled } = compileSingle(dtl, options, false)
  const placed = memoized(() => compileSingle(dtl, options, true).compiled)
  const aliases = options.aliases?.length ?? 0
  const evaluate = ({ eval: evaluate }: CompiledExpression, source: Value, ctx: Context, target: Dict) => {
    const frame = rootFrame(source, target, { target: null, created: [], stopped: null }, ctx, rule.slots)
    for (let slot = 0; slot < aliases; slot++) frame.aliases[slot] = source
    return evaluate(frame)
  }
  const expression: CompiledAlone = {
    constant: compiled.constant,
    evaluate: (source, ctx, target = {}) => {
      try {
        return evaluate(compiled, source, ctx, target)
      } catch (error) {
        throw faultWithPlace(error, () => evaluate(placed(), source, withFreshBudget(ctx), target), entityWhere(source))
      }
    },
  }
  return { expression, problems: unit.problems }
}

function compileSingle(
  dtl: Json,
  options: ExpressionOptions,
  placed: boolean,
): { unit: CompilationUnit; rule: Rule; compiled: CompiledExpression } {
  const at = options.at ?? []
  const unit = newUnit(options, true, placed)
  const names = options.aliases ?? []
  const aliases = new Map(names.map((name, slot) => [name, { name, dataset: '', slot, definedAt: at }]))
  let rule = newRule('', at, names.length)
  let compiled = constantExpression(null)
  const rules = declareRules(unit, options.rules ?? {}, ['rules'])
  withinDepth(unit, at, () => {
    const { node, slots } = parseExpression(dtl, at, functionTable, { aliases, source: null })
    rule = newRule('', at, slots)
    compiled = unit.expression(rule, node)
  })
  compileDeclared(unit, rules, ['rules'])
  return { unit, rule, compiled }
}

/** The index of a join over an expression about one alias, as of a merge equality or a subset. */
export function compileIndex(
  dtl: Json,
  alias: string,
  options: CompileOptions = {},
): { index: JoinIndex; problems: Problem[] } {
  const { unit, compiled } = compileSingle(dtl, { ...options, aliases: [alias] }, false)
  const index = joinIndex({ dtl, alias, slot: 0, evaluate: compiled.eval }, unit.namespaces)
  return { index, problems: unit.problems }
}

function newUnit(options: CompileOptions, idRequired: boolean, placed: boolean): CompilationUnit {
  const unit: CompilationUnit = {
    namespaces: options.namespaces ?? NO_NAMESPACES,
    idRequired,
    rules: new Map(),
    problems: [],
    indexes: [],
    tracer: options.tracer ?? null,
    coverage: options.coverage ?? null,
    placed: placed || options.tracer !== undefined,
    later: [],
    expression: (rule, node) => compileExpression(unit, rule, node),
    steps: (rule, node) => compileSteps(unit, rule, node),
  }
  return unit
}

/** Makes the rules known, so that calls can refer to them; they may apply each other. */
function declareRules(unit: CompilationUnit, rules: JsonObject, at: JsonPath): RulesTree {
  let tree: RulesTree = new Map()
  withinDepth(unit, at, () => {
    tree = parseRules(rules, at, functionTable)
    for (const { name, at: place, slots, steps } of tree.values())
      unit.rules.set(name, newRule(name, place, slots, hasHops(steps)))
  })
  return tree
}

function compileDeclared(unit: CompilationUnit, tree: RulesTree, at: JsonPath): void {
  withinDepth(unit, at, () => {
    for (const { name, steps } of tree.values()) {
      const rule = unit.rules.get(name)
      if (rule === undefined) continue
      const run = unit.steps(rule, steps)
      rule.run = unit.tracer === null ? run : tracedRule(run, unit.tracer, rule.at)
    }
    for (const check of unit.later) check()
  })
}

/** Configuration nested too deep for the stack is a problem of the configuration. */
function withinDepth(unit: CompilationUnit, at: JsonPath, compile: () => void): void {
  try {
    compile()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    reportProblem(unit, tooMuch({ reason: 'the configuration is nested too deep' }), at)
  }
}

function ruleRunner(
  main: Rule,
  placed: () => Rule,
  idMissing: Where | null,
  grows: boolean,
  placeOf: (property: string) => JsonPath,
  trigger: ((entity: Entity) => boolean) | null,
): CompiledRules['run'] {
  const evaluate = (rule: Rule, entity: Entity, ctx: Context): RuleResult => {
    const out: Outcome = { target: null, created: NO_ENTITIES, stopped: null }
    const before = ctx.spent
    const frame = rootFrame(entity, startTarget(new rule.Target(), entity, ctx.target), out, ctx, rule.slots)
    rule.run(frame)
    if (grows) {
      checkSize(frame.T)
      for (const created of out.created) checkSize(created)
    }
    if (ctx.spent - before > COUNTED_FROM) countKept([frame.T, ...out.created], ctx, placeOf)
    return finish(frame, out, idMissing)
  }
  return (entity, ctx) => {
    if (trigger !== null && !trigger(entity)) return { target: entity, created: [], stopped: null }
    try {
      return evaluate(main, entity, ctx)
    } catch (error) {
      throw faultWithPlace(error, () => evaluate(placed(), entity, withFreshBudget(ctx)), entityWhere(entity))
    }
  }
}

function entityWhere(entity: Value): Where {
  return isDict(entity) && typeof entity._id === 'string' ? { entity: entity._id } : {}
}

function memoized<T>(make: () => T): () => T {
  let cached: { readonly value: T } | null = null
  return () => {
    cached ??= { value: make() }
    return cached.value
  }
}

/** The target of the default rule starts with what identifies the source entity, and with what is given. */
function startTarget(target: Dict, source: Entity, given: Dict | undefined): Dict {
  if (source._id !== undefined) target._id = source._id
  if (source._deleted !== undefined) target._deleted = source._deleted
  if (given !== undefined) for (const key in given) put(target, key, given[key] ?? null)
  return target
}

const NO_ENTITIES: Entity[] = []

/** `idMissing` is where to report that there is no `_id`; null where it is not required. */
function finish({ T }: Frame, out: Outcome, idMissing: Where | null): RuleResult {
  if (typeof T._id === 'string') out.target = T
  else if (idMissing !== null && out.stopped === null)
    throw new Fault(
      missingId(
        { what: 'target', found: T._id === undefined ? 'no "_id"' : 'an "_id" that is not a string' },
        idMissing,
      ),
    )
  return out
}

function hasHops(steps: StepsNode): boolean {
  let found = false
  visit(steps, (node) => {
    found ||= node.is === 'hops'
    return node.is !== 'note'
  })
  return found
}
