/**
 * Reading a HOPS_SPEC: aliases, conditions split into joins and filters, and the order in which the aliases are found.
 * See dtl-functions-hops.rst and joins.rst.
 */
import { get } from '../../entity/dict.ts'
import { isObject, type Json } from '../../entity/value.ts'
import { problem } from '../../problem.ts'
import {
  type ArgumentNode,
  type CallNode,
  type ExpressionNode,
  type HopsNode,
  isExpression,
  type TemplateNode,
} from '../tree/node.ts'
import { type References, referencesOf } from '../tree/references.ts'

export const badSpec = problem<{ what: string }>({
  code: 'dtl-hops-spec',
  severity: 'error',
  says: (f) => `The hops specification ${f.what}.`,
  fix: () => 'Write {"datasets": ["orders o"], "where": ["eq", "_S._id", "o.customer"]}.',
})

const notJoined = problem<{ alias: string }>({
  code: 'dtl-hops-not-joined',
  severity: 'error',
  says: (f) => `The alias “${f.alias}” cannot be reached from the source entity: no “eq” in “where” joins it.`,
  fix: (f) => `Add a join such as ["eq", "_S._id", "${f.alias}.customer"].`,
})

const returnWithRecurse = problem<Record<string, never>>({
  code: 'dtl-hops-return-recurse',
  severity: 'error',
  says: () => '“return” cannot be used together with “recurse”.',
  fix: () => 'Put “return” on a further hops specification after this one.',
})

/** One condition of `where`. */
interface JoinCondition {
  readonly node: ExpressionNode
  readonly references: References
}

/** One way to find an alias: the values of `known` are looked for among those of `wanted`. */
export interface Lookup {
  readonly wanted: ExpressionNode
  readonly known: ExpressionNode
  /** Whether an index over `wanted` holds. */
  readonly indexable: boolean
  /** Further conditions of this branch of an `or`. */
  readonly besides: readonly JoinCondition[]
}

/** How one alias is found: by any of the look-ups, then checked against joins and filters. */
export interface PlannedAlias {
  readonly alias: string
  readonly dataset: string
  readonly lookups: readonly Lookup[]
  /** Further joins to aliases found before: of each, one branch has to overlap. */
  readonly overlaps: readonly (readonly Lookup[])[]
  readonly filters: readonly JoinCondition[]
}

/** The argument of hops, read and planned: which datasets are looked into, by which conditions, in which order. */
export interface HopSpec {
  /** Alias to dataset, in the order written. */
  readonly datasets: ReadonlyMap<string, string>
  readonly plan: readonly PlannedAlias[]
  /** Conditions that refer to no alias. */
  readonly before: readonly JoinCondition[]
  readonly tracked: boolean
  readonly recurse: boolean
  readonly excludeRoot: boolean
  readonly maxDepth: number
  readonly returns: TemplateNode | null
  /** By alias: an equality of a property and a constant. */
  readonly subsets: ReadonlyMap<string, CallNode>
}

type SpecProblem = ReturnType<typeof badSpec> | ReturnType<typeof notJoined> | ReturnType<typeof returnWithRecurse>

/** Reads a specification; `report` is called with its problems. Null when it cannot be used. */
export function readHopSpec(
  node: ArgumentNode,
  report: (found: SpecProblem, at: readonly (string | number)[]) => void,
): HopSpec | null {
  if (node.is !== 'hops') {
    report(badSpec({ what: 'must be a dict' }), [])
    return null
  }
  const { json, where } = node
  const datasets = readDatasets(get(json, 'datasets'), report)
  if (datasets === null) return null
  if (where === null) {
    report(badSpec({ what: 'has no "where"' }), [])
    return null
  }
  const referencesIn: ReferenceFinder = (part) => referencesOf(part, (alias) => datasets.has(alias))
  const conditions = conjuncts(where, referencesIn)
  const recurse = get(json, 'recurse') === true
  if (recurse && node.returns !== null) report(returnWithRecurse({}), ['return'])
  const depth = get(json, 'max_depth')
  if (depth !== undefined && depth !== null && !(typeof depth === 'number' && Number.isInteger(depth) && depth >= 0))
    report(badSpec({ what: 'needs an integer or null as "max_depth"' }), ['max_depth'])
  return {
    datasets,
    ...planJoins(datasets, conditions, referencesIn, report),
    tracked: node.tracked,
    recurse,
    excludeRoot: get(json, 'exclude_root') === true,
    maxDepth: depth === null ? Number.POSITIVE_INFINITY : typeof depth === 'number' ? depth : 10,
    returns: node.returns,
    subsets: readSubsets(node, datasets, referencesIn, report),
  }
}

