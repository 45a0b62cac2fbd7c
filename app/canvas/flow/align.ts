/** Lining nodes up: left edges, top edges, equal distances. */

import type { Alignment } from '../../commands/alignments.ts'
import { cardHeight, cardWidth } from './layout.ts'
import type { Point, Positions } from './layout-file.ts'

/** New places of the nodes that move. */
export function alignedPositions(ids: readonly string[], places: Positions, how: Alignment): Record<string, Point> {
  const known = ids.flatMap((id): [string, Point][] => (places[id] ? [[id, places[id]]] : []))
  if (known.length < 2) return {}
  if (how === 'left') {
    const x = Math.min(...known.map(([, at]) => at.x))
    return Object.fromEntries(known.map(([id, at]) => [id, { ...at, x }]))
  }
  if (how === 'top') {
    const y = Math.min(...known.map(([, at]) => at.y))
    return Object.fromEntries(known.map(([id, at]) => [id, { ...at, y }]))
  }
  const axis = how === 'columns' ? 'x' : 'y'
  const room = how === 'columns' ? cardWidth + 24 : cardHeight + 24
  const inOrder = [...known].sort(([, a], [, b]) => a[axis] - b[axis])
  const start = inOrder[0]?.[1][axis] ?? 0
  const end = inOrder.at(-1)?.[1][axis] ?? 0
  const gap = Math.max(room, Math.round((end - start) / (inOrder.length - 1)))
  return Object.fromEntries(inOrder.map(([id, at], index) => [id, { ...at, [axis]: start + index * gap }]))
}
