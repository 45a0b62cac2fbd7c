/** The wire that is pointed at; it offers to insert a pipe a moment longer than the pointer is over it. */
import { create } from 'zustand'

const useHoveredEdgeStore = create<{ readonly edge: string | null }>(() => ({ edge: null }))

const leaveDelayMs = 500
let leaveTimer: ReturnType<typeof setTimeout> | undefined

/** The pointer is over a wire, or over its button. */
export function hoverEdge(edge: string): void {
  clearTimeout(leaveTimer)
  useHoveredEdgeStore.setState({ edge })
}

/** The pointer has left; there is time to reach the button. */
export function leaveEdge(): void {
  clearTimeout(leaveTimer)
  leaveTimer = setTimeout(() => useHoveredEdgeStore.setState({ edge: null }), leaveDelayMs)
}

/** Whether a wire is pointed at, for components. */
export function useIsHovered(edge: string): boolean {
  return useHoveredEdgeStore((state) => state.edge === edge)
}
