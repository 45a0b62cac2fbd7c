/**
 * What this tab shows: selection, panels, viewports. Per tab, never undone, never exported. Panel sizes are kept for
 * the next visit; the rest is gone with the tab.
 */
import { create } from 'zustand'

interface Viewport {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

interface Session {
  /** Keys of what is chosen on the Flow canvas: component keys, dataset names with `dataset:` in front, … */
  readonly selection: readonly string[]
  /** Viewports of canvases by their address. */
  readonly viewports: Readonly<Record<string, Viewport>>
  readonly inspectorWidth: number
  readonly dockHeight: number
  readonly inspectorOpen: boolean
  readonly dockOpen: boolean
  readonly palette: 'closed' | 'commands' | 'shortcuts'
}

const storageKey = 'pipewright.panels'

export const useSession = create<Session>(() => ({
  selection: [],
  viewports: {},
  inspectorWidth: 320,
  dockHeight: 280,
  inspectorOpen: true,
  dockOpen: false,
  ...storedPanels(),
  palette: 'closed',
}))

/** Chooses things on the canvas. */
export function select(keys: readonly string[]): void {
  useSession.setState({ selection: keys })
}

/** Remembers the viewport of a canvas; null where it is fitted anew. */
export function setViewport(address: string, viewport: Viewport | null): void {
  useSession.setState(({ viewports: { [address]: _, ...others } }) => ({
    viewports: viewport ? { ...others, [address]: viewport } : others,
  }))
}

/** Moves or folds the panels and remembers it. */
export function setPanels(
  change: Partial<Pick<Session, 'inspectorWidth' | 'dockHeight' | 'inspectorOpen' | 'dockOpen'>>,
): void {
  useSession.setState(change)
  const { inspectorWidth, dockHeight, inspectorOpen, dockOpen } = useSession.getState()
  try {
    localStorage.setItem(storageKey, JSON.stringify({ inspectorWidth, dockHeight, inspectorOpen, dockOpen }))
  } catch {
    // Storage is switched off: the sizes hold until the tab closes.
  }
}

/** Opens or closes the list of commands or the sheet of shortcuts. */
export function showPalette(palette: Session['palette']): void {
  useSession.setState({ palette })
}

function storedPanels(): Partial<Session> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    if (typeof stored !== 'object' || stored === null) return {}
    return {
      ...('inspectorWidth' in stored && typeof stored.inspectorWidth === 'number'
        ? { inspectorWidth: stored.inspectorWidth }
        : {}),
      ...('dockHeight' in stored && typeof stored.dockHeight === 'number' ? { dockHeight: stored.dockHeight } : {}),
      ...('inspectorOpen' in stored && typeof stored.inspectorOpen === 'boolean'
        ? { inspectorOpen: stored.inspectorOpen }
        : {}),
      ...('dockOpen' in stored && typeof stored.dockOpen === 'boolean' ? { dockOpen: stored.dockOpen } : {}),
    }
  } catch {
    return {}
  }
}
