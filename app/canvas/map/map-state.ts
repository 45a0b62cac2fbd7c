/** What of the map is chosen, opened and looked for; gone with the tab. */
import { create } from 'zustand'
import { partMark } from './map-parts.ts'
import type { MapFilter } from './pipe-marks.ts'

interface MapState {
  /** The project that the rest is about. */
  readonly project: string | null
  readonly chosen: string | null
  /** The group whose pipes are shown; null for all groups. */
  readonly opened: string | null
  /** The part of a very large project whose groups are shown; null for all parts. */
  readonly within: string | null
  readonly filter: MapFilter
}

const initialState = {
  chosen: null,
  opened: null,
  within: null,
  filter: { text: '', mark: null, system: null },
} as const

export const useMapState = create<MapState>(() => ({ project: null, ...initialState }))

/** Forgets what was chosen in another project. */
export function showMapOf(project: string): void {
  if (useMapState.getState().project !== project) useMapState.setState({ project, ...initialState })
}

/** Opens a group, or a part of many groups; a group of another part is opened in that part. */
export function openOnMap(id: string, parts: ReadonlyMap<string, string> | null): void {
  if (id.startsWith(partMark)) useMapState.setState({ within: id.slice(partMark.length), opened: null, chosen: null })
  else useMapState.setState({ within: parts?.get(id) ?? null, opened: id, chosen: null })
}

/** One step up: from a group to the groups around it, from a part to all parts. */
export function closeOnMap(): void {
  const { opened, within } = useMapState.getState()
  if (opened !== null) useMapState.setState({ opened: null, chosen: opened })
  else if (within !== null) useMapState.setState({ within: null, chosen: `${partMark}${within}` })
}
