/**
 * Lanes for wires that would pass behind cards: a height at which a wire runs across without touching any. Computed once
 * for a layout; wires that are free anyway have none.
 */
import type { GraphEdge } from './graph.ts'
import { cardHeight, cardWidth } from './layout.ts'
import type { Point } from './layout-file.ts'

/** Space between a wire and a card. */
const laneGap = 14
/** With more cards than this, wires are too many to be followed by eye, and are drawn straight on. */
const maxDistance = 600

/** The lane of each wire that needs one, by its id. */
export function lanesOf(
  edges: readonly GraphEdge[],
  places: Readonly<Record<string, Point>>,
): ReadonlyMap<string, number> {
  const cards = Object.values(places).toSorted((a, b) => a.x - b.x)
  const lanes = new Map<string, number>()
  if (cards.length > maxDistance) return lanes
  for (const { id, from, to, kind } of edges) {
    const [start, end] = [places[from], places[to]]
    if (!start || !end || kind === 'hops') continue
    const lane = laneBetween(start, end, cards)
    if (lane !== null) lanes.set(id, lane)
  }
  return lanes
}

/** The nearest free height between two cards; null where the wire is free, or no lane is. */
function laneBetween(start: Point, end: Point, cards: readonly Point[]): number | null {
  const left = start.x + cardWidth
  const right = end.x
  const from = start.y + cardHeight / 2
  const to = end.y + cardHeight / 2
  const between = cards.filter(
    (card) => card !== start && card !== end && card.x + cardWidth > left + 8 && card.x < right - 8,
  )
  if (right - left < cardWidth || between.length === 0) return null
  const touched = between.some((card) => touches(card, left, right, from, to))
  if (!touched) return null
  const isFree = (y: number) =>
    between.every((card) => y < card.y - laneGap / 2 || y > card.y + cardHeight + laneGap / 2)
  const middle = (from + to) / 2
  const candidates = [from, to, ...between.flatMap((card) => [card.y - laneGap, card.y + cardHeight + laneGap])]
  const free = candidates.filter(isFree).toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))
  return free[0] ?? null
}

/** Whether the curve of a wire runs over a card. */
function touches(card: Point, left: number, right: number, from: number, to: number): boolean {
  for (let step = 1; step < 12; step++) {
    const t = step / 12
    const x = left + (right - left) * (1.5 * t * (1 - t) * (1 - t) + 1.5 * t * t * (1 - t) + t * t * t)
    const y = from + (to - from) * (3 * t * t - 2 * t * t * t)
    if (x > card.x - 4 && x < card.x + cardWidth + 4 && y > card.y - 4 && y < card.y + cardHeight + 4) return true
  }
  return false
}

/** The path of a wire by way of a lane. */
export function pathInLane(x0: number, y0: number, x1: number, y1: number, lane: number): string {
  const turn = Math.min(60, (x1 - x0) / 4)
  const [a, b] = [x0 + turn, x1 - turn]
  return `M${x0} ${y0}C${x0 + turn / 2} ${y0} ${a - turn / 2} ${lane} ${a} ${lane}L${b} ${lane}C${b + turn / 2} ${lane} ${x1 - turn / 2} ${y1} ${x1} ${y1}`
}
