/**
 * Commits of states whose completion is not awaited: those that arrive while one is being written are written together
 * in the next one. What cannot be written stays, and is tried again with what comes next.
 */
import type { CommitStates, StateWrite } from '../../storage/store.ts'

export class QueuedStateCommits {
  private readonly waiting = new Map<string, StateWrite>()
  private working: Promise<void> | null = null

  /** `say` is called with errors. */
  constructor(
    private readonly commit: CommitStates,
    private readonly say: (words: string) => void,
  ) {}

  /** Has states committed; of two with one key the later one counts. */
  add(states: readonly StateWrite[]): void {
    for (const state of states) this.waiting.set(state.key, state)
    if (this.waiting.size === 0) return
    this.working ??= this.work()
      .catch((error: unknown) => this.say(error instanceof Error ? error.message : String(error)))
      .finally(() => {
        this.working = null
      })
  }

  /** Resolves when all that was added is committed; what could not be is tried once more first. */
  async done(): Promise<void> {
    await this.working
    this.add([])
    await this.working
  }

  private async work(): Promise<void> {
    while (this.waiting.size > 0) {
      const states = new Map(this.waiting)
      this.waiting.clear()
      try {
        await this.commit([...states.values()])
      } catch (error) {
        // Kept for the next time; what was added meanwhile is newer.
        for (const [key, state] of states) if (!this.waiting.has(key)) this.waiting.set(key, state)
        throw error
      }
    }
  }
}
