/** The map in React Flow's terms. */
import { type Edge, type Node, Position } from '@xyflow/react'
import type { MatchRate } from '../../../engine-worker/index.ts'
import type { Point } from '../flow/layout-file.ts'
import { spread } from './bundle-path.ts'
import type { Lane } from './columns.ts'
import type { MapBundle, MapGroup, ProjectMap } from './map-groups.ts'
import type { PipeMark } from './pipe-marks.ts'

/** What a group's card shows. */
export interface GroupFacts {
  readonly group: MapGroup
  readonly marks: readonly PipeMark[]
  /** By pipe, whether it is looked for. */
  readonly sought: readonly boolean[]
  /** Entities in the datasets that the card counts; null where nothing has run. */
  readonly entities: number | null
  /** How the globals of a concept matched in the last run; null where nothing was to match. */
  readonly match: Pick<MatchRate, 'matched' | 'of'> | null
}

interface CardSize {
  readonly width: number
  readonly height: number
}

export type GroupNode = Node<{ readonly facts: GroupFacts }, 'group-card'>
export type BundleEdge = Edge<BundleData, 'bundle'>

interface BundleData extends Record<string, unknown> {
  readonly bundle: MapBundle
  readonly look: BundleLook
  /** How far from the middle of the cards' sides the wire begins and ends. */
  readonly shift: { readonly source: number; readonly target: number }
  /** Where it passes columns of cards. */
  readonly lanes: readonly Lane[]
  /** The height at which a wire against the direction runs back. */
  readonly above: number | null
}

/** How a bundle stands out: `in` and `out` of the chosen group, or not. */
export type BundleLook = 'in' | 'out' | 'plain' | 'faint'

/** React Flow's nodes for the groups; `label` says a group in one sentence. */
export function groupNodes(
  cards: readonly (readonly [id: string, facts: GroupFacts])[],
  places: Readonly<Record<string, Point>>,
  chosen: string | null,
  label: (facts: GroupFacts) => string,
  { width, height }: CardSize,
): GroupNode[] {
  return cards.map(([id, each]) => ({
    id,
    type: 'group-card',
    position: { ...(places[id] ?? { x: 0, y: 0 }) },
    width,
    height,
    measured: { width, height },
    handles: portsOf(width, height),
    selected: id === chosen,
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

/** React Flow's edges for the bundles; those of the chosen group stand out, and no two begin or end at one point. */
export function bundleEdges(
  { groups, bundles }: ProjectMap,
  places: Readonly<Record<string, Point>>,
  chosen: string | null,
  height: number,
): BundleEdge[] {
  const sides = new Map(groups.map(({ id, side }) => [id, side]))
  const isBeside = ({ from, to }: MapBundle) => sides.get(from) === sides.get(to)
  const across = bundles.filter((bundle) => !isBeside(bundle))
  const shiftAt = (end: 'from' | 'to', { id, ...bundle }: MapBundle) => {
    const other = end === 'from' ? 'to' : 'from'
    const same = across
      .filter((each) => each[end] === bundle[end])
      .toSorted((a, b) => (places[a[other]]?.y ?? 0) - (places[b[other]]?.y ?? 0))
    return spread(
      same.findIndex((each) => each.id === id),
      same.length,
      height,
    )
  }
  return bundles.map((bundle) => ({
    id: bundle.id,
    type: 'bundle',
    source: bundle.from,
    target: bundle.to,
    // Between groups in one column a wire goes beside the column, and not through the cards.
    sourceHandle: isBeside(bundle) ? 'aside' : 'out',
    targetHandle: 'in',
    focusable: false,
    selectable: false,
    data: {
      bundle,
      look: lookOf(bundle, chosen),
      shift: isBeside(bundle) ? levelShift : { source: shiftAt('from', bundle), target: shiftAt('to', bundle) },
      lanes: [],
      above: null,
    },
  }))
}

const levelShift = { source: 0, target: 0 }

/** How a bundle stands out beside what is chosen. */
export function lookOf({ from, to }: Pick<MapBundle, 'from' | 'to'>, chosen: string | null): BundleLook {
  if (chosen === null) return 'plain'
  return to === chosen ? 'in' : from === chosen ? 'out' : 'faint'
}
