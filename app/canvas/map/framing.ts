/** What part of a canvas is shown at first: everything where that stays legible, otherwise its beginning. */

import type { Point } from '../flow/layout-file.ts'
import { miniatureSize } from '../flow/miniature-size.ts'

interface Box extends Point {
  readonly width: number
  readonly height: number
}

/** Space for the tools around the canvas, in pixels. */
interface Room {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

interface Frame {
  readonly width: number
  readonly height: number
  readonly room: Room
  /** Below this zoom names are too small to read. */
  readonly least: number
  readonly most: number
}

/** The viewport that shows the boxes; null where there is nothing to show. */
export function viewportFor(boxes: readonly Box[], { width, height, room, least, most }: Frame) {
  if (boxes.length === 0 || width === 0 || height === 0) return null
  const left = Math.min(...boxes.map(({ x }) => x))
  const top = Math.min(...boxes.map(({ y }) => y))
  const wide = Math.max(...boxes.map((box) => box.x + box.width)) - left
  const high = Math.max(...boxes.map((box) => box.y + box.height)) - top
  const [across, down] = [width - room.left - room.right, height - room.top - room.bottom]
  const zoom = Math.min(most, Math.max(least, Math.min(across / wide, down / high)))
  const centredStart = (start: number, free: number, size: number) => start + Math.max(0, (free - size * zoom) / 2)
  return {
    zoom,
    x: centredStart(room.left, across, wide) - left * zoom,
    y: centredStart(room.top, down, high) - top * zoom,
  }
}

/** Whether a box comes to stand where the map in the corner is. */
export function isInCorner(box: Box, frame: { readonly zoom: number } & Point, width: number, height: number): boolean {
  const right = frame.x + (box.x + box.width) * frame.zoom
  const bottom = frame.y + (box.y + box.height) * frame.zoom
  return right > width - miniatureSize.width - 24 && bottom > height - miniatureSize.height - 32
}
