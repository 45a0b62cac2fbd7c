/** What cards and wires ask the canvas to do; null where the project may not be changed. */
import { createContext, useContext } from 'react'
import type { GraphEdge } from './graph.ts'

interface CanvasActions {
  readonly insert: ((edge: GraphEdge) => void) | null
}

export const CanvasActionsContext = createContext<CanvasActions>({ insert: null })

/** The canvas around a card or wire. */
export function useCanvasActions(): CanvasActions {
  return useContext(CanvasActionsContext)
}
