/** The graph in React Flow's terms. Arrays are rebuilt only when the graph, a place or the selection changes. */
import { type Edge, type Node, Position } from '@xyflow/react'
import type { Graph, GraphEdge, GraphNode } from './graph.ts'
import { lanesOf } from './lanes.ts'
import { cardHeight, cardWidth } from './layout.ts'
import type { Point } from './layout-file.ts'

/** Width and height of a port, as in the style sheet. */
export const portSize = 10

export type CardNode = Node<{ readonly node: GraphNode }, 'card'>
export type WireEdge = Edge<
  {
    readonly edge: GraphEdge
    /** The height at which it runs past cards that are in its way. */
    readonly lane: number | null
  },
  'wire'
>

/** React Flow's nodes; one that has not changed stays the same object, so that it is not drawn again. */
export function cardNodes(
  graph: Graph,
  places: Readonly<Record<string, Point>>,
  selected: ReadonlySet<string>,
  before: readonly CardNode[],
): CardNode[] {
  const known = new Map(before.map((card) => [card.id, card]))
  return graph.nodes.map((node) => {
    const at = places[node.id] ?? { x: 0, y: 0 }
    const old = known.get(node.id)
    const chosen = selected.has(node.id)
    if (
      old &&
      sameNode(old.data.node, node) &&
      old.position.x === at.x &&
      old.position.y === at.y &&
      (old.selected ?? false) === chosen
    ) {
      return old
    }
    return {
      id: node.id,
      type: 'card',
      measured: { width: cardWidth, height: cardHeight },
      handles: ports,
      position: { x: at.x, y: at.y },
      width: cardWidth,
      height: cardHeight,
      selected: chosen,
      ariaLabel: `${node.name}, ${node.says.join(', ')}`,
      data: { node },
    }
  })
}

/**
 * Where wires end. Declared instead of measured: measuring the ports of hundreds of cards is most of what opening a
 * project would cost, and cards seen from afar have none.
 */
const ports: Node['handles'] = [
  portHandle('in', 'target', Position.Left, 0, cardHeight / 2),
  portHandle('hops-above', 'target', Position.Top, cardWidth / 2, 0),
  portHandle('hops', 'target', Position.Bottom, cardWidth / 2, cardHeight),
  portHandle('out', 'source', Position.Right, cardWidth, cardHeight / 2),
]

function portHandle(id: string, type: 'source' | 'target', position: Position, x: number, y: number) {
  return { id, type, position, x: x - portSize / 2, y: y - portSize / 2, width: portSize, height: portSize }
}

/** React Flow's edges; one that has not changed stays the same object, so that it is not drawn again. */
export function wireEdges(
  graph: Graph,
  places: Readonly<Record<string, Point>>,
  selected: ReadonlySet<string>,
  editable: boolean,
  before: readonly WireEdge[] = [],
): WireEdge[] {
  const known = new Map(before.map((wire) => [wire.id, wire]))
  const lanes = lanesOf(graph.edges, places)
  return graph.edges.map((edge) => {
    const lane = lanes.get(edge.id) ?? null
    const targetHandle = edge.kind === 'hops' ? sideOf(places[edge.from], places[edge.to]) : 'in'
    const chosen = selected.has(edge.id)
    const deletable = editable && edge.kind === 'flow'
    const old = known.get(edge.id)
    // The id of a wire names its kind and its ends.
    if (
      old?.data?.edge.dataset === edge.dataset &&
      old.data.lane === lane &&
      old.targetHandle === targetHandle &&
      old.selected === chosen &&
      old.deletable === deletable
    ) {
      return old
    }
    return {
      id: edge.id,
      type: 'wire',
      source: edge.from,
      target: edge.to,
      sourceHandle: 'out',
      targetHandle,
      focusable: false,
      selected: chosen,
      deletable,
      selectable: edge.kind === 'flow',
      data: { edge, lane },
    }
  })
}

function sameNode(a: GraphNode, b: GraphNode): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

/** Hops come in from the side that their dataset stands on. */
function sideOf(from: Point | undefined, to: Point | undefined): 'hops' | 'hops-above' {
  return from && to && from.y + cardHeight < to.y ? 'hops-above' : 'hops'
}

/** Whether a port takes hops. */
export function isHops(handle: string | null | undefined): boolean {
  return handle === 'hops' || handle === 'hops-above'
}
