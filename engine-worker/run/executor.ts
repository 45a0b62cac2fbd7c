import type { RunnablePipe } from '../connectors/runtime.ts'

/**
 * Where the pipes of one round are run. They come in the order of their dependencies; an executor may run several at the
 * same time, here or elsewhere, as long as a pipe begins after those before it that it reads from.
 */
export interface Executor {
  /** Calls `run` for each pipe once; ends when all have ended, and throws what one of them throws. */
  execute(pipes: readonly RunnablePipe[], run: (pipe: RunnablePipe) => Promise<void>): Promise<void>
}

/** One pipe after the other, in this thread. */
export const inSequence: Executor = {
  async execute(pipes, run) {
    for (const pipe of pipes) await run(pipe)
  },
}
