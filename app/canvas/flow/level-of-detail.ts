/**
 * How much of a card is worth drawing. From afar a card is a block in the colour of its role: thousands of them are in
 * view then, and nobody could read more. Changes only when the zoom passes a threshold.
 */
import { create } from 'zustand'

/** `near`: everything; `far`: names, larger; `farther`: blocks. */
export type Level = 'near' | 'far' | 'farther'

const farZoom = 0.5
const fartherZoom = 0.22

const useLevelStore = create<{ readonly level: Level }>(() => ({ level: 'farther' }))

/** The level of a zoom. */
export function levelAt(zoom: number): Level {
  return zoom < fartherZoom ? 'farther' : zoom < farZoom ? 'far' : 'near'
}

/** Follows the zoom of the canvas. */
export function setZoom(zoom: number): void {
  const level = levelAt(zoom)
  if (level !== useLevelStore.getState().level) useLevelStore.setState({ level })
}

/** The level of the canvas, for components. */
export function useLevel(): Level {
  return useLevelStore((state) => state.level)
}
