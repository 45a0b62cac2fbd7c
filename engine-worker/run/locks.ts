/** Locks by name: one for each pipe, so that a pipe never runs twice at the same time while others run. */

interface Waiter {
  readonly names: readonly string[]
  readonly grant: () => void
}

/** Work that needs several names gets all of them at once, so that two can never wait for each other. */
export class PipeLocks {
  private readonly held = new Set<string>()
  private readonly waiters: Waiter[] = []

  /** Does the work as soon as all of the names are free; where names are shared, in the order of the calls. */
  async hold<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    await this.acquire(names)
    try {
      return await work()
    } finally {
      for (const name of names) this.held.delete(name)
      this.grantWaiting()
    }
  }

  private acquire(names: readonly string[]): Promise<void> {
    return new Promise((grant) => {
      this.waiters.push({ names, grant })
      this.grantWaiting()
    })
  }

  private grantWaiting(): void {
    const taken = new Set(this.held)
    for (const waiter of [...this.waiters]) {
      if (!waiter.names.some((name) => taken.has(name))) {
        this.waiters.splice(this.waiters.indexOf(waiter), 1)
        for (const name of waiter.names) this.held.add(name)
        waiter.grant()
      }
      // What an earlier one waits for is not given to a later one.
      for (const name of waiter.names) taken.add(name)
    }
  }
}
