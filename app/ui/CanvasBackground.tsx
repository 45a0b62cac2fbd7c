import { Background, BackgroundVariant } from '@xyflow/react'

/** The dots behind everything that is drawn on a canvas. */
export function CanvasBackground() {
  return (
    <Background variant={BackgroundVariant.Dots} gap={24} size={1} color="var(--line-strong)" bgColor="var(--canvas)" />
  )
}
