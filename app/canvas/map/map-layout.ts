/** Where the groups of the map stand: systems at the left, concepts in the middle, systems at the right. */
import type { Point } from '../flow/layout-file.ts'
import type { MapGroup, MapSide, ProjectMap } from './map-groups.ts'

/** Size of a group's card in canvas units, and of one that stands for many groups. */
export const groupCardSize = { width: 260, height: 72 }
export const partCardSize = { width: 300, height: 164 }

const rowGap = 8
/** How many groups stand in one column; more make another column beside it. */
const maxRows = 20
const minGap = 120
const maxGap = 420
const sides: readonly MapSide[] = ['in', 'concept', 'out']
const { width: groupWidth, height: groupHeight } = groupCardSize

/**
 * A place for every group, by its id; no two overlap. Groups that are joined stand at about the same height. The columns
 * are as far apart as gives the whole the shape of the canvas, `aspect` being its width divided by its height.
 */
export function mapLayout({ groups, bundles }: ProjectMap, aspect: number): Readonly<Record<string, Point>> {
  const weight = new Map(groups.map(({ id, pipes }) => [id, pipes.length]))
  for (const { from, to, count } of bundles) for (const id of [from, to]) weight.set(id, (weight.get(id) ?? 0) + count)
  const compareWeight = (a: MapGroup, b: MapGroup) =>
    (weight.get(b.id) ?? 0) - (weight.get(a.id) ?? 0) || (a.name < b.name ? -1 : 1)
  const order = new Map<string, number>()
  const concepts = groups.filter(({ side }) => side === 'concept').sort(compareWeight)
  for (const [index, { id }] of concepts.entries()) order.set(id, index)
  const weightedCentre = (id: string) => {
    let [sum, count] = [0, 0]
    for (const bundle of bundles) {
      const other = bundle.from === id ? bundle.to : bundle.to === id ? bundle.from : null
      const at = other === null ? undefined : order.get(other)
      if (at === undefined) continue
      sum += at * bundle.count
      count += bundle.count
    }
    return count === 0 ? Number.POSITIVE_INFINITY : sum / count
  }
  const places: Record<string, Point> = {}
  let columnLeft = 0
  const filled = sides.map((side) => groups.filter((each) => each.side === side).length).filter((count) => count > 0)
  const columnsOfAll = filled.reduce((sum, count) => sum + Math.ceil(count / maxRows), 0)
  const tallest = Math.min(maxRows, Math.max(...filled, 1))
  const free = tallest * (groupHeight + rowGap) * aspect - columnsOfAll * (groupWidth + rowGap)
  const columnGap = Math.round(Math.min(maxGap, Math.max(minGap, free / Math.max(1, filled.length - 1))))
  for (const side of sides) {
    const members =
      side === 'concept'
        ? concepts
        : groups
            .filter((each) => each.side === side)
            .map((group) => ({ group, at: weightedCentre(group.id) }))
            .sort((a, b) => a.at - b.at || compareWeight(a.group, b.group))
            .map(({ group }) => group)
    if (members.length === 0) continue
    const columns = Math.ceil(members.length / maxRows)
    const rows = Math.ceil(members.length / columns)
    const top = ((tallest - rows) * (groupHeight + rowGap)) / 2
    for (const [index, { id }] of members.entries()) {
      const column = Math.floor(index / rows)
      places[id] = {
        x: columnLeft + column * (groupWidth + rowGap),
        y: Math.round(top + (index % rows) * (groupHeight + rowGap)),
      }
    }
    columnLeft += columns * (groupWidth + rowGap) - rowGap + columnGap
  }
  return places
}

/** Places of cards that stand for many groups each: in rows, the largest first, in the shape of the canvas. */
export function partLayout(groups: readonly MapGroup[], aspect: number): Readonly<Record<string, Point>> {
  const [wide, high] = [partCardSize.width + 24, partCardSize.height + 24]
  const columns = Math.max(1, Math.round(Math.sqrt((groups.length * high * aspect) / wide)))
  const inOrder = groups.toSorted((a, b) => b.pipes.length - a.pipes.length || (a.name < b.name ? -1 : 1))
  return Object.fromEntries(
    inOrder.map(({ id }, index) => [id, { x: (index % columns) * wide, y: Math.floor(index / columns) * high }]),
  )
}

/** The group that is next in a direction, or null; for the arrow keys. */
export function nextGroup(
  places: Readonly<Record<string, Point>>,
  from: string,
  way: 'up' | 'down' | 'left' | 'right',
): string | null {
  const here = places[from]
  if (!here) return null
  let best: { readonly id: string; readonly distance: number } | null = null
  for (const [id, { x, y }] of Object.entries(places)) {
    const [right, down] = [x - here.x, y - here.y]
    const [along, across] = way === 'left' || way === 'right' ? [right, down] : [down, right]
    const ahead = way === 'left' || way === 'up' ? -along : along
    if (ahead <= 0) continue
    // What lies straight ahead comes before what is nearer, but aside.
    const distance = ahead + 3 * Math.abs(across)
    if (best === null || distance < best.distance) best = { id, distance }
  }
  return best?.id ?? null
}
