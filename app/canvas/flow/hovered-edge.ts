/** The wire that is pointed at; it offers to insert a pipe a moment longer than the pointer is over it. */
import { create } from 'zustand'

const usePointedStore = create<{ readonly edge: string | null }>(() => ({ edge: null }))

const patience = 500
let leaving: ReturnType<typeof setTimeout> | undefined

/** The pointer is over a wire, or over its button. */
export function hoverEdge(edge: string): void {
  clearTimeout(leaving)
  usePointedStore.setState({ edge })
}

/** The pointer has left; there is time to reach the button. */
export function leaveEdge(): void {
  clearTimeout(leaving)
  leaving = setTimeout(() => usePointedStore.setState({ edge: null }), patience)
}

/** Whether a wire is pointed at, for components. */
export function useIsHovered(edge: string): boolean {
  return usePointedStore((state) => state.edge === edge)
}
