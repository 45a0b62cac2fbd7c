/**
 * How much of a card is drawn, as a function of the zoom alone. Below a threshold a card is a block in the colour of its
 * role: thousands of cards can be in view then, and their text would be too small to read. The canvas computes the level
 * once and hands it to cards and wires, so that they are drawn again only when the zoom passes a threshold.
 */
import { createContext, useContext } from 'react'

/** `near`: everything; `far`: names, larger; `farther`: blocks. */
type LevelOfDetail = 'near' | 'far' | 'farther'

const farZoom = 0.5
const fartherZoom = 0.22

/** The level of detail at a zoom. */
export function levelAt(zoom: number): LevelOfDetail {
  return zoom < fartherZoom ? 'farther' : zoom < farZoom ? 'far' : 'near'
}

/** The level of the canvas around; set by the canvas from its own zoom. */
export const LevelOfDetailContext = createContext<LevelOfDetail>('near')

/** The level of detail of the canvas around, for components. */
export function useLevelOfDetail(): LevelOfDetail {
  return useContext(LevelOfDetailContext)
}
