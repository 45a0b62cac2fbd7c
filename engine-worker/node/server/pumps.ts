/**
 * The pumps of an instance: started by the API, by their schedules and by signals, at most as many at once as the engines
 * and the systems' `worker_threads` allow; enabled, disabled and stopped.
 */

import { flagSetting, numberSetting, objectSetting } from '../../config/model/setting.ts'
import { effectiveSystem } from '../../config/project/effective.ts'
import { systemsOf } from '../../config/project/facts.ts'
import type { OpenPipe } from '../../connectors/open.ts'
import { get } from '../../entity/dict.ts'
import { isObject } from '../../entity/value.ts'
import type { Environment } from '../../environment.ts'
import { Fault, problem } from '../../problem.ts'
import { hasNoPump } from '../../run/follow.ts'
import { pumpEvent } from '../../run/log.ts'
import type { RunResult } from '../../run/progress.ts'
import { Scheduler } from '../../run/scheduler.ts'
import type { Session } from '../../run/session.ts'
import type { DatasetStore } from '../../storage/store.ts'
import type { Counters } from '../metrics/counters.ts'
import { errorWords } from '../system-error.ts'
import { HttpError } from './answer.ts'
import { Semaphore } from './semaphore.ts'

const KEY_PREFIX = 'server/pump/'
/** Pumps at once for each engine: most of them wait for others most of the time. */
const PUMPS_PER_ENGINE = 10
/** `worker_threads` of a system that says nothing. */
const WORKER_THREADS = 10
/** Seconds between two looks at the schedules. */
const TICK_SECONDS = 1
/** Seconds before a pump that failed is started again by its schedule. */
const FAILURE_PAUSE_SECONDS = 30

const otherRun = problem<Record<string, never>>({
  code: 'server-run-under-way',
  severity: 'error',
  says: () => 'Somebody else is already running pipes on the server.',
  fix: () => 'Wait for the end of that run, or stop it.',
})

interface PumpsOptions {
  readonly session: Session
  readonly counters: Counters
  readonly engines: number
  readonly environment: Environment
  /** Called with errors outside of pipes. */
  readonly say: (words: string) => void
  /** Called where a run could not come to its end, as on a full disk, with its start in nanoseconds since 1970. */
  readonly brokeOff: (pipe: string, words: string, started: bigint) => void
}

interface RunningPump {
  readonly controller: AbortController
  readonly done: Promise<RunResult | null>
}

export class Pumps {
  private readonly running = new Map<string, RunningPump>()
  /** Rescans in the background; ordinary runs of the same pipe go on beside them. */
  private readonly rescans = new Map<string, RunningPump>()
  private readonly disabledPumps = new Map<string, string>()
  private readonly engineSlots: Semaphore
  private readonly systemSlots = new Map<string, Semaphore>()
  private runs = 0
  private readonly scheduler: Scheduler
  /** While all pipes are run in rounds, nothing else starts. */
  private exclusiveRuns: ReadonlySet<string> = new Set()

  constructor(private readonly options: PumpsOptions) {
    this.engineSlots = new Semaphore(PUMPS_PER_ENGINE * options.engines)
    this.scheduler = new Scheduler({
      environment: options.environment,
      tick: TICK_SECONDS,
      runDue: () => this.startDue(),
      failed: (error) => options.say(errorWords(error)),
    })
  }

  /** Reads what the store has; changes that were not stored are forgotten. */
  async load(store: DatasetStore): Promise<void> {
    this.disabledPumps.clear()
    for await (const { key, value } of store.states(KEY_PREFIX)) {
      if (value instanceof Uint8Array || !isObject(value)) continue
      this.disabledPumps.set(key.slice(KEY_PREFIX.length), String(get(value, 'comment') ?? ''))
    }
  }

  /** Pumps that are running now. */
  get active(): number {
    return this.engineSlots.running
  }

  /** Whether any pipe runs, or is about to. */
  get isBusy(): boolean {
    return this.running.size > 0 || this.rescans.size > 0 || this.exclusiveRuns.size > 0
  }

  isRunning(pipe: string): boolean {
    return this.running.has(pipe) || this.exclusiveRuns.has(pipe)
  }

  /** Whether a rescan of a pipe goes on in the background. */
  isRescanning(pipe: string): boolean {
    return this.rescans.has(pipe)
  }

  isDisabled(pipe: string): boolean {
    return this.disabledPumps.has(pipe)
  }

  /** Starts a run. 409 while one runs. */
  start(pipe: OpenPipe): Promise<RunResult | null> {
    return this.beginRun(pipe, this.running, false)
  }

  /** Starts a rescan: in the background where that can be, otherwise as a run from the beginning. 409 while one runs. */
  async startRescan(pipe: OpenPipe): Promise<void> {
    const { runner } = this.options.session
    const isBehind =
      this.isRescanning(pipe.effective.id) || (await runner.rescans.canStart(pipe.runnable, runner.store.store))
    void this.beginRun(pipe, isBehind ? this.rescans : this.running, true)
  }

  private beginRun(pipe: OpenPipe, into: Map<string, RunningPump>, rescan: boolean): Promise<RunResult | null> {
    const { id } = pipe.effective
    if (into.has(id) || this.exclusiveRuns.has(id)) throw new HttpError(409, `The pump of ${id} is running already.`)
    if (hasNoPump(pipe.runnable)) throw new HttpError(400, `${id} has no pump: it is pushed to or read from.`)
    if (get(pipe.effective.pump.config, 'mode') === 'off') throw new HttpError(400, `The pump of ${id} is off.`)
    const controller = new AbortController()
    const done = this.run(pipe, rescan, controller.signal).finally(() => into.delete(id))
    const started = this.options.environment.now()
    done.catch((error: unknown) => this.options.brokeOff(id, errorWords(error), started))
    into.set(id, { controller, done })
    return done
  }

