/**
 * One tab works on a project at a time. The browser's locks say who; a second tab shows the project read-only and can
 * take it over, and the first is told when that happens.
 */

/** The lock of a project that this tab holds. */
export interface ProjectLock {
  readonly held: boolean
  release(): void
}

/** The name of the lock of a project. */
function lockName(project: string): string {
  return `pipewright:${project}`
}

/** Whether a tab of this browser has locked a project; false where the browser has no locks. */
export async function isLocked(project: string): Promise<boolean> {
  if (!('locks' in navigator)) return false
  const { held = [] } = await navigator.locks.query()
  return held.some(({ name }) => name === lockName(project))
}

/**
 * Locks a project for this tab; with `steal` also when another tab holds the lock. `lost` is called when another tab
 * takes it. Where the browser has no locks every call succeeds, and revisions on disk remain the safeguard.
 */
export function lockProject(project: string, steal: boolean, lost: () => void): Promise<ProjectLock> {
  if (!('locks' in navigator)) return Promise.resolve({ held: true, release: () => undefined })
  return new Promise((resolve) => {
    let released = false
    const holdLock = (lock: Lock | null): Promise<void> | undefined => {
      if (lock === null) {
        resolve({ held: false, release: () => undefined })
        return undefined
      }
      return new Promise((free) => {
        const release = () => {
          released = true
          free()
        }
        resolve({ held: true, release })
      })
    }
    navigator.locks.request(lockName(project), steal ? { steal } : { ifAvailable: true }, holdLock).catch(() => {
      if (!released) lost()
    })
  })
}