/** The references of an expression, the aliases of the specification told apart. */
type ReferenceFinder = (node: ExpressionNode) => References

function readDatasets(
  json: Json | undefined,
  report: (found: SpecProblem, at: string[]) => void,
): Map<string, string> | null {
  const datasets = new Map<string, string>()
  const list = Array.isArray(json) ? json : []
  if (list.length === 0) {
    report(badSpec({ what: 'needs "datasets", a list such as ["orders o"]' }), ['datasets'])
    return null
  }
  for (const each of list) {
    const match = typeof each === 'string' ? /^\s*(\S.*?)(?:\s+(\S+))?\s*$/.exec(each) : null
    const dataset = match?.[1]
    if (dataset === undefined) {
      report(badSpec({ what: 'names a dataset by something that is not text' }), ['datasets'])
      return null
    }
    const alias = match?.[2]
    if (alias === undefined) {
      report(badSpec({ what: `names the dataset “${dataset}” without an alias` }), ['datasets'])
      return null
    }
    if (datasets.has(alias)) report(badSpec({ what: `uses the alias “${alias}” twice` }), ['datasets'])
    datasets.set(alias, dataset)
  }
  return datasets
}

function readSubsets(
  { json, subsets: written }: HopsNode,
  datasets: ReadonlyMap<string, string>,
  refer: ReferenceFinder,
  report: (found: SpecProblem, at: string[]) => void,
): Map<string, CallNode> {
  const subsets = new Map<string, CallNode>()
  const given = get(json, 'subsets') ?? get(json, 'prefilters')
  if (given === undefined) return subsets
  if (!isObject(given)) {
    report(badSpec({ what: 'needs a dict as "subsets"' }), ['subsets'])
    return subsets
  }
  for (const { alias, node } of written) {
    const reportBadSubset = (what: string, ...more: string[]) =>
      report(badSpec({ what: `has a subset for “${alias}”${what}` }), ['subsets', ...more])
    if (!datasets.has(alias)) reportBadSubset(', which is no alias of it')
    else if (!isEquality(node)) reportBadSubset(' that is not ["eq", "_S.property", value]', alias)
    else {
      const [, right] = writtenSides(node)
      if (right === undefined || isVariable(refer(right)))
        reportBadSubset(' whose value is not the same for every entity', alias)
      else subsets.set(alias, node)
    }
  }
  return subsets
}

/** A comparison of two sides that can join them. */
function isEquality(node: ExpressionNode): node is CallNode {
  return node.is === 'call' && node.declared?.joins === 'equality' && node.given.length === 2
}

function writtenSides(node: CallNode): ExpressionNode[] {
  return node.given.flatMap(({ node: side }) => (isExpression(side) ? [side] : []))
}

function isVariable({ aliases, context, item }: References): boolean {
  return aliases.size > 0 || context || item
}

/** The parts that must all hold: of a list of expressions, and of `and` inside. */
function conjuncts(node: ExpressionNode, refer: ReferenceFinder): JoinCondition[] {
  const parts =
    node.is === 'list'
      ? node.items
      : node.is === 'call' && node.declared?.joins === 'all'
        ? node.given.map((each) => each.node)
        : null
  if (parts === null) return [{ node, references: refer(node) }]
  return parts.flatMap((each) => (isExpression(each) ? conjuncts(each, refer) : []))
}

/** One side of an equality. `of` is its alias, or null for the source side. */
interface JoinSide {
  readonly node: ExpressionNode
  readonly of: string | null
  readonly indexable: boolean
}

/** A condition that joins the two sides. An `or` of joins between the same two has several branches. */
interface Join {
  readonly condition: JoinCondition
  readonly between: readonly [string | null, string | null]
  readonly branches: readonly {
    readonly sides: readonly [JoinSide, JoinSide]
    readonly besides: readonly JoinCondition[]
  }[]
}