  private async run(pipe: OpenPipe, rescan: boolean, signal: AbortSignal): Promise<RunResult | null> {
    const { session } = this.options
    const { id } = pipe.effective
    const places: (() => void)[] = []
    try {
      // In a fixed order, so that two pipes never wait for each other.
      for (const system of [...systemsOf(pipe.effective)].sort())
        places.push(await this.slotsOfSystem(system).enter(signal))
      places.push(await this.engineSlots.enter(signal))
      const run = `pump-${++this.runs}`
      const stop = () => session.cancel(run)
      signal.addEventListener('abort', stop, { once: true })
      return await (rescan ? session.runner.rescan(pipe.runnable, { run, signal }) : session.run({ run, pipes: [id] }))
    } catch (error) {
      if (signal.aborted) return null
      throw error
    } finally {
      for (const leave of places) leave()
    }
  }

  private slotsOfSystem(id: string): Semaphore {
    const known = this.systemSlots.get(id)
    if (known) return known
    const config = effectiveSystem(this.options.session.project, id)?.config ?? {}
    const semaphore = new Semaphore(Math.max(1, numberSetting(config, 'worker_threads', WORKER_THREADS)))
    this.systemSlots.set(id, semaphore)
    return semaphore
  }

  /** Stops a run and waits for its end; nothing happens where none runs. */
  async stop(pipe: string): Promise<void> {
    const runs = [this.running.get(pipe), this.rescans.get(pipe)]
    for (const run of runs) run?.controller.abort()
    await Promise.all(runs.map((run) => run?.done.catch(() => undefined)))
    await this.options.session.runner.rescans.stop([pipe])
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.running.keys(), ...this.rescans.keys()].map((pipe) => this.stop(pipe)))
    await this.options.session.runner.rescans.stop()
  }

  /** Stops what runs and has work done while nothing else starts; its pipes count as running. */
  async alone<T>(pipes: readonly string[], work: () => Promise<T>): Promise<T> {
    if (this.exclusiveRuns.size > 0) throw new Fault(otherRun({}))
    this.exclusiveRuns = new Set(pipes)
    try {
      await this.stopAll()
      return await work()
    } finally {
      this.exclusiveRuns = new Set()
    }
  }

  async enable(pipe: string): Promise<void> {
    const { session, environment } = this.options
    if (!this.disabledPumps.has(pipe)) return
    const states = [{ key: KEY_PREFIX + pipe, value: null }]
    await session.runner.store.commit({ states, datasets: [pumpEvent(pipe, 'pump-enabled', environment.now(), {})] })
    this.disabledPumps.delete(pipe)
  }

  async disable(pipe: string, comment: string): Promise<void> {
    const { session, environment } = this.options
    const states = [{ key: KEY_PREFIX + pipe, value: { comment } }]
    await session.runner.store.commit({
      states,
      datasets: [pumpEvent(pipe, 'pump-disabled', environment.now(), { comment })],
    })
    this.disabledPumps.set(pipe, comment)
  }

  /** What has to be written when a pipe is no longer there. */
  forget(pipe: string): string {
    this.disabledPumps.delete(pipe)
    return KEY_PREFIX + pipe
  }

  /** The systems may have changed: limits are read again by the runs that start from now on. */
  reconfigured(): void {
    this.systemSlots.clear()
  }

  startSchedules(): void {
    this.scheduler.start()
  }

  async stopSchedules(): Promise<void> {
    await this.scheduler.stop()
  }

  /** Starts the pumps that are due and does not wait for them; it reports no run of its own. */
  private async startDue(): Promise<null> {
    const { session, counters, environment } = this.options
    if (this.exclusiveRuns.size > 0) return null
    const pipes = session.openPipes()
    const byId = new Map(pipes.map((pipe) => [pipe.effective.id, pipe]))
    const scheduled = pipes.filter(({ effective, runnable }) => {
      const manager = objectSetting(effective.node, 'task_manager')
      const off =
        flagSetting(manager, 'disable_user_pipes') === true || flagSetting(manager, 'disable_pump_scheduler') === true
      return !off && !hasNoPump(runnable) && runnable.needs === null
    })
    const isScheduled = new Set(scheduled.map(({ effective }) => effective.id))
    const seconds = Number(environment.now() / 1_000_000n) / 1000
    for (const id of byId.keys()) if (!isScheduled.has(id)) counters.schedule(id, 0, seconds)
    for (const { pipe: id, run, next } of await session.runner.due(scheduled.map(({ runnable }) => runnable))) {
      counters.schedule(id, (next ?? 0) / 1000, seconds)
      const pipe = byId.get(id)
      if (!pipe || run === null || this.isDisabled(id) || this.exclusiveRuns.size > 0) continue
      if (this.isRunning(id) || (run === 'full' && this.isRescanning(id))) continue
      // What made it fail is most likely still there: its input changing is no reason to try again at once.
      const last = counters.of(id)
      if (last?.success === -1 && seconds - last.lastCompleted < FAILURE_PAUSE_SECONDS) continue
      try {
        if (run === 'full') await this.startRescan(pipe)
        else void this.start(pipe).catch(() => undefined)
      } catch (error) {
        // The others are started all the same.
        this.options.say(`${id}: ${errorWords(error)}`)
      }
    }
    return null
  }
}
