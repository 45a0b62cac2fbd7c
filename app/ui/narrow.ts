/** Whether the window is too narrow for two panes side by side. */
import { useSyncExternalStore } from 'react'

const narrowQuery = '(max-width: 959px)'

function subscribe(changed: () => void): () => void {
  const media = matchMedia(narrowQuery)
  media.addEventListener('change', changed)
  return () => media.removeEventListener('change', changed)
}

/** True on tablets and small windows; panes then stand below each other. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(narrowQuery).matches,
    () => false,
  )
}
