/** Runs pipes by the schedules of their pumps (configuration-pump.rst), for as long as it is on. */
import type { Environment } from '../environment.ts'
import type { RunEvent, RunResult } from './progress.ts'

/** Seconds between two looks at the schedules. */
const TICK = 2

interface SchedulerOptions {
  readonly environment: Environment
  /** Runs what is due now; null when nothing is. */
  readonly runDue: (run: string, progress?: (event: RunEvent) => void) => Promise<RunResult | null>
  readonly progress?: (event: RunEvent) => void
  /** Hears of each run that did something, or failed. */
  readonly done?: (result: RunResult) => void
  /** Hears what is thrown; the schedules go on. */
  readonly failed?: (error: unknown) => void
  readonly tick?: number
}

/** The schedules of an open project. */
export class Scheduler {
  private on = false
  private ticking: Promise<void> = Promise.resolve()
  private runs = 0

  constructor(private readonly options: SchedulerOptions) {}

  get isOn(): boolean {
    return this.on
  }

  start(): void {
    if (this.on) return
    this.on = true
    this.ticking = this.ticking.then(() => this.loop())
  }

  /** Starts nothing more; resolves when the run that is under way has ended. */
  async stop(): Promise<void> {
    this.on = false
    await this.ticking
  }

  private async loop(): Promise<void> {
    const { runDue, progress, done, failed, tick = TICK } = this.options
    while (this.on) {
      try {
        const result = await runDue(`scheduled-${++this.runs}`, progress)
        if (result && !isIdle(result)) done?.(result)
      } catch (error) {
        failed?.(error)
      }
      if (this.on) await this.pause(tick)
    }
  }

  private pause(seconds: number): Promise<void> {
    const { pause } = this.options.environment
    return pause?.(seconds) ?? new Promise((resolve) => setTimeout(resolve, 1000 * seconds))
  }
}

/** Whether a run found nothing to do: such runs would bury the others. */
function isIdle({ pipes }: RunResult): boolean {
  return pipes.every((pipe) => pipe.read + pipe.reprocessed === 0 && pipe.state === 'done')
}
