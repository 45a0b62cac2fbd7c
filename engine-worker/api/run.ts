/** Running pipes. */
import type { RunEvent, RunRequest } from '../run/progress.ts'
import { type CallContext, capability } from './capability.ts'

/** Runs pipes. When it is not wanted any more it stops at the next batch boundary; what was committed stays. */
export const run = capability('run', (request: RunRequest, { host, onEvent, signal }: CallContext<RunEvent>) => {
  const { session } = host.current()
  signal.addEventListener('abort', () => session.cancel(request.run))
  return host.during(session.run(request, onEvent))
})
