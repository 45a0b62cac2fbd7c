/** Running pipes by their schedules. */
import type { RunEvent } from '../run/progress.ts'
import { type CallContext, capability } from './capability.ts'

/** Runs what is due by the schedules of the pumps now; null when nothing is. To be asked again and again. */
export const runDue = capability('runDue', (run: string, { host, onEvent, signal }: CallContext<RunEvent>) => {
  const { session } = host.current()
  signal.addEventListener('abort', () => session.cancel(run))
  return host.during(session.runDue(run, onEvent))
})
