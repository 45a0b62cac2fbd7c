/** The steps of a rule as columns: which target property comes from where, and which source properties are read. */
import {
  argumentOf,
  type CallNode,
  childrenOf,
  type ExpressionNode,
  type FunctionTable,
  type Json,
  type JsonPath,
  namesIn,
  parseRules,
  segmentText,
  type TreeNode,
  visit,
} from '../../../engine-worker/index.ts'

export interface MappingRow {
  /** The target property, or the pattern of several. */
  readonly target: string
  readonly from: Json
  /** Of the step. */
  readonly path: JsonPath
  readonly fromPath: JsonPath
  /** The value is under the target's name in what the step made, because the step takes names. */
  readonly byName: boolean
  /** The target stands for all properties that its pattern matches, which are copied as they are. */
  readonly isPattern: boolean
  /** The properties that it is made of. */
  readonly reads: readonly PropertyRead[]
  /** The rule that makes each of its items, and the dataset that these come from; null where it has none. */
  readonly rule: { readonly name: string; readonly dataset: string | null } | null
}

/** A property that is read: of the entity that comes in (null), or of a dataset that is joined. */
interface PropertyRead {
  readonly dataset: string | null
  readonly name: string
}

function stepsOf(steps: readonly Json[], path: JsonPath, functions: FunctionTable): readonly ExpressionNode[] {
  const name = String(path.at(-1) ?? '')
  return parseRules({ [name]: [...steps] }, path.slice(0, -1), functions).get(name)?.steps.steps ?? []
}

/** A row for each step that writes properties; branches are searched, too. `path` is the place of the steps. */
export function rowsOf(steps: readonly Json[], path: JsonPath, functions: FunctionTable): readonly MappingRow[] {
  return stepsOf(steps, path, functions).flatMap(rowsOfStep)
}

function rowsOfStep(step: ExpressionNode): readonly MappingRow[] {
  if (step.is !== 'call') return []
  const effect = step.declared?.writes
  const rowOf = (target: TreeNode | string | undefined, from: TreeNode, byName = false): MappingRow => ({
    byName,
    isPattern: byName && typeof target === 'string' && target.includes('*'),
    reads: byName ? namesRead(from) : pathsRead(from),
    rule: byName ? null : ruleOf(from),
    target: typeof target === 'string' ? target : textOf(target?.json),
    from: from.json,
    path: step.at,
    fromPath: from.at,
  })
  switch (effect?.is) {
    case 'sets': {
      const value = argumentOf(step, effect.value)
      return value ? [rowOf(argumentOf(step, effect.property), value)] : []
    }
    case 'copies': {
      const include = argumentOf(step, effect.include)
      if (!include) return []
      const names = namesIn(include)
      if (names === null) return [rowOf(include, include, true)]
      return names.map(({ text }) => ({
        ...rowOf(text, include, true),
        from: sourceOf(text) ?? include.json,
        reads: [{ dataset: null, name: text }],
      }))
    }
    case 'brings': {
      const from = argumentOf(step, effect.from)
      return from ? [hopsRow(step, from, effect.property, effect.suffix, rowOf)] : []
    }
    case 'merges': {
      const values = argumentOf(step, effect.values)
      return values ? [rowOf('*', values)] : []
    }
    default:
      return childrenOf(step).flatMap((child) => (child.is === 'steps' ? child.steps.flatMap(rowsOfStep) : []))
  }
}

function hopsRow(
  step: CallNode,
  from: TreeNode,
  property: string,
  suffix: string | null,
  row: (target: TreeNode | string | undefined, from: TreeNode, byName: boolean) => MappingRow,
): MappingRow {
  const target = argumentOf(step, property) ?? `${textOf(from.json)}${suffix ?? ''}`
  return { ...row(target, from, true), from: sourceOf(from.json) ?? from.json }
}

function textOf(json: Json | undefined): string {
  return typeof json === 'string' ? json : JSON.stringify(json ?? '')
}

/** Those of some names that a pattern with `*` matches. */
export function namesLike(pattern: string, names: readonly string[]): readonly string[] {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const like = new RegExp(`^${parts.join('.*')}$`)
  return names.filter((name) => like.test(name))
}

/** The path of a source property that a step takes by its name; null where the name stands for several. */
function sourceOf(name: Json): string | null {
  return typeof name === 'string' && !name.includes('*') && name !== '' ? `_S.${segmentText(name)}` : null
}

/** The source properties that the steps read, by their first segment; `all` when they take everything. */
export function readsOf(
  steps: readonly Json[],
  functions: FunctionTable,
): { readonly all: boolean; readonly names: ReadonlySet<string> } {
  const names = new Set<string>()
  let all = false
  const addNames = (node: TreeNode | undefined) => {
    for (const { text } of node === undefined ? [] : (namesIn(node) ?? []))
      if (text === '*') all = true
      else names.add(text)
  }
  const visitNode = (node: TreeNode): boolean => {
    if (node.is === 'path' && node.path.root.is === 'source' && node.path.root.up === 0) {
      const [name] = node.path.segments
      if (name === undefined) all = true
      else for (const each of [name, name.slice(name.lastIndexOf(':') + 1)]) names.add(each)
    }
    const effect = node.is === 'call' ? node.declared?.writes : undefined
    if (node.is === 'call' && effect?.is === 'copies') addNames(argumentOf(node, effect.include))
    if (node.is === 'call' && effect?.is === 'brings') addNames(argumentOf(node, effect.from))
    return true
  }
  for (const step of stepsOf(steps, ['default'], functions)) visit(step, visitNode)
  return { all, names }
}

function namesRead(node: TreeNode): readonly PropertyRead[] {
  return (namesIn(node) ?? []).map(({ text }) => ({ dataset: null, name: text }))
}

/** The properties that an expression reads, each once, in the order in which they stand there. */
function pathsRead(root: TreeNode): readonly PropertyRead[] {
  const found = new Map<string, PropertyRead>()
  visit(root, (node) => {
    if (node.is !== 'path') return true
    const [name] = node.path.segments
    const own = node.path.root.is === 'source' && node.path.root.up === 0
    const dataset = node.alias?.dataset ?? null
    if (name !== undefined && (own || dataset !== null)) found.set(`${dataset} ${name}`, { dataset, name })
    return true
  })
  return [...found.values()]
}

/** The first rule that an expression applies, with the dataset of the join around it. */
function ruleOf(root: TreeNode): MappingRow['rule'] {
  let name: string | null = null
  let dataset: string | null = null
  visit(root, (node) => {
    if (node.is === 'hops') dataset ??= node.datasets[0]?.dataset ?? null
    if (node.is !== 'call' || name !== null) return true
    const place = node.declared?.takes.findIndex(({ names }) => names === 'rule') ?? -1
    const rule = node.bound?.[place]?.[0]?.node.json
    if (typeof rule === 'string') name = rule
    return true
  })
  return name === null ? null : { name, dataset }
}
