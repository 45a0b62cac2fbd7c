/** Running pipes. */
import type { RunEvent, RunRequest } from '../run/progress.ts'
import { type CallContext, capability } from './capability.ts'

/** Runs pipes. When it is not wanted any more it stops at the next batch boundary; what was committed stays. */
export const run = capability('run', (request: RunRequest, { host, onEvent, signal }: CallContext<RunEvent>) => {
  const { session } = host.current()
  const cancel = () => session.cancel(request.run)
  signal.addEventListener('abort', cancel)
  return host.during(request.pipes ?? null, () => {
    const running = session.run(request, onEvent)
    // It was cancelled while it waited for its turn.
    if (signal.aborted) cancel()
    return running
  })
})
