/** Calls into the parts of a pipe: timed, with mistakes of this program as problems, and reads that are tried again. */
import type { RunnablePipe } from '../../connectors/runtime.ts'
import { Fault, reasonOf } from '../../problem.ts'
import { Cancelled, type PipeRunContext } from '../context.ts'
import type { RunLog } from '../log.ts'
import { partFailed } from '../problems.ts'
import { readRetries } from './read-retries.ts'

/** How one run calls the parts of its pipe. */
export class PartCalls {
  private readErrors = 0

  constructor(
    private readonly pipe: RunnablePipe,
    private readonly running: PipeRunContext,
    private readonly log: RunLog,
    /** Nanoseconds since 1970. */
    private readonly now: () => bigint,
  ) {}

  /** Adds the time that some work takes to what the log says of a part. */
  async timed<T>(part: keyof RunLog['spent'], work: Promise<T>): Promise<T> {
    const before = this.now()
    const result = await work
    this.log.spent[part] += this.now() - before
    return result
  }

  /** A mistake of this program in one pipe must not end the others. */
  async guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof Fault || error instanceof Cancelled) throw error
      const reason = reasonOf(error)
      throw new Fault(partFailed({ pipe: this.pipe.id, reason }, { pipe: this.pipe.id }))
    }
  }

  /** Reads something of the source; one from outside is asked again after an error, as often as the pump says. */
  async reading<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        this.log.readFailed(error.problem, this.now())
        const { times, delay } = readRetries(this.pipe, error.problem)
        if (this.readErrors++ >= times) throw error
        await this.running.wait(delay)
      }
    }
  }
}
