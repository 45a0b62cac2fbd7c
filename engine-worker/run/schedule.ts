/**
 * When pumps are due: intervals, cron expressions, rescans, signals and runs at startup, as a pure function of the
 * configuration and of what has happened. See configuration-pump.rst, cron-expressions.rst and
 * features/scheduling-and-signalling.rst.
 */
import { flagSetting, numberSetting, objectSetting } from '../config/model/setting.ts'
import { nextCron } from '../connectors/cron.ts'
import type { RunnablePipe } from '../connectors/runtime.ts'
import { get } from '../entity/dict.ts'
import { Fault, locate, type Problem } from '../problem.ts'
import { cronAfter, earliestTime, following, isBetweenDatasets } from './next-run.ts'

/** What has happened to a pump; times in milliseconds since 1970. */
export interface PumpHistory {
  /** When the engine was started. */
  readonly engineStarted: number
  /** Since the engine was started. */
  readonly lastStarted: number | null
  /** The last start that the store knows of, from before the engine was started too. */
  readonly lastKnown?: number | null
  readonly lastRescan: number | null
  /** Whether the sink's dataset is populated. */
  readonly populated: boolean
  /** Whether a dataset that the pipe reads or joins has changed since it ran. */
  readonly signalled: boolean
}

/** What a pump has to do now, and when to ask again. */
export interface Due {
  /** What to start now, or null. */
  readonly run: 'incremental' | 'full' | null
  /** When to look again, or null where nothing is scheduled. */
  readonly next: number | null
  readonly problem?: Problem
}

/** Milliseconds. */
export const HOUR = 3_600_000

/** Whether a pump is due at a moment, and when it will be the next time. */
export function due(pipe: RunnablePipe, history: PumpHistory, now: number): Due {
  const config = pipe.effective.pump.config
  if (get(config, 'mode') === 'off' || get(config, 'mode') === 'manual' || isSchedulerOff(pipe)) {
    return { run: null, next: null }
  }
  try {
    const since = history.lastStarted ?? missed(pipe, history) ?? history.engineStarted
    const nextRun = following(pipe, config, since)
    const rescan = get(config, 'rescan_cron_expression')
    const nextRescan = typeof rescan === 'string' ? nextCron(rescan, history.lastRescan ?? since) : null
    const next = earliestTime(nextRun, nextRescan)
    if (nextRescan !== null && nextRescan <= now) return { run: 'full', next: cronAfter(rescan, now) }
    const startup =
      history.lastStarted === null &&
      (flagSetting(config, 'run_at_startup') === true ||
        (!history.populated &&
          (flagSetting(config, 'run_at_startup_if_not_populated') ??
            flagSetting(pipe.effective.defaults, 'run_at_startup_if_not_populated')) === true))
    if (startup || (nextRun !== null && nextRun <= now))
      return { run: 'incremental', next: following(pipe, config, now) }
    if (history.signalled && listensToSignals(pipe)) return { run: 'incremental', next }
    return { run: null, next }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { run: null, next: null, problem: locate(error.problem, { pipe: pipe.id, path: ['pump'] }) }
  }
}

/** `task_manager.disable_pump_scheduler` of the node metadata (operations/low-level-debugging.rst): no pump is scheduled. */
function isSchedulerOff({ effective }: RunnablePipe): boolean {
  return flagSetting(objectSetting(effective.node, 'task_manager'), 'disable_pump_scheduler') === true
}

/**
 * The last start before the engine was started, for schedules that outlast the engine: what was due meanwhile is run as
 * soon as possible. These are cron expressions and intervals of more than an hour.
 */
function missed(pipe: RunnablePipe, { lastKnown, engineStarted }: PumpHistory): number | null {
  return outlasts(pipe) && lastKnown != null ? Math.min(lastKnown, engineStarted) : null
}

/** Whether a schedule is one whose starts have to be known after the engine has ended. */
export function outlasts({ effective }: RunnablePipe): boolean {
  const { config } = effective.pump
  const expression = get(config, 'cron_expression')
  if (typeof expression === 'string' && expression.trim() !== '') return true
  return numberSetting(config, 'schedule_interval', 0) * 1000 > HOUR
}

/**
 * Whether a change upstream starts the pipe: where its source says so; otherwise where the node does, the pipe is
 * internal, and its own schedule is neither a cron expression nor an interval below an hour.
 */
export function listensToSignals(pipe: RunnablePipe): boolean {
  const own = flagSetting(pipe.source.config, 'supports_signalling')
  if (own !== undefined) return own
  const { defaults, pump } = pipe.effective
  if (!isBetweenDatasets(pipe) || flagSetting(defaults, 'use_signalling_internally') === false) return false
  if (typeof get(pump.config, 'cron_expression') === 'string') return false
  return numberSetting(pump.config, 'schedule_interval', Number.POSITIVE_INFINITY) * 1000 >= HOUR
}
