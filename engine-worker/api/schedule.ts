/** Running pipes by the schedules of their pumps. */
import type { Problem } from '../problem.ts'
import type { RunEvent, RunResult } from '../run/progress.ts'
import { Scheduler } from '../run/scheduler.ts'
import { type CallContext, capability, problemOfFailure } from './capability.ts'

interface ScheduleRequest {
  /** Begins the names of the runs. */
  readonly name: string
}

/** What happens while the schedules are followed. */
type ScheduleEvent =
  | { readonly is: 'progress'; readonly event: RunEvent }
  /** A run has ended. `isIdle`: it found nothing to do. */
  | { readonly is: 'ended'; readonly result: RunResult; readonly isIdle: boolean }
  /** A run could not be carried out; the schedules go on. */
  | { readonly is: 'failed'; readonly problem: Problem }

/**
 * Runs what is due by the schedules of the open project, one run at a time and none beside a run that was asked for. Ends
 * when it is aborted, which also cancels the run that is under way, and when another project is opened.
 */
export const schedule = capability(
  'schedule',
  'page',
  async ({ name }: ScheduleRequest, { host, onEvent, signal }: CallContext<ScheduleEvent>): Promise<void> => {
    const opened = host.current()
    let current: string | null = null
    let endSchedule = () => {}
    const ended = new Promise<void>((resolve) => {
      endSchedule = resolve
      if (signal.aborted) resolve()
      signal.addEventListener('abort', () => resolve())
    })
    const scheduler = new Scheduler({
      environment: host.platform.environment,
      name,
      runDue: async (run, progress) => {
        if (!host.isOpen(opened)) endSchedule()
        if (signal.aborted || host.isRunning || !host.isOpen(opened)) return null
        current = run
        return host
          .during(null, () => opened.session.runDue(run, progress))
          .finally(() => {
            current = null
          })
      },
      progress: (event) => {
        if (signal.aborted) opened.session.cancel(event.run)
        onEvent({ is: 'progress', event })
      },
      done: (result, isIdle) => onEvent({ is: 'ended', result, isIdle }),
      failed: (error) => onEvent({ is: 'failed', problem: problemOfFailure('schedule', error) }),
    })
    scheduler.start()
    await ended
    if (current !== null) opened.session.cancel(current)
    await scheduler.stop()
    await opened.session.runner.rescans.stop()
  },
)
