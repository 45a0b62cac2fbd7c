/**
 * Running many pipes: rounds in dependency order until a round changes nothing. Cycles between globals settle in a few
 * rounds; those that do not are stopped with the names of the pipes that keep changing.
 */

import type { RunnablePipe } from '../connectors/runtime.ts'
import { breakerTrippedByRule } from '../dtl/functions/control.ts'
import type { Json } from '../entity/value.ts'
import { milliseconds } from '../environment.ts'
import { Fault, problem } from '../problem.ts'
import { IndexedStore } from '../storage/index/indexed-store.ts'
import type { StateWrite } from '../storage/store.ts'
import { Compactor } from './compaction.ts'
import { refreshCompleteness, waitsForCompleteness } from './completeness.ts'
import { Cancelled } from './context.ts'
import { atOnce, inSequence } from './executor.ts'
import { PipeLocks } from './locks.ts'
import { entitiesReposted, offsetReset, offsetSet, retriesDiscarded } from './log.ts'
import { hasNews } from './new-input.ts'
import { inOrder } from './plan.ts'
import type { PipeProgress, RunResult } from './progress.ts'
import { trackedDatasets } from './pump/affected.ts'
import { breakerTripped } from './pump/breaker.ts'
import { outputDataset } from './pump/outside-writer.ts'
import { PumpTimes } from './pump-times.ts'
import { Rescans } from './rescans.ts'
import { afterRound, waitingPipe } from './rounds.ts'
import type { RunnerOptions, RunOptions } from './run-options.ts'
import { type Due, due } from './schedule.ts'
import { settingsOf } from './settings.ts'
import { SingleRuns } from './single-runs.ts'
import { endsOf } from './sources/item.ts'
import { sourceCopy } from './sources/outside.ts'
import { forgetPipe, newState, type PumpState, readState, type TrackingState, writeState } from './state.ts'

const noEnd = problem<{ rounds: number; pipes: string }>({
  code: 'no-end',
  severity: 'error',
  says: ({ rounds, pipes }) => `After ${rounds} rounds these pipes still change their output: ${pipes}.`,
  fix: () => 'They read each other in a circle and add something new each time; take that out, or break the circle.',
})

const pumpOff = problem<{ pipe: string }>({
  code: 'pump-off',
  severity: 'hint',
  says: ({ pipe }) => `${pipe} does not run: the mode of its pump is "off".`,
  fix: () => 'Set the mode of the pump to "scheduled" or "manual".',
})

const cannotRepost = problem<{ pipe: string }>({
  code: 'cannot-repost',
  severity: 'error',
  says: ({ pipe }) =>
    `Entities of ${pipe} cannot be reposted: its sink is not a plain dataset, or has a circuit breaker.`,
})

const MAX_ROUNDS = 100
/** Milliseconds between two words on how a run goes: more than eyes can follow, and little for thousands of pipes. */
const TELL_EVERY = 50
/** Up to this number of pipes, changes are reported at once. */
const FEW = 30

/** Runs the pipes of one project over one store. Keeps indexes and tracking in memory between runs. */
export class Runner {
  readonly store: IndexedStore
  private readonly locks = new PipeLocks()
  private readonly compactor: Compactor
  readonly rescans = new Rescans()
  private readonly single: SingleRuns
  private readonly times: PumpTimes

  constructor(private readonly options: RunnerOptions) {
    const now = options.environment.now()
    this.store = options.indexed ?? new IndexedStore(options.store, Number(BigInt.asUintN(32, now)))
    this.compactor = new Compactor(options.store, options.compacted)
    this.times = new PumpTimes(options.environment)
    this.single = new SingleRuns(options, this.store, this.rescans, this.times, (pipe, leave) => {
      // It goes on when the run that left it has ended; what becomes of it is told as of any run.
      void this.rescan(pipe, leave).catch(() => undefined)
    })
  }

  /** What is due by the pumps' schedules, and when each is the next time. */
  async due(pipes: readonly RunnablePipe[]): Promise<readonly (Due & { readonly pipe: string })[]> {
    const now = this.times.now()
    const found: (Due & { readonly pipe: string })[] = []
    for (const pipe of pipes) {
      const times = this.times.of(pipe.id)
      const sink = pipe.sink.writes === 'dataset' ? await this.store.store.info(pipe.sink.dataset) : null
      const history = {
        engineStarted: this.times.began,
        lastStarted: times?.started ?? null,
        lastKnown: (await readState(this.store.store, pipe.id))?.started ?? null,
        lastRescan: times?.rescan ?? null,
        populated: sink?.populated === true,
        signalled: await hasNews(pipe, this.store.store),
      }
      found.push({ pipe: pipe.id, ...due(pipe, history, now) })
    }
    return found
  }

  /** The time that schedules go by, in milliseconds since 1970. */
  scheduleTime(): number {
    return this.times.now()
  }

  /** When a pipe was started last, or the engine where that was later; milliseconds since 1970. */
  lastStarted(pipe: string): number {
    return this.times.of(pipe)?.started ?? this.times.began
  }

