/**
 * The dependency tracked joins of a DTL transform, read from its rules as they are written. It decides where a chain has
 * to be split (split-points.ts), so it errs on the safe side: a join key that it cannot follow counts as unknown.
 *
 * See "Dependency tracking" (features/dependency-tracking.rst) and "Caveats" (dtl/caveats.rst).
 */
import { nestedParts, rulesProperty } from '../config/model/nested.ts'
import type { FunctionTable } from '../dtl/tree/functions.ts'
import type { HopsNode, RulesTree, TreeNode } from '../dtl/tree/node.ts'
import { parseRules } from '../dtl/tree/parse.ts'
import { childrenOf } from '../dtl/tree/visit.ts'
import { get } from '../entity/dict.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import type { JsonPath } from '../path.ts'

/** One tracked `hops` or `apply-hops`. */
export interface TrackedJoin {
  /** Place below the transform. */
  readonly path: JsonPath
  readonly datasets: readonly string[]
  /** Properties of the transform's source entity that the join looks at; null where that cannot be known. */
  readonly keys: readonly (string | null)[]
}

/** The tracked joins that the transform can reach from its default rule (in every alternative of a conditional one). */
export function trackedJoins(transform: JsonObject, functions: FunctionTable): TrackedJoin[] {
  const found: TrackedJoin[] = []
  for (const { rules, path } of dtlTransforms(transform))
    if (isObject(rules)) new JoinSearch(parseRules(rules, path, functions), found).rule('default', true)
  return found
}

/** The DTL transforms in a transform: itself, the members of a chained one, the alternatives of a conditional one. */
function dtlTransforms(transform: JsonObject, path: JsonPath = []): { rules: Json | undefined; path: JsonPath }[] {
  const rules = rulesProperty(transform)
  if (rules !== null) return [{ rules: get(transform, rules), path: [...path, rules] }]
  return nestedParts('transform', transform).flatMap((nested) => dtlTransforms(nested.part, [...path, ...nested.path]))
}

/** Walks the rules that can be reached. */
class JoinSearch {
  private readonly visited = new Set<string>()

  constructor(
    private readonly rules: RulesTree,
    private readonly found: TrackedJoin[],
  ) {}

  /** `root`: `_S` is the source entity of the transform in this rule. */
  rule(name: string, root: boolean): void {
    const visit = `${root} ${name}`
    const rule = this.rules.get(name)
    if (this.visited.has(visit) || rule === undefined) return
    this.visited.add(visit)
    this.visit(rule.steps, root)
  }

  private visit(node: TreeNode, root: boolean): void {
    if (node.is === 'note') return
    if (node.is === 'hops') {
      this.addJoins(node, root)
      return
    }
    if (node.is === 'call')
      for (const { argument, node: given } of node.given)
        if (argument?.names === 'rule' && typeof given.json === 'string') this.rule(given.json, false)
    for (const child of childrenOf(node)) this.visit(child, root)
  }

  private addJoins({ where, returns, tracked, at, datasets, follows }: HopsNode, root: boolean): void {
    if (where !== null) this.visit(where, root)
    if (returns !== null) this.visit(returns, root)
    if (!tracked) return
    // `_S` of a second specification is what the first one found, not the source entity.
    const keys = follows || where === null ? [] : sourceKeys(where, root)
    this.found.push({ path: at, datasets: datasets.map(({ dataset }) => dataset), keys: [...new Set(keys)] })
  }
}

/** Properties of the source entity in an expression; null where they cannot be known. */
function sourceKeys(node: TreeNode, root: boolean): (string | null)[] {
  if (node.is === 'broken-path') return [null]
  if (node.is !== 'path') return node.is === 'hops' ? [] : childrenOf(node).flatMap((child) => sourceKeys(child, root))
  const { root: from, segments } = node.path
  if (from.is === 'parameters' || from.is === 'alias') return []
  if (from.is === 'root-source') return [segments[0] ?? null]
  if (from.is !== 'source' || from.up > 0) return [null]
  return root ? [segments[0] ?? null] : []
}
