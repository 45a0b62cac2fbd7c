/** The map in React Flow's terms. */
import { type Edge, type Node, Position } from '@xyflow/react'
import type { Point } from '../flow/layout-file.ts'
import type { MapBundle, MapGroup, ProjectMap } from './map-groups.ts'
import { groupHeight, groupWidth } from './map-layout.ts'
import type { PipeMark } from './pipe-marks.ts'

/** What a group's card shows. */
export interface GroupFacts {
  readonly group: MapGroup
  readonly marks: readonly PipeMark[]
  /** By pipe, whether it is looked for. */
  readonly sought: readonly boolean[]
  /** Entities in the datasets that the card counts; null where nothing has run. */
  readonly entities: number | null
}

export type GroupNode = Node<{ readonly facts: GroupFacts }, 'group-card'>
export type BundleEdge = Edge<{ readonly bundle: MapBundle; readonly look: BundleLook }, 'bundle'>

/** How a bundle stands out: `in` and `out` of the chosen group, or not. */
export type BundleLook = 'in' | 'out' | 'plain' | 'faint'

/** React Flow's nodes for the groups; `label` says a group in one sentence. */
export function groupNodes(
  facts: readonly GroupFacts[],
  places: Readonly<Record<string, Point>>,
  chosen: string | null,
  label: (facts: GroupFacts) => string,
): GroupNode[] {
  return facts.map((each) => ({
    id: each.group.id,
    type: 'group-card',
    position: { ...(places[each.group.id] ?? { x: 0, y: 0 }) },
    width: groupWidth,
    height: groupHeight,
    measured: { width: groupWidth, height: groupHeight },
    handles: portsOf(groupWidth, groupHeight),
    selected: each.group.id === chosen,
    ariaLabel: label(each),
    data: { facts: each },
  }))
}

/** Where bundles end at a card of this size: in the middle of its sides. */
export function portsOf(width: number, height: number): NonNullable<Node['handles']> {
  const middle = { y: height / 2, width: 0, height: 0 }
  return [
    { id: 'in', type: 'target', position: Position.Left, x: 0, ...middle },
    { id: 'out', type: 'source', position: Position.Right, x: width, ...middle },
    { id: 'aside', type: 'source', position: Position.Left, x: 0, ...middle },
  ]
}

/** React Flow's edges for the bundles; those of the chosen group stand out. */
export function bundleEdges({ groups, bundles }: ProjectMap, chosen: string | null): BundleEdge[] {
  const sides = new Map(groups.map(({ id, side }) => [id, side]))
  return bundles.map((bundle) => ({
    id: bundle.id,
    type: 'bundle',
    source: bundle.from,
    target: bundle.to,
    // Between groups in one column a wire goes beside the column, and not through the cards.
    sourceHandle: sides.get(bundle.from) === sides.get(bundle.to) ? 'aside' : 'out',
    targetHandle: 'in',
    focusable: false,
    selectable: false,
    data: { bundle, look: lookOf(bundle, chosen) },
  }))
}

function lookOf({ from, to }: MapBundle, chosen: string | null): BundleLook {
  if (chosen === null) return 'plain'
  return to === chosen ? 'in' : from === chosen ? 'out' : 'faint'
}
