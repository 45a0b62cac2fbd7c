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

interface MappingRow {
  /** The target property, or the pattern of several. */
  readonly target: string
  readonly from: Json
  /** Of the step. */
  readonly path: JsonPath
  readonly fromPath: JsonPath
  /** The value is under the target's name in what the step made, because the step takes names. */
  readonly byName: boolean
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
  const row = (target: TreeNode | string | undefined, from: TreeNode, byName = false): MappingRow => ({
    byName,
    target: typeof target === 'string' ? target : textOf(target?.json),
    from: from.json,
    path: step.at,
    fromPath: from.at,
  })
  switch (effect?.is) {
    case 'sets': {
      const value = argumentOf(step, effect.value)
      return value ? [row(argumentOf(step, effect.property), value)] : []
    }
    case 'copies': {
      const include = argumentOf(step, effect.include)
      if (!include) return []
      const names = namesIn(include)
      if (names === null) return [row(include, include, true)]
      return names.map(({ text }) => ({ ...row(text, include, true), from: sourceOf(text) ?? include.json }))
    }
    case 'brings': {
      const from = argumentOf(step, effect.from)
      return from ? [hopsRow(step, from, effect.property, effect.suffix, row)] : []
    }
    case 'merges': {
      const values = argumentOf(step, effect.values)
      return values ? [row('*', values)] : []
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
  const byName = (node: TreeNode | undefined) => {
    for (const { text } of node === undefined ? [] : (namesIn(node) ?? []))
      if (text === '*') all = true
      else names.add(text)
  }
  const enter = (node: TreeNode): boolean => {
    if (node.is === 'path' && node.path.root.is === 'source' && node.path.root.up === 0) {
      const [name] = node.path.segments
      if (name === undefined) all = true
      else for (const each of [name, name.slice(name.lastIndexOf(':') + 1)]) names.add(each)
    }
    const effect = node.is === 'call' ? node.declared?.writes : undefined
    if (node.is === 'call' && effect?.is === 'copies') byName(argumentOf(node, effect.include))
    if (node.is === 'call' && effect?.is === 'brings') byName(argumentOf(node, effect.from))
    return true
  }
  for (const step of stepsOf(steps, ['default'], functions)) visit(step, enter)
  return { all, names }
}
