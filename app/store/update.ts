/**
 * A newer build of the app on the server: noticed while a tab is open, announced, and taken over when a person says so.
 * With a service worker the new build waits beside the old one; without it, code that was not loaded yet is gone from the
 * server, which is told with the same message.
 */
import { create } from 'zustand'
import { saveProject } from './project/saving.ts'

export const useUpdate = create<{ readonly isReady: boolean }>(() => ({ isReady: false }))

/** Milliseconds between two checks of the server; at most one a minute when the tab comes to the front. */
const checkInterval = 15 * 60_000
const minInterval = 60_000
let lastCheckAt = 0

/** Code of the app that could not be loaded: the server has another build, or there is no network. */
export class CodeUnavailable extends Error {
  constructor(cause: unknown) {
    super('a part of the app could not be loaded', { cause })
    this.name = 'CodeUnavailable'
  }
}

/** Checks for a newer build at intervals. Once, at the start of the app. */
export function startUpdates(): void {
  if (!import.meta.env.PROD) return
  setInterval(() => void checkForUpdate(), checkInterval)
  addEventListener('focus', () => {
    if (Date.now() - lastCheckAt > minInterval) void checkForUpdate()
  })
  // Any code that is loaded when it is used, views apart.
  addEventListener('vite:preloadError', () => void isOutdated())
  navigator.serviceWorker?.addEventListener('controllerchange', () => {
    // Another tab took the new build over; this one still runs the old.
    if (useUpdate.getState().isReady) return
    void checkForUpdate()
  })
}

/** Watches the service worker for a new build that was fetched and waits. */
export function followRegistration(registration: ServiceWorkerRegistration): void {
  const watch = (worker: ServiceWorker | null) =>
    worker?.addEventListener('statechange', () => {
      // The first one that is installed is no update.
      if (worker.state === 'installed' && navigator.serviceWorker.controller) announceUpdate()
    })
  if (registration.waiting && navigator.serviceWorker.controller) announceUpdate()
  watch(registration.installing)
  registration.addEventListener('updatefound', () => watch(registration.installing))
}

/** Asks the server which build it has; says so when it is another one than this. */
async function checkForUpdate(): Promise<void> {
  lastCheckAt = Date.now()
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined)
  // A service worker that finds a new build announces it when it has all of it.
  await registration?.update().catch(() => undefined)
  const deployed = await deployedBuild()
  if (deployed !== null && deployed !== ownBuild() && !registration) announceUpdate()
}

/** Whether the server has another build than the one that runs here; false where that cannot be found out. */
export async function isOutdated(): Promise<boolean> {
  const deployed = await deployedBuild()
  const outdated = deployed !== null && deployed !== ownBuild()
  if (outdated) announceUpdate()
  return outdated
}

/** Loads the new build: what was edited is saved first, and a question about unsaved work still comes. */
export async function reloadApp(): Promise<void> {
  await saveProject()
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined)
  const waiting = registration?.waiting
  if (waiting) {
    const replaced = new Promise((resolve) => {
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true })
      setTimeout(resolve, 3000)
    })
    waiting.postMessage('take over')
    await replaced
  }
  location.reload()
}

function announceUpdate(): void {
  useUpdate.setState({ isReady: true })
}

/** The build puts its version into both places (vite.config.ts). */
function ownBuild(): string | null {
  return document.querySelector<HTMLMetaElement>('meta[name="build"]')?.content ?? null
}

async function deployedBuild(): Promise<string | null> {
  try {
    const response = await fetch('./build.txt', { cache: 'no-store' })
    return response.ok ? (await response.text()).trim() : null
  } catch {
    return null
  }
}
