/** The rescans of a runner that go on in the background ("Rescans" in configuration-pump.rst), at most one of each pipe. */
import type { RunnablePipe } from '../connectors/runtime.ts'
import type { DatasetStore } from '../storage/store.ts'
import type { RunResult } from './progress.ts'
import { RunOverlap, type RunSide, undisturbedSide } from './pump/overlap.ts'
import { settingsOf } from './settings.ts'
import { readState } from './state.ts'

interface RunningRescan {
  readonly controller: AbortController
  readonly done: Promise<RunResult>
}

export class Rescans {
  private readonly overlaps = new Map<string, RunOverlap>()
  private readonly running = new Map<string, RunningRescan>()

  /** The side of the ordinary runs of a pipe. */
  ordinary(pipe: RunnablePipe): RunSide {
    return settingsOf(pipe).backgroundRescan ? this.overlapOf(pipe.id).ordinary : undisturbedSide
  }

  private overlapOf(pipe: string): RunOverlap {
    const known = this.overlaps.get(pipe) ?? new RunOverlap()
    this.overlaps.set(pipe, known)
    return known
  }

  isRunning(pipe: string): boolean {
    return this.running.has(pipe)
  }

  /** Whether a rescan of a pipe can go on in the background: it is set to, it has run before, and none is going on. */
  async canStart(pipe: RunnablePipe, store: DatasetStore): Promise<boolean> {
    if (!settingsOf(pipe).backgroundRescan || this.isRunning(pipe.id)) return false
    const state = await readState(store, pipe.id)
    return state !== null && state.position !== null && state.unfinished === null
  }

  /** Starts the rescan of a pipe; resolves at its end. `signal`: also stops it. */
  start(
    pipe: string,
    signal: AbortSignal | undefined,
    rescan: (overlap: RunOverlap, signal: AbortSignal) => Promise<RunResult>,
  ): Promise<RunResult> {
    const controller = new AbortController()
    const stop = () => controller.abort()
    signal?.addEventListener('abort', stop, { once: true })
    const overlap = this.overlapOf(pipe)
    const done = rescan(overlap, controller.signal).finally(() => {
      overlap.end()
      this.running.delete(pipe)
      signal?.removeEventListener('abort', stop)
    })
    this.running.set(pipe, { controller, done })
    return done
  }

  /** Stops the rescans of some pipes (absent: all) and waits for their end. */
  async stop(pipes: readonly string[] = [...this.running.keys()]): Promise<void> {
    const stopped = pipes.flatMap((pipe) => this.running.get(pipe) ?? [])
    for (const { controller } of stopped) controller.abort()
    await Promise.allSettled(stopped.map(({ done }) => done))
  }

  /** Settles when no rescan is going on. */
  async idle(): Promise<void> {
    await Promise.allSettled([...this.running.values()].map(({ done }) => done))
  }
}
