/** Groups on the Flow canvas: boxes around what belongs together, and their folding into one card. */

import type { Graph, GraphEdge, GraphNode, Grouping } from './graph.ts'
import { cardHeight, cardWidth } from './layout.ts'
import type { Point, Positions } from './layout-file.ts'

interface Box {
  readonly id: string
  readonly name: string
  readonly members: readonly string[]
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const boxMargin = 20
const headingHeight = 22

/** The headings under which at least two nodes stand, with those nodes. */
export function groupsOf(graph: Graph, grouping: Grouping): ReadonlyMap<string, readonly GraphNode[]> {
  const groups = new Map<string, GraphNode[]>()
  if (grouping === 'none') return groups
  for (const node of graph.nodes) {
    const name = node.groups[grouping]
    if (name === null) continue
    const known = groups.get(name)
    if (known) known.push(node)
    else groups.set(name, [node])
  }
  return new Map([...groups].filter(([, nodes]) => nodes.length > 1))
}

/** The id of the node that a folded group is. */
export function groupNode(grouping: Grouping, name: string): string {
  return `group:${grouping}:${name}`
}

/** The graph with folded groups as one node each; wires inside a folded group disappear, equal ones become one. */
export function foldedGraph(graph: Graph, grouping: Grouping, names: readonly string[]): Graph {
  const groups = groupsOf(graph, grouping)
  const into = new Map<string, string>()
  const cards: GraphNode[] = []
  for (const name of names) {
    const members = groups.get(name)
    if (!members) continue
    const id = groupNode(grouping, name)
    for (const { id: member } of members) into.set(member, id)
    cards.push({
      id,
      kind: 'group',
      name,
      role: 'system',
      component: null,
      says: [String(members.length)],
      composite: 0,
      disabled: false,
      needs: null,
      groups: { none: null, system: null, 'config-group': null, model: null },
      icon: null,
      concept: null,
    })
  }
  if (cards.length === 0) return graph
  const edges = new Map<string, GraphEdge>()
  for (const edge of graph.edges) {
    const from = into.get(edge.from) ?? edge.from
    const to = into.get(edge.to) ?? edge.to
    if (from === to) continue
    if (from === edge.from && to === edge.to) edges.set(edge.id, edge)
    else edges.set(`${edge.kind} ${from} ${to}`, { ...edge, id: `${edge.kind} ${from} ${to}`, from, to })
  }
  return { nodes: [...graph.nodes.filter((node) => !into.has(node.id)), ...cards], edges: [...edges.values()] }
}

/** Where a folded group stands before anybody moves it: in the middle of its members. */
export function middleOf(members: readonly GraphNode[], places: Positions): Point {
  const known = members.flatMap(({ id }) => places[id] ?? [])
  if (known.length === 0) return { x: 0, y: 0 }
  const sum = known.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 })
  return { x: Math.round(sum.x / known.length), y: Math.round(sum.y / known.length) }
}

/** The boxes of the groups that are not folded. */
export function groupBoxes(
  graph: Graph,
  grouping: Grouping,
  places: Positions,
  foldedNames: readonly string[],
): readonly Box[] {
  const found: Box[] = []
  for (const [name, members] of groupsOf(graph, grouping)) {
    if (foldedNames.includes(name)) continue
    const known = members.flatMap(({ id }) => places[id] ?? [])
    if (known.length === 0) continue
    const left = Math.min(...known.map(({ x }) => x)) - boxMargin
    const top = Math.min(...known.map(({ y }) => y)) - boxMargin - headingHeight
    const right = Math.max(...known.map(({ x }) => x)) + cardWidth + boxMargin
    const bottom = Math.max(...known.map(({ y }) => y)) + cardHeight + boxMargin
    const ids = members.map(({ id }) => id)
    found.push({ id: `box:${name}`, name, members: ids, x: left, y: top, width: right - left, height: bottom - top })
  }
  return found
}
