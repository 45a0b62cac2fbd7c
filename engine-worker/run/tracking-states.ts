/** What is remembered of the source entities of pipes between runs. Where all take too much, idle pipes read theirs again. */
import type { DatasetStore } from '../storage/store.ts'
import { loadTrackingState, type TrackingState } from './state.ts'

/** How much all may take before those of idle pipes go, in bytes: over two million source entities. */
const LIMIT = 48_000_000

interface Kept {
  readonly loading: Promise<TrackingState>
  /** Once it is loaded. */
  state: TrackingState | null
}

/** The tracking states of pipes by id. */
export class TrackingStates {
  private readonly kept = new Map<string, Kept>()
  /** How many runs of each pipe are going on. */
  private readonly running = new Map<string, number>()

  /** `seed`: see InvertedIndex. `limit`: for tests. */
  constructor(
    private readonly store: DatasetStore,
    private readonly seed: number,
    private readonly limit = LIMIT,
  ) {}

  /** What is remembered of a pipe. */
  of(pipe: string): Promise<TrackingState> {
    const before = this.kept.get(pipe)
    if (before) return before.loading
    const loading = loadTrackingState(this.store, pipe, this.seed)
    const kept: Kept = { loading, state: null }
    this.kept.set(pipe, kept)
    loading.then(
      (state) => {
        kept.state = state
      },
      () => undefined,
    )
    return loading
  }

  set(pipe: string, state: TrackingState): void {
    this.kept.set(pipe, { loading: Promise.resolve(state), state })
  }

  forget(pipe: string): void {
    this.kept.delete(pipe)
  }

  /** Keeps that of a pipe while work goes on. */
  async during<T>(pipe: string, work: () => Promise<T>): Promise<T> {
    this.running.set(pipe, (this.running.get(pipe) ?? 0) + 1)
    try {
      return await work()
    } finally {
      const left = (this.running.get(pipe) ?? 1) - 1
      if (left > 0) this.running.set(pipe, left)
      else this.running.delete(pipe)
    }
  }

  /** Forgets those of idle pipes while all take too much, the biggest first. */
  relieve(): void {
    let total = 0
    const idle: { readonly pipe: string; readonly bytes: number }[] = []
    for (const [pipe, { state }] of this.kept) {
      if (!state) continue
      const bytes = state.tracking.bytes + state.components.bytes
      total += bytes
      if (!this.running.has(pipe)) idle.push({ pipe, bytes })
    }
    for (const { pipe, bytes } of idle.sort((a, b) => b.bytes - a.bytes)) {
      if (total <= this.limit) return
      this.kept.delete(pipe)
      total -= bytes
    }
  }
}
