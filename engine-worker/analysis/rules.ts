/** The references inside DTL: rules, expressions, hops (references.ts does the rest of a pipe). */
import type { FunctionTable } from '../dtl/tree/functions.ts'
import { namesIn } from '../dtl/tree/names.ts'
import type { Alias, ArgumentNode, DatasetNode, GivenArgument, HopsNode, PathNode, TreeNode } from '../dtl/tree/node.ts'
import { parseExpression, parseRules, scopeOf } from '../dtl/tree/parse.ts'
import { childrenOf } from '../dtl/tree/visit.ts'
import { get } from '../entity/dict.ts'
import { isObject, type JsonObject } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'
import type { ReferenceKind, ReportReference } from './reference.ts'

/** Properties of sources and transforms that hold expressions. */
const EXPRESSION_KEYS = ['equality', 'equality_sets', 'subset', 'trigger_on']

/** What the names in an argument are names of. */
const REFERENCE_KINDS: ReadonlyMap<string | undefined, ReferenceKind> = new Map([
  ['property', 'property'],
  ['new-property', 'property'],
  ['pattern', 'property'],
  ['dataset', 'dataset'],
  ['namespace', 'namespace'],
  ['rule', 'rule'],
])

/** Reports what the rules and expressions of a stage name; `datasets` are those that the stage gives names to. */
export function walkRules(
  stage: JsonObject,
  path: JsonPath,
  datasets: readonly DatasetNode[],
  functions: FunctionTable,
  report: ReportReference,
): void {
  const rules = get(stage, 'rules')
  const scope = [...path, 'rules'].join('/')
  const search = new ReferenceSearch(scope, report)
  const named = scopeOf(datasets, path)
  for (const key of EXPRESSION_KEYS) {
    const json = get(stage, key)
    if (Array.isArray(json)) search.visit(parseExpression(json, [...path, key], functions, named).node)
  }
  if (!isObject(rules)) return
  for (const { name, at, steps } of parseRules(rules, [...path, 'rules'], functions).values()) {
    report({ what: 'rule', name, path: at, at: 'key', start: 0, end: name.length, definition: true, scope })
    search.visit(steps)
  }
}

/** Reports datasets and the aliases that they get; aliases are known below `definedAt`. */
export function reportDatasets(datasets: readonly DatasetNode[], definedAt: JsonPath, report: ReportReference): void {
  const scope = definedAt.join('/')
  for (const { dataset, alias, at, start, aliasStart } of datasets) {
    report({ what: 'dataset', name: dataset, path: at, start, end: start + dataset.length })
    if (alias === null) continue
    const end = aliasStart + alias.length
    report({ what: 'alias', name: alias, path: at, start: aliasStart, end, definition: true, scope })
  }
}

class ReferenceSearch {
  constructor(
    private readonly rules: string,
    private readonly report: ReportReference,
  ) {}

  visit(node: TreeNode): void {
    switch (node.is) {
      case 'call':
        for (const each of node.given) if (!this.reportNames(each)) this.visit(each.node)
        return
      case 'path':
        this.reportPath(node)
        return
      case 'constant':
        this.reportIdentifier(node)
        return
      case 'hops':
        this.reportHops(node)
        return
      default:
        for (const child of childrenOf(node)) this.visit(child)
    }
  }

  /** Whether an argument consists of names, and then reports them. */
  private reportNames({ argument, node }: GivenArgument): boolean {
    const what = REFERENCE_KINDS.get(argument?.names)
    const names = what === undefined ? null : namesIn(node)
    if (what === undefined || names === null) return false
    for (const { text, at } of names) {
      if (what === 'property') this.reportProperty(text, 0, text.length, at)
      else {
        const place = { name: text, path: at, start: 0, end: text.length }
        this.report(what === 'rule' ? { what, scope: this.rules, ...place } : { what, ...place })
      }
    }
    return true
  }

  private reportPath({ path, at, alias }: PathNode): void {
    if (alias !== null) this.reportAlias(alias, at)
    for (const { name, start, end } of path.spans) this.reportProperty(name, start, end, at)
  }

  private reportAlias({ name, definedAt }: Alias, at: JsonPath): void {
    this.report({ what: 'alias', name, path: at, start: 0, end: name.length, scope: definedAt.join('/') })
  }

  /** A property name; with a namespace in front, both can be found. */
  private reportProperty(name: string, start: number, end: number, path: JsonPath): void {
    this.report({ what: 'property', name, path, start, end })
    const colon = name.indexOf(':')
    const isPlain = end - start === name.length
    if (colon > 0 && isPlain)
      this.report({ what: 'namespace', name: name.slice(0, colon), path, start, end: start + colon })
  }

  /** The namespace of a namespaced identifier that is written out. */
  private reportIdentifier({ json, at }: Pick<ArgumentNode, 'json' | 'at'>): void {
    const name = typeof json === 'string' ? /^~:([^:]+):/.exec(json)?.[1] : undefined
    if (name !== undefined) this.report({ what: 'namespace', name, path: at, start: 2, end: 2 + name.length })
  }

  private reportHops({ datasets, at, where, returns, subsets }: HopsNode): void {
    reportDatasets(datasets, at, this.report)
    if (where !== null) this.visit(where)
    if (returns !== null) this.visit(returns)
    for (const { alias, node } of subsets) {
      const scope = at.join('/')
      this.report({ what: 'alias', name: alias, path: node.at, at: 'key', start: 0, end: alias.length, scope })
      this.visit(node)
    }
  }
}
