/** Running pipes. */
import type { RunEvent, RunRequest } from '../run/progress.ts'
import { type CallContext, capability } from './capability.ts'
import { sampleUsage } from './used-datasets.ts'

/** Runs pipes. An abort stops the run at the next batch boundary; what was committed stays. */
export const run = capability(
  'run',
  'deployed',
  (request: RunRequest, { host, onEvent, signal }: CallContext<RunEvent>) => {
    const opened = host.current()
    const { session } = opened
    // Read before anything waits for the abort: what a listener throws would end the process.
    const { run: id, pipes = null } = request
    const cancel = () => session.cancel(id)
    signal.addEventListener('abort', cancel)
    return host.during(pipes, async () => {
      const running = session.run(request, onEvent)
      // It was cancelled while it waited for its turn.
      if (signal.aborted) cancel()
      const result = await running
      // What is used changes with runs alone: the count after the last one of a day is the day's.
      await sampleUsage(opened, host.platform.environment.now())
      await host.safety?.backUpIfDue()
      return result
    })
  },
)
