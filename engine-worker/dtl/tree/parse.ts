/**
 * DTL as JSON becomes a syntax tree (node.ts). Arguments are bound to the declared ones, paths to variables and aliases,
 * aliases to datasets. Nothing is refused: what is wrong is a node, too, and the compiler says so.
 */
import { get } from '../../entity/dict.ts'
import { keysOf } from '../../entity/json.ts'
import { isObject, type Json, type JsonObject } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import type { Argument } from '../argument.ts'
import { bind } from './bind.ts'
import type { CallableSignature, FunctionTable } from './functions.ts'
import type {
  Alias,
  ArgumentNode,
  CallNode,
  DatasetNode,
  ExpressionNode,
  GivenArgument,
  HopsNode,
  RuleNode,
  RulesTree,
  StepsNode,
  TemplateNode,
} from './node.ts'
import { parsePath } from './path.ts'

/** What names mean where an expression stands. */
interface Scope {
  readonly aliases: ReadonlyMap<string, Alias>
  /** The dataset whose entity `_S` is; null for the entity that comes in. */
  readonly source: string | null
}

const ROOT_SCOPE: Scope = { aliases: new Map(), source: null }

/** The rules of a DTL transform; `at` is their place. */
export function parseRules(rules: JsonObject, at: JsonPath, functions: FunctionTable): RulesTree {
  const tree = new Map<string, RuleNode>()
  for (const [name, written] of Object.entries(rules)) {
    const place = [...at, name]
    const parser = new Parser(functions)
    const steps = parser.steps(written, place, ROOT_SCOPE)
    tree.set(name, { name, at: place, steps, slots: parser.slots })
  }
  return tree
}

/** One expression; `slots` are the aliases of its scope and those that its hops define. */
export function parseExpression(
  json: Json,
  at: JsonPath,
  functions: FunctionTable,
  scope: Scope = ROOT_SCOPE,
): { readonly node: ExpressionNode; readonly slots: number } {
  const parser = new Parser(functions, scope.aliases.size)
  const node = parser.expression(json, at, scope)
  return { node, slots: parser.slots }
}

/** One transform. */
export function parseStep(json: Json, at: JsonPath, functions: FunctionTable): ExpressionNode {
  return new Parser(functions).step(json, at, ROOT_SCOPE)
}

/** A scope in which datasets have names, as in the conditions of a merge source. */
export function scopeOf(datasets: readonly DatasetNode[], definedAt: JsonPath): Scope {
  const aliases = new Map<string, Alias>()
  for (const { alias, dataset } of datasets)
    if (alias !== null) aliases.set(alias, { name: alias, dataset, slot: aliases.size, definedAt })
  return { aliases, source: null }
}

/** A list of datasets with their aliases; items that are not texts are left out. */
export function parseDatasets(json: Json | undefined, at: JsonPath): DatasetNode[] {
  if (!Array.isArray(json)) return []
  return json.flatMap((text, index): DatasetNode[] => {
    const parts = typeof text === 'string' ? /^(\s*)(\S.*?)(?:(\s+)(\S+))?\s*$/s.exec(text) : null
    if (parts === null || typeof text !== 'string') return []
    const [, before = '', dataset = '', between = '', alias] = parts
    const start = before.length
    const aliasStart = start + dataset.length + between.length
    return [{ json: text, at: [...at, index], dataset, alias: alias ?? null, start, aliasStart }]
  })
}

class Parser {
  constructor(
    private readonly functions: FunctionTable,
    /** Aliases so far, which is the slot of the next one. */
    public slots = 0,
  ) {}

  steps(json: Json, at: JsonPath, scope: Scope): StepsNode {
    const single = !Array.isArray(json) || typeof json[0] === 'string'
    const steps = single
      ? [this.step(json, at, scope)]
      : json.map((each, index) => this.step(each, [...at, index], scope))
    return { is: 'steps', json, at, steps }
  }

  step(json: Json, at: JsonPath, scope: Scope): ExpressionNode {
    const name = Array.isArray(json) ? json[0] : undefined
    if (!Array.isArray(json) || typeof name !== 'string') return this.expression(json, at, scope)
    return this.callNode(json, name, at, scope, this.functions.transforms.get(name), 'transform')
  }

  expression(json: Json, at: JsonPath, scope: Scope): ExpressionNode {
    if (typeof json === 'string') return textNode(json, at, scope)
    if (!Array.isArray(json)) return { is: 'constant', json, at }
    const [name] = json
    if (typeof name === 'string')
      return this.callNode(json, name, at, scope, this.functions.expressions.get(name), 'expression')
    return { is: 'list', json, at, items: json.map((each, index) => this.expression(each, [...at, index], scope)) }
  }

