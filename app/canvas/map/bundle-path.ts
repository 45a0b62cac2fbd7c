/** The line of a bundle: a curve from card to card, level where it passes other cards. */
import type { Lane } from './columns.ts'

interface BundleEnds {
  readonly sourceX: number
  readonly sourceY: number
  readonly targetX: number
  readonly targetY: number
}

/** An SVG path by way of the lanes; `above` is where a wire against the direction runs. */
export function bundlePath(ends: BundleEnds, lanes: readonly Lane[], above: number | null): string {
  const { sourceX, sourceY, targetX, targetY } = ends
  if (above !== null) {
    const [out, back] = [sourceX + 40, targetX - 40]
    return `M${sourceX} ${sourceY}C${out} ${sourceY} ${out} ${above} ${sourceX} ${above}L${targetX} ${above}C${back} ${above} ${back} ${targetY} ${targetX} ${targetY}`
  }
  let path = `M${sourceX} ${sourceY}`
  let [x, y] = [sourceX, sourceY]
  const curve = (toX: number, toY: number) => {
    const bend = Math.abs(toX - x) / 2
    path += `C${x + bend} ${y} ${toX - bend} ${toY} ${toX} ${toY}`
    ;[x, y] = [toX, toY]
  }
  for (const lane of lanes) {
    curve(lane.left, lane.y)
    path += `L${lane.right} ${lane.y}`
    x = lane.right
  }
  curve(targetX, targetY)
  return path
}

/** How far from the middle of a card's side each of so many wires ends, in canvas units. */
export function spread(index: number, count: number, height: number): number {
  const step = Math.min(10, (height - 16) / Math.max(1, count - 1))
  return Math.round((index - (count - 1) / 2) * step * 10) / 10
}
