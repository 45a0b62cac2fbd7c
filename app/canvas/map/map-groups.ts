/**
 * The project seen from far: what comes in from each system, the concepts that globals gather, what goes out to each
 * system. Every pipe belongs to one group; wires between groups are bundled. Derived from the graph, never stored.
 */
import type { Graph, GraphEdge, GraphNode } from '../flow/graph.ts'

/** Where a group stands: `in` and `out` are systems, `concept` is what globals make. */
export type MapSide = 'in' | 'concept' | 'out'

export interface MapGroup {
  /** `side:name`. */
  readonly id: string
  readonly side: MapSide
  readonly name: string
  /** The pipes of the group. */
  readonly pipes: readonly GraphNode[]
}

/** The wires from one group to another. */
export interface MapBundle {
  readonly id: string
  readonly from: string
  readonly to: string
  /** `hops` where nothing but joins lead from the one to the other. */
  readonly kind: 'flow' | 'hops'
  readonly count: number
}

export interface ProjectMap {
  readonly groups: readonly MapGroup[]
  readonly bundles: readonly MapBundle[]
  /** The group of each pipe, by the id of its node. */
  readonly groupOf: ReadonlyMap<string, string>
}

/**
 * The groups of a graph that was made with systems and without datasets.
 *
 * A pipe that sends to a system belongs to what goes out to it, one that reads a system to what comes in from it. What a
 * model has made for a concept belongs to the concept. Any other pipe
 * between belongs to the concept or system that it leads to or comes from, the nearest first. The prefix of the name (up
 * to the first hyphen) counts where neither is known.
 */
export function mapOf(graph: Graph): ProjectMap {
  const pipes = graph.nodes.filter(({ kind }) => kind === 'pipe')
  const ends = new SystemEnds(graph.edges)
  const flow = new Reachability(graph.edges)
  const globals = new Set(pipes.filter(({ role }) => role === 'global').map(({ id }) => id))
  const concepts = new Map(pipes.flatMap(({ id, concept }) => (concept === null ? [] : [[id, concept] as const])))
  const groups = new Map<string, { side: MapSide; name: string; pipes: GraphNode[] }>()
  const groupOf = new Map<string, string>()
  const assign = (node: GraphNode): readonly [MapSide, string] => {
    if (globals.has(node.id)) return ['concept', node.concept ?? conceptName(node.name)]
    const sink = ends.sinkOf(node.id)
    if (sink !== null) return ['out', sink]
    const source = ends.sourceOf(node.id)
    if (source !== null) return ['in', source]
    if (node.concept !== null) return ['concept', node.concept]
    const nearestGlobal = flow.nearest(node.id, 'up', (id) => globals.has(id))
    if (nearestGlobal !== null) {
      const sent = flow.nearest(node.id, 'down', (id) => ends.sinkOf(id) !== null, globals)
      if (sent !== null) return ['out', ends.sinkOf(sent) ?? '']
      return ['concept', concepts.get(nearestGlobal) ?? conceptName(nameOf(nearestGlobal))]
    }
    const read = flow.nearest(node.id, 'up', (id) => ends.sourceOf(id) !== null)
    if (read !== null) return ['in', ends.sourceOf(read) ?? '']
    return [globals.size > 0 ? 'in' : 'concept', node.groups.model ?? node.name]
  }
  for (const node of pipes) {
    const [side, name] = assign(node)
    const id = `${side}:${name}`
    const group = groups.get(id) ?? { side, name, pipes: [] }
    group.pipes.push(node)
    groups.set(id, group)
    groupOf.set(node.id, id)
  }
  return {
    groups: [...groups].map(([id, group]) => ({ id, ...group })),
    bundles: bundlesOf(graph.edges, groupOf),
    groupOf,
  }
}

/** What a global gathers, by its name: `global-customer` is about `customer`. */
function conceptName(pipe: string): string {
  return pipe.replace(/^global-(?=.)|(?<=.)-global$/, '')
}

function nameOf(id: string): string {
  return id.slice(id.indexOf(':') + 1)
}

function bundlesOf(edges: readonly GraphEdge[], groupOf: ReadonlyMap<string, string>): readonly MapBundle[] {
  const bundles = new Map<string, MapBundle>()
  for (const edge of edges) {
    const [from, to] = [groupOf.get(edge.from), groupOf.get(edge.to)]
    if (from === undefined || to === undefined || from === to) continue
    const id = `${from} → ${to}`
    const known = bundles.get(id)
    const kind = edge.kind === 'hops' && known?.kind !== 'flow' ? 'hops' : 'flow'
    bundles.set(id, { id, from, to, kind, count: (known?.count ?? 0) + 1 })
  }
  return [...bundles.values()]
}

/** The systems that pipes read and send to, from the wires to the systems. */
class SystemEnds {
  private readonly sources = new Map<string, string>()
  private readonly sinks = new Map<string, string>()

  constructor(edges: readonly GraphEdge[]) {
    for (const { kind, from, to, dataset } of edges) {
      if (kind !== 'system') continue
      if (from.startsWith('system:')) this.sources.set(to, this.sources.get(to) ?? dataset)
      else this.sinks.set(from, this.sinks.get(from) ?? dataset)
    }
  }

  sourceOf(id: string): string | null {
    return this.sources.get(id) ?? null
  }

  sinkOf(id: string): string | null {
    return this.sinks.get(id) ?? null
  }
}

/** Walks along what flows, the nearest pipes first. */
class Reachability {
  private readonly down = new Map<string, string[]>()
  private readonly up = new Map<string, string[]>()

  constructor(edges: readonly GraphEdge[]) {
    for (const { kind, from, to } of edges) {
      if (kind !== 'flow') continue
      addTo(this.down, from, to)
      addTo(this.up, to, from)
    }
  }

  /** The nearest pipe that is looked for; the walk does not go through pipes in `walls`. */
  nearest(
    start: string,
    way: 'up' | 'down',
    isWanted: (id: string) => boolean,
    walls: ReadonlySet<string> = new Set(),
  ): string | null {
    const next = this[way]
    const seen = new Set([start])
    for (const id of seen) {
      for (const other of next.get(id) ?? []) {
        if (seen.has(other)) continue
        if (isWanted(other)) return other
        if (!walls.has(other)) seen.add(other)
      }
    }
    return null
  }
}

function addTo(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}