  /** Runs once what was asked for. Runs that share a pipe follow each other; others may overlap. */
  run(pipes: readonly RunnablePipe[], options: RunOptions): Promise<RunResult> {
    const names = options.pipes ?? pipes.map(({ id }) => id)
    return this.locks.hold(names, () => this.withEngines(() => this.start(pipes, options)))
  }

  /** Has the further engines there for a run. */
  private async withEngines<T>(work: () => Promise<T>): Promise<T> {
    const end = this.options.engines?.forRun?.()
    try {
      return await work()
    } finally {
      end?.()
    }
  }

  private async start(pipes: readonly RunnablePipe[], options: RunOptions): Promise<RunResult> {
    const { environment, engines } = this.options
    const used = engines?.use() ?? []
    const started = environment.now()
    const standing = new Map<string, PipeProgress>()
    const chosenPipes = options.pipes
    const order = inOrder(chosenPipes ? pipes.filter(({ id }) => chosenPipes.includes(id)) : pipes)
    let rounds = 0
    let state: RunResult['state'] = 'done'
    for (const pipe of order) standing.set(pipe.id, waitingPipe(pipe.id))
    const untold = new Set(standing.keys())
    let toldAt = Number.NEGATIVE_INFINITY
    const tell = (pipe: string | null) => {
      if (pipe !== null) untold.add(pipe)
      const now = milliseconds(environment.now())
      // A clock that was put back must not silence it.
      if (pipe !== null && order.length > FEW && now - toldAt < TELL_EVERY && now >= toldAt) return
      toldAt = now
      const changed = [...untold].flatMap((id) => standing.get(id) ?? [])
      untold.clear()
      const event = { run: options.run, round: rounds, pipes: changed }
      options.progress?.(event)
      this.options.progress?.(event)
    }
    try {
      const waits = waitsForCompleteness(pipes)
      if (waits) await this.refresh(pipes)
      let moved = waits && !chosenPipes
      const limit = chosenPipes ? 1 : (this.options.maxRounds ?? MAX_ROUNDS)
      for (let changing: string[] = ['']; changing.length > 0 && rounds < limit; ) {
        changing = await this.round(order, { ...options, began: started }, rounds++, started, standing, tell)
        if (changing.length > 0) moved = waits && !chosenPipes
        else if (moved) {
          // What was held back goes on once it is known that nothing earlier is still to come.
          await this.refresh(pipes)
          moved = false
          changing = ['']
        }
        if (rounds === limit && changing.length > 0 && !chosenPipes) this.giveUp(changing, rounds, standing)
      }
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error
      state = 'cancelled'
      for (const progress of standing.values()) {
        if (progress.state === 'running' || progress.state === 'waiting') {
          standing.set(progress.pipe, { ...progress, state: 'cancelled' })
        }
      }
    }
    if (state !== 'cancelled') await this.compact(order, pipes, standing)
    if (state === 'done' && [...standing.values()].some((progress) => progress.state === 'failed')) state = 'failed'
    for (const id of standing.keys()) untold.add(id)
    tell(null)
    const took = milliseconds(environment.now() - started)
    const result: RunResult = { run: options.run, state, rounds, milliseconds: took, pipes: [...standing.values()] }
    const use = (engines?.use() ?? []).map((busy, at) => Math.round(busy - (used[at] ?? 0)))
    await this.options.finished?.(result, started, use)
    return result
  }

  private async refresh(pipes: readonly RunnablePipe[]): Promise<void> {
    const now = this.options.environment.now()
    await this.store.commit({ datasets: await refreshCompleteness(pipes, this.store.store, now) })
  }

  private async compact(
    order: readonly RunnablePipe[],
    all: readonly RunnablePipe[],
    standing: ReadonlyMap<string, PipeProgress>,
  ): Promise<void> {
    const now = milliseconds(this.options.environment.now())
    for (const pipe of order) {
      const progress = standing.get(pipe.id)
      if (progress && progress.written + progress.deleted > 0) await this.compactor.after(pipe, all, now)
    }
  }

  private giveUp(changing: readonly string[], rounds: number, standing: Map<string, PipeProgress>): void {
    for (const id of changing) {
      const found = noEnd({ rounds, pipes: changing.join(', ') }, { pipe: id })
      const progress = standing.get(id)
      if (progress) standing.set(id, { ...progress, state: 'failed', problems: [...progress.problems, found] })
    }
  }

  /** Runs each pipe once; gives the pipes that changed something. */
  private async round(
    order: readonly RunnablePipe[],
    options: RunOptions,
    round: number,
    started: bigint,
    standing: Map<string, PipeProgress>,
    tell: (pipe: string) => void,
  ): Promise<string[]> {
    const changing = new Set<string>()
    const { engines, environment } = this.options
    const executor = engines && engines.size > 1 ? atOnce(engines.size) : inSequence
    const elapsed = () => milliseconds(environment.now() - started)
    await executor.execute(order, async (pipe) => {
      const before = standing.get(pipe.id) ?? waitingPipe(pipe.id)
      const from = elapsed()
      const progress = (now: PipeProgress) => {
        const timed = { ...now, spans: [[from, elapsed()] as const] }
        standing.set(pipe.id, afterRound(round === 0 ? waitingPipe(pipe.id) : before, timed))
        tell(pipe.id)
      }
      if (pipe.effective.pump.config.mode === 'off') {
        standing.set(pipe.id, {
          ...before,
          state: 'not-runnable',
          problems: [pumpOff({ pipe: pipe.id }, { pipe: pipe.id })],
        })
        return
      }
      if (before.problems.some(({ code }) => code === breakerTrippedByRule.code || code === breakerTripped.code)) return
      // What failed is tried again in each round: what it lacked may be there now.
      const result = await this.single.inTurn(pipe, options, round, before.state === 'failed', progress)
      progress(result)
      if (result.changed > 0) changing.add(pipe.id)
    })
    return order.flatMap(({ id }) => (changing.has(id) ? [id] : []))
  }

