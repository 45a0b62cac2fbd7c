/** The service worker that makes the app work offline after the first visit. */
import { create } from 'zustand'
import { scriptAddress } from './engine/start-worker.ts'
import { followRegistration } from './update.ts'

export const useOffline = create<{ readonly ready: boolean }>(() => ({ ready: false }))

/** Registers the service worker of the built app; under the development server there is none. */
export async function startOffline(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  try {
    followRegistration(await navigator.serviceWorker.register(scriptAddress('./service-worker.js')))
    await navigator.serviceWorker.ready
    useOffline.setState({ ready: true })
  } catch {
    // Refused (a private window, an insecure origin): the status line then says "online", not "offline ready".
  }
}
