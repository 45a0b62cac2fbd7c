/** What of the map is chosen, opened and looked for; gone with the tab. */
import { create } from 'zustand'
import type { MapFilter } from './pipe-marks.ts'

interface MapState {
  /** The project that the rest is about. */
  readonly project: string | null
  readonly chosen: string | null
  /** The group whose pipes are shown; null for all groups. */
  readonly opened: string | null
  readonly filter: MapFilter
}

const nothing = { chosen: null, opened: null, filter: { text: '', mark: null, system: null } } as const

export const useMapState = create<MapState>(() => ({ project: null, ...nothing }))

/** Forgets what was chosen in another project. */
export function showMapOf(project: string): void {
  if (useMapState.getState().project !== project) useMapState.setState({ project, ...nothing })
}
