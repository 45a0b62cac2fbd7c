import { useReactFlow, useStore } from '@xyflow/react'
import { type PointerEvent, useMemo } from 'react'
import { useFlowWords } from './flow-words.ts'
import type { Point } from './layout-file.ts'
import { miniatureSize } from './miniature-size.ts'

const { width, height } = miniatureSize

/** A card on the canvas, in its units. */
interface MiniatureBox extends Point {
  readonly width: number
  readonly height: number
  /** Something failed in it. */
  readonly bad: boolean
}

/**
 * The whole canvas in a corner, with what is in view; click or drag to go there. One SVG path for all cards: React
 * Flow's own map has a component for each node, which slows moves from some hundreds on.
 */
export function Miniature({ boxes }: { readonly boxes: readonly MiniatureBox[] }) {
  const w = useFlowWords()
  const flow = useReactFlow()
  const [x, y, zoom] = useStore((state) => state.transform)
  const screen = useStore((state) => `${state.width} ${state.height}`)
  const { bounds, path } = useMemo(() => boundsPath(boxes), [boxes])
  const bad = useMemo(() => boundsPath(boxes.filter((box) => box.bad)).path, [boxes])
  const [screenWidth = 0, screenHeight = 0] = screen.split(' ').map(Number)
  const view = { x: -x / zoom, y: -y / zoom, width: screenWidth / zoom, height: screenHeight / zoom }
  const scale = Math.max(bounds.width / width, bounds.height / height) || 1
  const box = {
    x: bounds.x - (width * scale - bounds.width) / 2,
    y: bounds.y - (height * scale - bounds.height) / 2,
    width: width * scale,
    height: height * scale,
  }
  const moveViewport = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons !== 1) return
    const { left, top } = event.currentTarget.getBoundingClientRect()
    void flow.setCenter(box.x + (event.clientX - left) * scale, box.y + (event.clientY - top) * scale, { zoom })
  }
  return (
    <svg
      role="img"
      aria-label={w.flow.minimap}
      width={width}
      height={height}
      viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        moveViewport(event)
      }}
      onPointerMove={moveViewport}
      onWheel={(event) => void (event.deltaY < 0 ? flow.zoomIn() : flow.zoomOut())}
      className="flow-minimap absolute right-3 bottom-6 z-10 cursor-pointer"
    >
      <path d={path} className="flow-mini" />
      <path d={bad} className="flow-mini-bad" />
      <path
        className="flow-mini-mask"
        fillRule="evenodd"
        d={`M${box.x} ${box.y}h${box.width}v${box.height}h${-box.width}zM${view.x} ${view.y}h${view.width}v${view.height}h${-view.width}z`}
      />
    </svg>
  )
}

function boundsPath(boxes: readonly MiniatureBox[]) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  let path = ''
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x + width)
    bottom = Math.max(bottom, y + height)
    path += `M${x} ${y}h${width}v${height}h${-width}z`
  }
  // A margin, so that no card touches the frame.
  const air = Math.max(right - left, bottom - top) * 0.04
  const bounds =
    boxes.length === 0
      ? new DOMRect()
      : new DOMRect(left - air, top - air, right - left + 2 * air, bottom - top + 2 * air)
  return { bounds, path }
}
