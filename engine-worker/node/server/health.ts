/** Whether a configuration is well: its store took the last write, and no mistake of the program has come to light. */
import { Fault } from '../../problem.ts'
import type { DatasetStore } from '../../storage/store.ts'
import { withCommit } from '../../storage/with-commit.ts'
import type { HealthState } from '../metrics/documented.ts'
import { lockLost } from '../storage/folder-lock.ts'

const PROBE = 'server/health'

export class Health {
  /** The store refused the last write. */
  private isRefused = false
  private isBroken = false

  /** How it stands now. A store that refused its last write is asked to take one more. */
  async check(store: DatasetStore): Promise<HealthState> {
    if (this.isRefused) await store.commit({ states: [{ key: PROBE, value: true }] }).catch(() => undefined)
    return this.isRefused || this.isBroken ? 'unhealthy' : 'healthy'
  }

  /** Notes that something was thrown where nobody could catch it; it stays until the server is started anew. */
  broken(): void {
    this.isBroken = true
  }

  /** The store, whose writes are followed. A commit that is refused for what is in it says nothing of the store. */
  following(store: DatasetStore): DatasetStore {
    return withCommit(store, async (commit) => {
      try {
        const result = await store.commit(commit)
        this.isRefused = false
        return result
      } catch (error) {
        if (!(error instanceof Fault) || error.problem.code === lockLost.code) this.isRefused = true
        throw error
      }
    })
  }
}
