/**
 * One writer a project. The engine's id index and sequence numbers live in memory, so two workers on one database would
 * corrupt it; the store takes a lock when it opens and gives it back when it closes (the browser does when a tab dies).
 */

/** Waits a moment for the lock of that name; null when somebody else holds it. */
export type WriterLock = (name: string) => Promise<(() => void) | null>

/** The part of the Web Locks API that is used (`navigator.locks`). */
interface Locks {
  request(name: string, options: { signal: AbortSignal }, holding: (lock: unknown) => Promise<void>): Promise<unknown>
}

/** A writer lock from the browser's lock manager. A tab that is reloaded needs a moment to let go, so `patience` waits. */
export function webLock(locks: Locks, patience = 2000): WriterLock {
  return (name) =>
    new Promise((resolve, reject) => {
      const waiting = AbortSignal.timeout(patience)
      const holdUntilReleased = () => new Promise<void>((release) => resolve(release))
      locks.request(`pipewright ${name}`, { signal: waiting }, holdUntilReleased).catch((error: unknown) => {
        if (waiting.aborted) resolve(null)
        else reject(error)
      })
    })
}
