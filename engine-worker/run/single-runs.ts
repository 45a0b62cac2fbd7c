/** The runs of single pipes, told to their execution logs and to who wants to know how they end. */

import { declaredKind } from '../config/model/declared.ts'
import type { RunnablePipe } from '../connectors/runtime.ts'
import { milliseconds } from '../environment.ts'
import type { IndexedStore } from '../storage/index/indexed-store.ts'
import { Cancelled } from './context.ts'
import { RunLog } from './log.ts'
import type { PipeProgress, RunResult } from './progress.ts'
import { isRescanTurn } from './pump/decision.ts'
import type { PumpOptions, PumpServices } from './pump/options.ts'
import { isDistrusted, type RunOverlap } from './pump/overlap.ts'
import { runPump } from './pump/pump.ts'
import { type ExclusiveWork, runRescan } from './pump/rescan.ts'
import { interruptedResult, type PumpResult } from './pump/result.ts'
import type { PumpTimes } from './pump-times.ts'
import type { Rescans } from './rescans.ts'
import { waitingPipe } from './rounds.ts'
import type { RunnerOptions, RunOptions } from './run-options.ts'
import { due } from './schedule.ts'
import { settingsOf } from './settings.ts'
import { isRescanPending, type PumpState, readState, type TrackingState } from './state.ts'
import { TrackingStates } from './tracking-states.ts'

/** Source entities a batch. */
const BATCH_SIZE = 2000
/**
 * The same, of a pipe that looks into other datasets. What lives while a batch is made decides how far V8 lets its heap grow:
 * with 2,000 the page took 730 MB for a merge of a million, with 1,000 it takes 580 to 650. Without joins there is less to
 * live, and batches of 1,000 make a run in the page a tenth slower.
 */
const BATCH_WITH_JOINS = 1000

/** Runs pipes one at a time over one store. Keeps what is known of their source entities in memory between runs. */
export class SingleRuns {
  private readonly trackingStates: TrackingStates

  constructor(
    private readonly options: RunnerOptions,
    private readonly store: IndexedStore,
    private readonly rescans: Rescans,
    private readonly times: PumpTimes,
    /** Starts a rescan that a run has left to the background. */
    private readonly leave: (pipe: RunnablePipe, options: RunOptions) => void,
  ) {
    this.trackingStates = new TrackingStates(store.store, store.seed)
  }

  /** What is in memory of a pipe is no longer right. */
  forget(pipe: string): void {
    this.trackingStates.forget(pipe)
  }

  /** Runs a pipe in its turn. `again`: it failed in the round before. */
  async inTurn(
    pipe: RunnablePipe,
    options: RunOptions,
    round: number,
    again: boolean,
    progress: (progress: PipeProgress) => void,
  ): Promise<PumpResult> {
    const signal = options.signal ?? new AbortController().signal
    if (signal.aborted) throw new Cancelled('cancelled')
    const full = round === 0 && (options.full === true || options.rescan?.includes(pipe.id) === true)
    const started = this.options.environment.now()
    this.times.started(pipe.id, full)
    const state = await readState(this.store.store, pipe.id)
    const read = round === 0 || again
    const rescan = full || state === null ? undefined : await this.rescanOf(pipe, options, state, read)
    const runRequest = { full, read, ...(rescan ? { rescan } : {}) }
    const reportProgress = (now: PipeProgress) => {
      this.trackingStates.relieve()
      progress(now)
    }
    const result = await this.logged(pipe, options, started, (log, services) =>
      runPump(pipe, services, { ...runRequest, signal, progress: reportProgress, log }),
    )
    if (rescan === 'left' && result.state === 'done' && result.kind !== 'full') {
      // It goes on when this run has ended; what becomes of it is told as of any run.
      this.leave(pipe, { ...options, run: `${options.run}-rescan` })
    }
    return result
  }

  /** What an ordinary run has to know of rescans. Runs of single pipes leave them to the background. */
  private async rescanOf(
    pipe: RunnablePipe,
    options: RunOptions,
    state: PumpState,
    read: boolean,
  ): Promise<PumpOptions['rescan']> {
    if (this.rescans.isRunning(pipe.id)) return 'beside'
    const settings = settingsOf(pipe)
    const isPending = await isRescanPending(this.store.store, pipe.id)
    const isDue = isPending || isRescanTurn({ options: { read }, settings, state })
    if (isDue && settings.backgroundRescan && options.pipes !== undefined) return 'left'
    return isPending ? 'interrupted' : undefined
  }

