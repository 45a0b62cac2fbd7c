import type { RunnablePipe } from '../connectors/runtime.ts'
import { touchedDatasets, touchSameDataset } from './touched-datasets.ts'

/**
 * Where the pipes of one round are run. They come in the order of their dependencies; an executor may run several at the
 * same time, here or elsewhere, as long as a pipe begins after those before it that it reads from.
 */
interface Executor {
  /** Calls `run` for each pipe once; ends when all have ended, and throws what one of them throws. */
  execute(pipes: readonly RunnablePipe[], run: (pipe: RunnablePipe) => Promise<void>): Promise<void>
}

/** One pipe after the other, in this thread. */
export const inSequence: Executor = {
  async execute(pipes, run) {
    for (const pipe of pipes) await run(pipe)
  },
}

/**
 * Up to `limit` pipes at the same time. A pipe begins when every earlier one has ended that writes what it reads, reads
 * what it writes, or writes what it writes, so that each finds the datasets as if all ran one after the other.
 */
export function atOnce(limit: number): Executor {
  return {
    async execute(pipes, run) {
      const touched = pipes.map(touchedDatasets)
      const ended: Promise<void>[] = []
      const places = new Slots(limit)
      let failure: { readonly error: unknown } | null = null
      for (const [at, pipe] of pipes.entries()) {
        const before = ended.filter((_, other) => touchSameDataset(touched[other], touched[at]))
        const work = Promise.all(before).then(async () => {
          const leave = await places.enter()
          try {
            if (!failure) await run(pipe)
          } catch (error) {
            failure ??= { error }
          } finally {
            leave()
          }
        })
        ended.push(work)
      }
      await Promise.all(ended)
      const failed = failure as { readonly error: unknown } | null
      if (failed) throw failed.error
    },
  }
}

/** Places for work that runs at once; who came first goes first. */
class Slots {
  private readonly waiting: (() => void)[] = []

  constructor(private free: number) {}

  async enter(): Promise<() => void> {
    if (this.free > 0) this.free--
    else await new Promise<void>((resolve) => this.waiting.push(resolve))
    return () => {
      const next = this.waiting.shift()
      if (next) next()
      else this.free++
    }
  }
}
