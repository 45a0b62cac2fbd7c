/** Whether a configuration is well: its store took the last write, and no mistake of the program has come to light. */
import { Fault } from '../../problem.ts'
import type { DatasetStore } from '../../storage/store.ts'
import { withCommit } from '../../storage/with-commit.ts'
import type { HealthState } from '../metrics/documented.ts'

const PROBE = 'server/health'

export class Health {
  /** What the store said when it refused the last write; null: it took it. */
  private refusal: string | null = null
  private mistake: string | null = null

  /** What is wrong, in words; null where nothing is. */
  get reason(): string | null {
    return this.mistake ?? this.refusal
  }

  /** How it stands now. A store that refused its last write is asked to take one more. */
  async check(store: DatasetStore): Promise<HealthState> {
    if (this.refusal !== null) await store.commit({ states: [{ key: PROBE, value: true }] }).catch(() => undefined)
    return this.reason === null ? 'healthy' : 'unhealthy'
  }

  /** Notes that something was thrown where nobody could catch it; it stays until the server is started anew. */
  broken(words: string): void {
    this.mistake = words
  }

  /** The store, whose writes are followed. A commit that is refused for what is in it says nothing of the store. */
  following(store: DatasetStore): DatasetStore {
    return withCommit(store, async (commit) => {
      try {
        const result = await store.commit(commit)
        this.refusal = null
        return result
      } catch (error) {
        if (!(error instanceof Fault)) this.refusal = error instanceof Error ? error.message : String(error)
        throw error
      }
    })
  }
}