  /** What a run needs; `sent` is called for each request that it sends. */
  private services(pipe: RunnablePipe, sent: () => void): PumpServices {
    const {
      environment,
      fetch = null,
      batch = batchSize(pipe),
      followConfiguration = false,
      engines = null,
    } = this.options
    return {
      store: this.store,
      environment,
      memory: (id) => this.memory(id),
      setMemory: (id, memory) => this.trackingStates.set(id, memory),
      dropMemory: (id) => this.trackingStates.forget(id),
      overlap: (pipe) => this.rescans.ordinary(pipe),
      fetch:
        fetch &&
        ((...request) => {
          sent()
          return fetch(...request)
        }),
      batch,
      followConfiguration,
      engines,
    }
  }

  /** Runs a pipe and tells its log and who wants to know how it ended. */
  private async logged(
    pipe: RunnablePipe,
    options: RunOptions,
    started: bigint,
    run: (log: RunLog, services: PumpServices) => Promise<PumpResult>,
  ): Promise<PumpResult> {
    const { environment } = this.options
    let requests = 0
    const log = new RunLog(this.store, pipe, started, (length) => environment.randomBytes(length))
    const endRun = async (result: PumpResult, interrupted: boolean): Promise<PumpResult> => {
      const ended = environment.now()
      const logged = options.unlogged !== true && (await log.end(result, ended, this.secondsToNext(pipe)))
      const { run, began = started } = options
      const [matches, parameters] = [log.matches(), log.parameters(result)]
      const told = { pipe, result, started, ended, logged, interrupted, matches, parameters, requests }
      await this.options.ended?.({ ...told, run, runStarted: began })
      return matches.length === 0 ? result : { ...result, matches }
    }
    try {
      const services = this.services(pipe, () => {
        requests++
      })
      return await endRun(await this.trackingStates.during(pipe.id, () => run(log, services)), false)
    } catch (error) {
      if (error instanceof Cancelled) await endRun(interruptedResult(pipe.id, environment.now() - started), true)
      throw error
    }
  }

  /** Rescans a pipe beside its ordinary runs. `alone`: does work while none of those is going on. */
  async behind(pipe: RunnablePipe, options: RunOptions, overlap: RunOverlap, alone: ExclusiveWork): Promise<RunResult> {
    const { environment } = this.options
    const started = environment.now()
    this.times.rescanned(pipe.id)
    const signal = options.signal ?? new AbortController().signal
    const elapsed = () => milliseconds(environment.now() - started)
    let standing = waitingPipe(pipe.id)
    const reportTimed = (now: PipeProgress) => {
      this.trackingStates.relieve()
      standing = { ...now, spans: [[0, elapsed()] as const] }
      const event = { run: options.run, round: 0, pipes: [standing] }
      options.progress?.(event)
      this.options.progress?.(event)
    }
    let state: RunResult['state'] = 'done'
    try {
      const before = await readState(this.store.store, pipe.id)
      const side = overlap.begin(isDistrusted(pipe, before))
      const result = await this.logged(pipe, options, started, (log, services) =>
        runRescan(pipe, services, { full: true, read: true, signal, progress: reportTimed, log }, side, alone),
      )
      reportTimed(result)
      if (result.state === 'failed') state = 'failed'
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error
      state = 'cancelled'
      standing = { ...standing, state: 'cancelled' }
    }
    const result: RunResult = { run: options.run, state, rounds: 1, milliseconds: elapsed(), pipes: [standing] }
    await this.options.finished?.(result, started, [])
    return result
  }

  /** Seconds until a pipe is due again by its schedule, or null. */
  private secondsToNext(pipe: RunnablePipe): number | null {
    const now = this.times.now()
    const history = { engineStarted: this.times.began, populated: true, signalled: false }
    const lastRescan = this.times.of(pipe.id)?.rescan ?? null
    const { next } = due(pipe, { ...history, lastStarted: now, lastRescan }, now)
    return next === null ? null : (next - now) / 1000
  }

  /** What is remembered of a pipe's source entities, to look into. */
  memory(pipe: string): Promise<TrackingState> {
    return this.trackingStates.of(pipe)
  }
}

/** How many source entities of a pipe are read, transformed and stored at once. */
function batchSize({ effective, stages }: RunnablePipe): number {
  const merges = declaredKind('source', effective.source.type)?.readsDatasets === 'merge'
  return merges || stages.some(({ hops }) => hops.length > 0) ? BATCH_WITH_JOINS : BATCH_SIZE
}
