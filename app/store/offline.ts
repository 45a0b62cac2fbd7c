/** The service worker that makes the app work offline after the first visit. */
import { create } from 'zustand'

export const useOffline = create<{ readonly ready: boolean }>(() => ({ ready: false }))

/** Registers the service worker of the built app; under the development server there is none. */
export async function startOffline(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  try {
    await navigator.serviceWorker.register('./service-worker.js')
    await navigator.serviceWorker.ready
    useOffline.setState({ ready: true })
  } catch {
    // Refused (a private window, an insecure origin): the status line then says "online", not "offline ready".
  }
}
