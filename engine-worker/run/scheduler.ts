/** Runs pipes by the schedules of their pumps (configuration-pump.rst), for as long as it is on. */
import type { Environment } from '../environment.ts'
import type { RunEvent, RunResult } from './progress.ts'

const DEFAULT_TICK = 2

interface SchedulerOptions {
  readonly environment: Environment
  /** Runs what is due now; null when nothing is. */
  readonly runDue: (run: string, progress?: (event: RunEvent) => void) => Promise<RunResult | null>
  readonly progress?: (event: RunEvent) => void
  /** Called after each run. `isIdle`: it found nothing to do, and is not worth keeping among those that did. */
  readonly done?: (result: RunResult, isIdle: boolean) => void
  /** Called with what is thrown; the schedules go on. */
  readonly failed?: (error: unknown) => void
  /** Seconds between two looks at the schedules. */
  readonly tick?: number
  /** Begins the names of the runs. */
  readonly name?: string
}

/** The schedules of an open project. */
export class Scheduler {
  private isStarted = false
  private loopEnd: Promise<void> = Promise.resolve()
  private runs = 0
  private endPause = () => {}

  constructor(private readonly options: SchedulerOptions) {}

  get isOn(): boolean {
    return this.isStarted
  }

  start(): void {
    if (this.isStarted) return
    this.isStarted = true
    this.loopEnd = this.loopEnd.then(() => this.loop())
  }

  /** Starts nothing more; resolves when the run that is under way has ended. */
  async stop(): Promise<void> {
    this.isStarted = false
    this.endPause()
    await this.loopEnd
  }

  private async loop(): Promise<void> {
    const { runDue, progress, done, failed, tick = DEFAULT_TICK, name = 'scheduled' } = this.options
    while (this.isStarted) {
      try {
        const result = await runDue(`${name}-${++this.runs}`, progress)
        if (result) done?.(result, isIdle(result))
      } catch (error) {
        failed?.(error)
      }
      if (this.isStarted) await this.pause(tick)
    }
  }

  private pause(seconds: number): Promise<void> {
    const { pause } = this.options.environment
    if (pause) return pause(seconds)
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 1000 * seconds)
      this.endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

function isIdle({ pipes }: RunResult): boolean {
  return pipes.every((pipe) => pipe.read + pipe.reprocessed === 0 && pipe.state === 'done')
}