function planJoins(
  datasets: ReadonlyMap<string, string>,
  conditions: readonly JoinCondition[],
  refer: ReferenceFinder,
  report: (found: SpecProblem, at: string[]) => void,
): { plan: PlannedAlias[]; before: JoinCondition[] } {
  const joins: Join[] = []
  const filters: JoinCondition[] = []
  for (const condition of conditions) {
    const join = joinOf(condition, refer)
    // Only the first of several joins between the same two aliases joins; the others compare exactly.
    if (join === null || joins.some((before) => sameAliases(before.between, join.between))) filters.push(condition)
    else joins.push(join)
  }
  const plan: PlannedAlias[] = []
  const known = new Set<string | null>([null])
  const open = new Set(datasets.keys())
  const pendingFilters = new Set(filters)
  const ready = () => {
    const holds = [...pendingFilters].filter(({ references }) =>
      [...references.aliases].every((alias) => known.has(alias)),
    )
    for (const each of holds) pendingFilters.delete(each)
    return holds
  }
  const before = ready()
  while (open.size > 0) {
    const alias = [...open].find((each) => joins.some((join) => reaches(join, each, known)))
    if (alias === undefined) break
    const usable = joins.filter((join) => reaches(join, alias, known))
    const [first, ...others] = usable
    if (first === undefined) break
    open.delete(alias)
    known.add(alias)
    plan.push({
      alias,
      dataset: datasets.get(alias) ?? '',
      lookups: lookupsOf(first, alias),
      overlaps: others.map((join) => lookupsOf(join, alias)),
      filters: ready(),
    })
  }
  for (const alias of open) report(notJoined({ alias }), ['where'])
  return { plan, before }
}

function sameAliases(a: readonly [string | null, string | null], b: readonly [string | null, string | null]): boolean {
  return (a[0] === b[0] && a[1] === b[1]) || (a[0] === b[1] && a[1] === b[0])
}

function reaches(join: Join, alias: string, known: ReadonlySet<string | null>): boolean {
  const [a, b] = join.between
  return (a === alias && known.has(b)) || (b === alias && known.has(a))
}

function lookupsOf(join: Join, alias: string): Lookup[] {
  return join.branches.map(({ sides: [a, b], besides }) => {
    const [wanted, known] = a.of === alias ? [a, b] : [b, a]
    return { wanted: wanted.node, known: known.node, indexable: wanted.indexable, besides }
  })
}

/** The condition as a join, or null when it is a filter. */
function joinOf(condition: JoinCondition, refer: ReferenceFinder): Join | null {
  const { node } = condition
  if (node.is !== 'call') return null
  const sides = sidesOf(node, refer)
  if (sides !== null) return { condition, between: [sides[0].of, sides[1].of], branches: [{ sides, besides: [] }] }
  if (node.declared?.joins !== 'any' || node.given.length === 0) return null
  const branches: { sides: readonly [JoinSide, JoinSide]; besides: JoinCondition[] }[] = []
  let between: readonly [string | null, string | null] | null = null
  for (const branch of writtenSides(node)) {
    const parts = conjuncts(branch, refer)
    const found = parts.map((part) => sidesOf(part.node, refer))
    const place = found.findIndex((each) => each !== null)
    const sides = found[place] ?? null
    if (sides === null) return null
    const pair = [sides[0].of, sides[1].of] as const
    if (between !== null && !sameAliases(between, pair)) return null
    between = pair
    const besides = parts.filter((_, other) => other !== place)
    // What else a branch asks for must be decided by the same two.
    if (besides.some(({ references }) => [...references.aliases].some((alias) => !pair.includes(alias)))) return null
    branches.push({ sides, besides })
  }
  return between === null ? null : { condition, between, branches }
}

/** The sides of an equality when each refers to exactly one alias, and not to the same; the source counts as one. */
function sidesOf(node: ExpressionNode, refer: ReferenceFinder): [JoinSide, JoinSide] | null {
  if (!isEquality(node)) return null
  const [left, right] = writtenSides(node)
  if (left === undefined || right === undefined) return null
  const a = sideOf(left, refer(left))
  const b = sideOf(right, refer(right))
  return a === null || b === null || a.of === b.of ? null : [a, b]
}

function sideOf(node: ExpressionNode, references: References): JoinSide | null {
  const [alias, second] = references.aliases
  if (second !== undefined) return null
  const { context, item, opaque } = references
  if (alias === undefined) return context || item || opaque ? { node, of: null, indexable: false } : null
  return context ? null : { node, of: alias, indexable: !opaque }
}
