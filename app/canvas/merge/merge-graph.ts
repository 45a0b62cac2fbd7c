/** A merge as one graph: what the project will be and what it is now, with who changed each card and wire. */
import {
  type ChangedBy,
  changedSides,
  type FunctionTable,
  type MergeEntry,
  type Project,
  provisionalFacts,
} from '../../../engine-worker/index.ts'
import { type Graph, type GraphEdge, type GraphNode, graphOf } from '../flow/graph.ts'

/** What happened to a card or wire; null where neither side touched it. */
export interface MergeMark {
  readonly by: ChangedBy
  /** `gone`: in the project now, and not after the merge. */
  readonly is: 'new' | 'changed' | 'gone'
  readonly conflicts: number
}

export interface MergeGraph extends Graph {
  /** By the id of the card or wire. */
  readonly marks: ReadonlyMap<string, MergeMark>
}

interface MergeSides {
  readonly base: Project
  readonly mine: Project
  readonly theirs: Project
  readonly merged: Project
  readonly entries: readonly MergeEntry[]
}

/** The graph of a merge. */
export function mergeGraph(sides: MergeSides, profile: string, functions: FunctionTable): MergeGraph {
  const view = { datasets: false, systems: true }
  const graphOfProject = (project: Project) => graphOf(project, provisionalFacts(project, profile, functions), view)
  const [base, mine, merged] = [graphOfProject(sides.base), graphOfProject(sides.mine), graphOfProject(sides.merged)]
  const marks = new Map<string, MergeMark>()
  const changed = changedSides(sides.base, sides.mine, sides.theirs)
  const conflicts = new Map(sides.entries.map((entry) => [entry.key, entry.conflicts.length]))
  const nodes = union(merged.nodes, mine.nodes)
  const [before, after] = [base, merged].map(({ nodes: all }) => new Set(all.map(({ id }) => id)))
  for (const node of nodes) {
    const key = entryOf(node)
    const by = key === null ? undefined : changed.get(key)
    if (key === null || by === undefined) continue
    const is = !after?.has(node.id) ? 'gone' : before?.has(node.id) ? 'changed' : 'new'
    marks.set(node.id, { by, is, conflicts: conflicts.get(key) ?? 0 })
  }
  const edges = union(merged.edges, mine.edges)
  const [wired, wiredNow, wiredAfter] = [base, mine, merged].map(({ edges: all }) => new Set(all.map(({ id }) => id)))
  for (const { id } of edges) {
    if (!wiredAfter?.has(id)) marks.set(id, { by: 'theirs', is: 'gone', conflicts: 0 })
    else if (!wiredNow?.has(id)) marks.set(id, { by: 'theirs', is: 'new', conflicts: 0 })
    else if (!wired?.has(id)) marks.set(id, { by: 'mine', is: 'new', conflicts: 0 })
  }
  return { nodes, edges, marks }
}

/** The key of the merge's entry for a card; null for a dataset. */
export function entryOf({ kind, name }: GraphNode): string | null {
  return kind === 'pipe' || kind === 'system' ? `${kind} ${name}` : null
}

function union<T extends GraphNode | GraphEdge>(first: readonly T[], second: readonly T[]): readonly T[] {
  const known = new Set(first.map(({ id }) => id))
  return [...first, ...second.filter(({ id }) => !known.has(id))]
}