  private callNode(
    json: Json[],
    name: string,
    at: JsonPath,
    scope: Scope,
    declared: CallableSignature | undefined,
    kind: CallNode['kind'],
  ): CallNode {
    const places = declared === undefined ? null : bind(declared, json.length - 1)
    const bindings = argumentsByPlace(declared, places)
    const specs: HopsNode[] = []
    const given: GivenArgument[] = []
    for (let place = 0; place < json.length - 1; place++) {
      const { argument, isOutcome } = bindings(place, json.length - 1)
      const written = json[place + 1] ?? null
      const node = this.argumentNode(argument, isOutcome, written, [...at, place + 1], scope, specs)
      if (node.is === 'hops') specs.push(node)
      given.push({ argument, node })
    }
    const bound = places?.map((all) => all.flatMap((place) => given[place] ?? [])) ?? null
    return { is: 'call', json, at, kind, name, declared: declared ?? null, given, bound }
  }

  private argumentNode(
    argument: Argument | null,
    isOutcome: boolean,
    json: Json,
    at: JsonPath,
    scope: Scope,
    before: readonly HopsNode[],
  ): ArgumentNode {
    switch (argument?.mode) {
      case 'json':
        return { is: 'data', json, at }
      case 'note':
        return { is: 'note', json, at, content: this.step(json, at, scope) }
      case 'hops':
        return isObject(json) ? this.hopsNode(json, at, scope, before) : { is: 'data', json, at }
      case 'transforms':
        return this.steps(json, at, scope)
      case 'cases':
        return isOutcome ? this.steps(json, at, scope) : this.expression(json, at, scope)
      case undefined:
        // An argument of an unknown function that looks like a hops specification counts as one.
        return isObject(json) && Array.isArray(get(json, 'datasets'))
          ? this.hopsNode(json, at, scope, before)
          : this.expression(json, at, scope)
      default:
        return this.expression(json, at, scope)
    }
  }

  private hopsNode(json: JsonObject, at: JsonPath, scope: Scope, before: readonly HopsNode[]): HopsNode {
    const datasets = parseDatasets(get(json, 'datasets'), [...at, 'datasets'])
    const aliases = new Map(scope.aliases)
    for (const { alias, dataset } of datasets)
      if (alias !== null && aliases.get(alias)?.definedAt !== at)
        aliases.set(alias, { name: alias, dataset, slot: this.slots++, definedAt: at })
    const last = before.at(-1)
    const follows = last !== undefined
    const source = last?.datasets.at(-1)?.dataset ?? scope.source
    const inside: Scope = { aliases, source: follows ? source : scope.source }
    const subsetsKey = get(json, 'subsets') === undefined ? 'prefilters' : 'subsets'
    const written = get(json, subsetsKey)
    const [condition, template] = [get(json, 'where'), get(json, 'return')]
    const where = condition === undefined ? null : this.expression(condition, [...at, 'where'], inside)
    const subsets = isObject(written)
      ? keysOf(written).map((alias) => {
          const dataset = aliases.get(alias)?.dataset ?? null
          const node = this.expression(get(written, alias) ?? null, [...at, subsetsKey, alias], {
            aliases,
            source: dataset,
          })
          return { alias, node }
        })
      : []
    const returns = template === undefined ? null : this.templateNode(template, [...at, 'return'], inside)
    const tracked = get(json, 'track-dependencies') !== false
    return { is: 'hops', json, at, datasets, where, returns, subsets, tracked, aliases, follows }
  }

  /** A dict, or a list that is no call, holds expressions. */
  private templateNode(json: Json, at: JsonPath, scope: Scope): TemplateNode {
    if (isObject(json)) {
      const members = Object.keys(json).map((key) => ({
        key,
        node: this.templateNode(json[key] ?? null, [...at, key], scope),
      }))
      return { is: 'dict', json, at, members }
    }
    if (!Array.isArray(json)) return this.expression(json, at, scope)
    const [name] = json
    if (typeof name === 'string' && (this.functions.expressions.has(name) || !name.includes('.')))
      return this.expression(json, at, scope)
    return { is: 'list', json, at, items: json.map((each, index) => this.templateNode(each, [...at, index], scope)) }
  }
}

function textNode(json: string, at: JsonPath, { aliases, source }: Scope): ExpressionNode {
  const path = parsePath(json, (name) => aliases.get(name)?.slot)
  if (path === null) return { is: 'constant', json, at }
  if (path === 'malformed') return { is: 'broken-path', json, at }
  const { root } = path
  const alias = root.is === 'alias' ? (aliases.get(root.alias) ?? null) : null
  const dataset = alias !== null ? alias.dataset : root.is === 'source' && root.up === 0 ? source : null
  return { is: 'path', json, at, path, alias, dataset }
}

/** Which declared argument a written one is bound to, and whether it is the outcome of a case. */
function argumentsByPlace(
  declared: CallableSignature | undefined,
  places: readonly (readonly number[])[] | null,
): (place: number, count: number) => { readonly argument: Argument | null; readonly isOutcome: boolean } {
  const byPlace = new Map<number, Argument>()
  places?.forEach((all, index) => {
    const argument = declared?.takes[index]
    if (argument !== undefined) for (const place of all) byPlace.set(place, argument)
  })
  const from = declared?.takes.findIndex(({ name }) => name === declared.casesFrom) ?? -1
  return (place, count) => {
    const turn = place - from
    const isOutcome = from >= 0 && turn >= 0 && (turn % 2 === 1 || (place === count - 1 && turn % 2 === 0))
    return { argument: byPlace.get(place) ?? null, isOutcome }
  }
}