  /**
   * Rescans a pipe: in the background where that can be (see Rescans.canStart), so that incremental runs of it go on
   * meanwhile; otherwise as a run from the beginning. Resolves at its end.
   */
  async rescan(pipe: RunnablePipe, options: RunOptions): Promise<RunResult> {
    const whole = { ...options, pipes: [pipe.id], rescan: [pipe.id] }
    if (!(await this.rescans.canStart(pipe, this.store.store))) return this.run([pipe], whole)
    const alone = (work: () => Promise<void>) => this.locks.hold([pipe.id], work)
    return this.rescans.start(pipe.id, options.signal, (overlap, signal) =>
      this.withEngines(() => this.single.behind(pipe, { ...options, signal }, overlap, alone)),
    )
  }

  /** What is remembered of a pipe's source entities, to look into. */
  memory(pipe: string): Promise<TrackingState> {
    return this.single.memory(pipe)
  }

  /** Forgets the position and the tracking of a pipe: its next run starts from the beginning. */
  async reset(pipe: string): Promise<void> {
    await this.rescans.stop([pipe])
    this.single.forget(pipe)
    const state = await readState(this.store.store, pipe)
    await this.store.commit({
      states: await forgetPipe(this.store.store, pipe),
      datasets: state ? [offsetReset(pipe, state.position, this.options.environment.now())] : [],
    })
  }

  /**
   * Has the next run of a pipe go on from a position: `{dataset: [generation, updated]}` for datasets, `{since}` for other
   * sources.
   */
  async setPosition(pipe: string, position: Json): Promise<void> {
    const before = await readState(this.store.store, pipe)
    const state: PumpState = { ...(before ?? newState), position }
    const moved = offsetSet(pipe, before?.position, position, this.options.environment.now())
    await this.store.commit({ states: [writeState(pipe, state)], datasets: [moved] })
  }

  /** Has the tracking of a pipe begin at the end of the datasets that it joins. */
  async resetTracking(pipe: RunnablePipe): Promise<void> {
    const state = await readState(this.store.store, pipe.id)
    if (!state) return
    this.single.forget(pipe.id)
    const dependencies = await endsOf(this.store, trackedDatasets(pipe))
    await this.store.commit({ states: [writeState(pipe.id, { ...state, dependencies })] })
  }

  /** Failed entities are not tried again by later runs. */
  async discardRetries(pipe: string): Promise<void> {
    const state = await readState(this.store.store, pipe)
    if (!state) return
    await this.store.commit({
      states: [writeState(pipe, { ...state, retries: {} })],
      datasets: [retriesDiscarded(pipe, this.options.environment.now())],
    })
  }

  /**
   * Writes the latest versions of entities in a pipe's dataset once more, so that all who read it process them again.
   * Refused for replicated datasets and where a circuit breaker is set; says how many were written.
   */
  async repost(pipe: RunnablePipe, ids: readonly string[]): Promise<number> {
    const { replicated, breakerCount, breakerFactor, trips } = settingsOf(pipe)
    const breaks = breakerCount !== null || breakerFactor !== null || trips
    if (pipe.sink.writes !== 'dataset' || replicated || breaks) throw new Fault(cannotRepost({ pipe: pipe.id }))
    const { dataset } = pipe.sink
    const latest = await this.store.store.lookup(dataset, ids)
    const entities = latest.filter((entity) => entity !== null)
    const [written] = await this.store.commit({ datasets: [{ dataset, entities, repeats: true }] })
    const reposted = written?.changes.map(({ entity }) => entity) ?? []
    const log = entitiesReposted(pipe.id, reposted, this.options.environment.now())
    await this.store.commit({ datasets: [log] })
    return reposted.length
  }

  /** Empties datasets and forgets the pipes that fill them. */
  async empty(datasets: readonly string[], pipes: readonly string[]): Promise<void> {
    await this.rescans.stop(pipes)
    const states: StateWrite[] = []
    for (const pipe of pipes) {
      this.single.forget(pipe)
      states.push(...(await forgetPipe(this.store.store, pipe)))
    }
    const known = new Set((await this.store.store.list()).map(({ name }) => name))
    const own = pipes.flatMap((pipe) => [outputDataset(pipe), sourceCopy(pipe)])
    await this.store.commit({ reset: [...datasets, ...own].filter((name) => known.has(name)), states })
  }
}
