/** One group opened: its pipes with their wires, and the groups that they are joined to, folded, at both sides. */
import type { CardNode } from '../flow/elements.ts'
import type { Graph, GraphEdge, GraphNode } from '../flow/graph.ts'
import { cardHeight, cardWidth } from '../flow/layout.ts'
import type { Point } from '../flow/layout-file.ts'
import { type BundleEdge, portsOf } from './map-elements.ts'
import type { ProjectMap } from './map-groups.ts'
import { groupHeight, groupWidth } from './map-layout.ts'

/** The wires between the pipes of a group, for laying them out. */
export function wiresInside(graph: Graph, map: ProjectMap, group: string): readonly GraphEdge[] {
  return graph.edges.filter(({ from, to }) => map.groupOf.get(from) === group && map.groupOf.get(to) === group)
}

/** The groups that lead to a group, and those that it leads to; one that does both stands at the left. */
export function neighboursOf({ bundles }: ProjectMap, group: string) {
  const before = bundles.filter(({ to }) => to === group).map(({ from }) => from)
  const after = bundles.filter(({ from }) => from === group).map(({ to }) => to)
  return { before, after: after.filter((id) => !before.includes(id)) }
}

/** More neighbours than this stand in several columns. */
const mostInColumn = 14

/** Where the neighbours of a group stand: in columns beside its pipes, in their middle. */
export function neighbourPlaces(
  { before, after }: ReturnType<typeof neighboursOf>,
  inside: readonly Point[],
): Record<string, Point> {
  const left = Math.min(0, ...inside.map(({ x }) => x)) - groupWidth - 120
  const right = Math.max(0, ...inside.map(({ x }) => x)) + cardWidth + 120
  const bottom = Math.max(0, ...inside.map(({ y }) => y)) + cardHeight
  const places: Record<string, Point> = {}
  for (const [column, ids] of [
    [left, before],
    [right, after],
  ] as const) {
    const columns = Math.ceil(ids.length / mostInColumn)
    const rows = Math.ceil(ids.length / Math.max(1, columns))
    const top = Math.round((bottom - rows * (groupHeight + 12) + 12) / 2)
    const outward = column === left ? -1 : 1
    for (const [index, id] of ids.entries()) {
      const x = column + outward * Math.floor(index / rows) * (groupWidth + 40)
      places[id] = { x, y: top + (index % rows) * (groupHeight + 12) }
    }
  }
  return places
}

/** The cards of the pipes of a group. */
export function memberCards(
  pipes: readonly GraphNode[],
  places: Readonly<Record<string, Point>>,
  chosen: string | null,
): CardNode[] {
  return pipes.map((node) => ({
    id: node.id,
    type: 'card',
    position: { ...(places[node.id] ?? { x: 0, y: 0 }) },
    width: cardWidth,
    height: cardHeight,
    measured: { width: cardWidth, height: cardHeight },
    handles: portsOf(cardWidth, cardHeight),
    selected: node.id === chosen,
    ariaLabel: `${node.name}, ${node.says.join(', ')}`,
    data: { node },
  }))
}

/** The wires of an opened group: those between its pipes, and those to its neighbours, put together. */
export function memberEdges(graph: Graph, map: ProjectMap, group: string, chosen: string | null): BundleEdge[] {
  const edges = new Map<string, { from: string; to: string; kind: 'flow' | 'hops'; count: number }>()
  for (const { from, to, kind } of graph.edges) {
    const [fromGroup, toGroup] = [map.groupOf.get(from), map.groupOf.get(to)]
    if (fromGroup === undefined || toGroup === undefined || (fromGroup !== group && toGroup !== group)) continue
    const ends = [fromGroup === group ? from : fromGroup, toGroup === group ? to : toGroup] as const
    const id = ends.join(' → ')
    const known = edges.get(id)
    if (known) {
      known.count += 1
      if (kind === 'flow') known.kind = 'flow'
    } else edges.set(id, { from: ends[0], to: ends[1], kind: kind === 'hops' ? 'hops' : 'flow', count: 1 })
  }
  return [...edges].map(([id, edge]) => ({
    id,
    type: 'bundle',
    source: edge.from,
    target: edge.to,
    sourceHandle: 'out',
    targetHandle: 'in',
    focusable: false,
    selectable: false,
    data: {
      bundle: { id, ...edge },
      look: chosen === null ? 'plain' : edge.to === chosen ? 'in' : edge.from === chosen ? 'out' : 'faint',
    },
  }))
}
