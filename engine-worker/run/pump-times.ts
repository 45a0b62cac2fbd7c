/**
 * When pumps were started, by the clock of the machine, which is what schedules mean. Where that clock is set back, what is
 * remembered is set back with it, so that no pump waits until the time is reached again.
 */
import { type Environment, milliseconds } from '../environment.ts'

/** When a pipe was started last since the engine was, in milliseconds since 1970. */
interface PipeTimes {
  /** Null where only a rescan was started. */
  readonly started: number | null
  readonly rescan: number | null
}

/** The clock of the machine as it is, in milliseconds since 1970. */
export function wallTime({ wall, now }: Pick<Environment, 'now' | 'wall'>): number {
  return wall ? wall() : milliseconds(now())
}

export class PumpTimes {
  private readonly times = new Map<string, PipeTimes>()
  private engineStarted: number
  private last: number

  constructor(private readonly environment: Pick<Environment, 'now' | 'wall'>) {
    this.engineStarted = wallTime(environment)
    this.last = this.engineStarted
  }

  /** The time now, in milliseconds since 1970. */
  now(): number {
    const now = wallTime(this.environment)
    if (now < this.last) this.shift(now - this.last)
    this.last = now
    return now
  }

  /** When the engine was started. */
  get began(): number {
    return this.engineStarted
  }

  /** Undefined where the pipe was not started. */
  of(pipe: string): PipeTimes | undefined {
    return this.times.get(pipe)
  }

  /** A run begins; `full`: from the beginning. */
  started(pipe: string, full: boolean): void {
    const now = this.now()
    this.times.set(pipe, { started: now, rescan: full ? now : (this.times.get(pipe)?.rescan ?? null) })
  }

  /** A rescan begins beside the ordinary runs. */
  rescanned(pipe: string): void {
    const now = this.now()
    this.times.set(pipe, { started: this.times.get(pipe)?.started ?? null, rescan: now })
  }

  private shift(by: number): void {
    this.engineStarted += by
    for (const [pipe, { started, rescan }] of this.times)
      this.times.set(pipe, { started: moved(started, by), rescan: moved(rescan, by) })
  }
}

function moved(time: number | null, by: number): number | null {
  return time === null ? null : time + by
}
