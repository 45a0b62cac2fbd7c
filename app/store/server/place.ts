/** Where the open project is: here, in this browser, or on a server; and how the connection to that server stands. */
import { create } from 'zustand'
import type { ServerInfo } from '../../../engine-worker/index.ts'
import { disk } from '../disk/disk.ts'

interface PlaceState {
  /** The project that this is about. */
  readonly project: string | null
  /** The address of the server; null: the project is in this browser. */
  readonly address: string | null
  /** The revision on the server that the baseline of the project is. */
  readonly revision: number
  readonly state: 'off' | 'connecting' | 'connected' | 'lost' | 'refused'
  /** Why there is no connection, in the chosen language. */
  readonly failure: string | null
  readonly info: ServerInfo | null
  /** The server has a revision that was not taken over yet, because both sides changed the same. */
  readonly conflict: boolean
}

const localPlace: PlaceState = {
  project: null,
  address: null,
  revision: 0,
  state: 'off',
  failure: null,
  info: null,
  conflict: false,
}

export const useServerPlace = create<PlaceState>(() => localPlace)

/** Reads where a project is that is being opened. */
export async function openPlace(project: string): Promise<void> {
  const row = await disk.place(project)
  useServerPlace.setState(
    row ? { ...localPlace, project, address: row.address, revision: row.revision } : { ...localPlace, project },
  )
}

/** The project is closed. */
export function closePlace(): void {
  useServerPlace.setState(localPlace)
}

/** Puts the open project on a server, or (null) back here; nothing is sent. */
export async function setProjectPlace(
  project: string,
  place: { readonly address: string; readonly revision: number } | null,
): Promise<void> {
  await disk.setPlace(project, place)
  if (useServerPlace.getState().project !== project) return
  useServerPlace.setState(place ? { ...localPlace, project, ...place } : { ...localPlace, project })
}

/** The baseline of the open project is another revision of the server now. */
export async function setRevision(revision: number): Promise<void> {
  const { project, address } = useServerPlace.getState()
  if (project === null || address === null) return
  await disk.setPlace(project, { address, revision })
  if (useServerPlace.getState().project === project) useServerPlace.setState({ revision, conflict: false })
}
