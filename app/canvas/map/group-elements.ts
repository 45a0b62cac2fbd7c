/** One group opened: its pipes with their wires, and the groups that they are joined to, folded, at both sides. */
import type { CardNode } from '../flow/elements.ts'
import type { Graph, GraphNode } from '../flow/graph.ts'
import { cardHeight } from '../flow/layout.ts'
import type { Point } from '../flow/layout-file.ts'
import { inColumns } from './columns.ts'
import { type BundleEdge, lookOf, portsOf } from './map-elements.ts'
import type { ProjectMap } from './map-groups.ts'

/** Sizes of the card of a neighbour, and of a pipe, in canvas units: names of pipes are seldom cut. */
export const neighbourSize = { width: 176, height: 60 }
const memberSize = { width: 248, height: cardHeight }

const afterSuffix = ' after'

/** The group that a card stands for: one that is joined in both directions stands at both sides. */
export function groupOfCard(card: string): string {
  return card.endsWith(afterSuffix) ? card.slice(0, -afterSuffix.length) : card
}

interface OpenedWire {
  readonly id: string
  readonly from: string
  readonly to: string
  kind: 'flow' | 'hops'
  count: number
}

/** The wires of an opened group: those between its pipes, and those to the cards of its neighbours, put together. */
export function openedWires(graph: Graph, map: ProjectMap, group: string): readonly OpenedWire[] {
  const wires = new Map<string, OpenedWire>()
  for (const { from, to, kind } of graph.edges) {
    const [fromGroup, toGroup] = [map.groupOf.get(from), map.groupOf.get(to)]
    if (fromGroup === undefined || toGroup === undefined || (fromGroup !== group && toGroup !== group)) continue
    const start = fromGroup === group ? from : fromGroup
    const end = toGroup === group ? to : `${toGroup}${afterSuffix}`
    const id = `${start} → ${end}`
    const known = wires.get(id)
    if (known) {
      known.count += 1
      if (kind === 'flow') known.kind = 'flow'
    } else wires.set(id, { id, from: start, to: end, kind: kind === 'hops' ? 'hops' : 'flow', count: 1 })
  }
  return [...wires.values()]
}

/** Where the pipes of a group and its neighbours stand, and the lanes of the wires. */
export function openedLayout(pipes: readonly GraphNode[], wires: readonly OpenedWire[]) {
  const inside = new Set(pipes.map(({ id }) => id))
  const before = new Set(wires.map(({ from }) => from).filter((id) => !inside.has(id)))
  const after = new Set(wires.map(({ to }) => to).filter((id) => !inside.has(id)))
  return {
    before: [...before],
    after: [...after],
    ...inColumns(
      [
        ...[...before].map((id) => ({ id, ...neighbourSize, at: 'first' as const })),
        ...pipes.map(({ id }) => ({ id, ...memberSize })),
        ...[...after].map((id) => ({ id, ...neighbourSize, at: 'last' as const })),
      ],
      wires,
    ),
  }
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
    ...memberSize,
    measured: memberSize,
    handles: portsOf(memberSize.width, memberSize.height),
    selected: node.id === chosen,
    ariaLabel: `${node.name}, ${node.says.join(', ')}`,
    data: { node },
  }))
}

/** How far above the cards between its ends a wire runs that leads back. */
const placeGap = 16

/** The wires of an opened group in React Flow's terms. */
export function memberEdges(
  wires: readonly OpenedWire[],
  { places, lanes }: Pick<ReturnType<typeof openedLayout>, 'places' | 'lanes'>,
  chosen: string | null,
): BundleEdge[] {
  return wires.map((wire) => {
    const [start, end] = [places[wire.from]?.x ?? 0, places[wire.to]?.x ?? 0]
    const between = Object.values(places).filter(({ x }) => x >= end && x <= start)
    return {
      id: wire.id,
      type: 'bundle',
      source: wire.from,
      target: wire.to,
      sourceHandle: 'out',
      targetHandle: 'in',
      focusable: false,
      selectable: false,
      data: {
        bundle: wire,
        look: lookOf(wire, chosen),
        shift: { source: 0, target: 0 },
        lanes: lanes.get(wire.id) ?? [],
        above: start < end ? null : Math.min(...between.map(({ y }) => y)) - placeGap,
      },
    }
  })
}
