/** Stages tell the canvas how high they are drawn. */
import { createContext, useContext } from 'react'

type Measure = (stage: string, element: HTMLElement) => void

/** Given by the canvas around the stages. */
export const MeasureContext = createContext<Measure>(() => undefined)

/** Tells the canvas the height of a stage. */
export function useStageMeasure(): Measure {
  return useContext(MeasureContext)
}
