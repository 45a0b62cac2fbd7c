/**
 * One run of one pipe: read a batch, pass it through the stages, settle what the sink has to write, commit it together
 * with the position and the tracking; then the source entities that changes of other datasets concern; at the end of a
 * run from the beginning, the deletion of what did not come out any more.
 *
 * See configuration-pump.rst, and product.md section 3 for what an incremental run promises.
 */

import type { RunnablePipe } from '../connectors/runtime.ts'
import { tripped } from '../dtl/functions/control.ts'
import type { Entity, Json } from '../entity/value.ts'
import { Fault, locate, type Problem } from '../problem.ts'
import type { Commit, DatasetInfo, DatasetWrite, StateWrite } from '../storage/store.ts'
import { acceptOf } from './accept.ts'
import { affected, limited, relearn } from './affected.ts'
import { type Breaker, breakerOf, breakerTripped } from './breaker.ts'
import { type Processed, passThrough } from './chain.ts'
import { completenessOf, heldBack, inherited, sameMeta } from './completeness.ts'
import { Cancelled, Lookups, PipeRunning } from './context.ts'
import { unseen } from './deletion.ts'
import type { RunLog } from './log.ts'
import { OutsideWriter } from './outside.ts'
import { populated } from './populated.ts'
import { partFailed, sourceIsEmpty, tooSlow, transformIsEmpty } from './problems.ts'
import type { RunState } from './progress.ts'
import type { PumpOptions, PumpResult, PumpSurroundings } from './pumping.ts'
import { keepsCopy, openReader } from './read.ts'
import { readRetries } from './read-retries.ts'
import { type Settled, type Settling, settle } from './resolve-outputs.ts'
import { Retries } from './retries.ts'
import { HOUR, outlasts } from './schedule.ts'
import { type Settings, settingsOf } from './settings.ts'
import { type Changes, endsOf, type Item, type Positions, positionIn, type Reader, shifted } from './sources/item.ts'
import { collect } from './sources/outside.ts'
import { isTurn, mustStartOver } from './start.ts'
import { type Memory, newState, type PumpState, readState, writeState } from './state.ts'

/** Runs a pipe once. Problems are in the result; Cancelled and bugs of ours are thrown. */
export async function runPump(pipe: RunnablePipe, around: PumpSurroundings, options: PumpOptions): Promise<PumpResult> {
  const run = new PumpRun(pipe, around, options, await around.memory(pipe.id))
  try {
    return await run.run()
  } catch (error) {
    around.dropMemory(pipe.id)
    if (error instanceof Fault) return run.result('failed', [error.problem])
    throw error
  }
}

/** The run stops at a source entity; what came before it is committed. */
class Stop extends Error {
  constructor(
    readonly problem: Problem,
    readonly entity?: Entity,
  ) {
    super(problem.message)
  }
}

class PumpRun {
  private readonly settings: Settings
  private readonly running: PipeRunning
  private readonly lookups: Lookups
  private readonly problems: Problem[] = []
  private readonly counts = { read: 0, written: 0, deleted: 0, unchanged: 0, filtered: 0, reprocessed: 0, changed: 0 }
  private readonly started: bigint
  private readonly outside: OutsideWriter | null
  private settling: Settling | null = null
  private state: PumpState = newState
  private kind: PumpResult['kind'] = 'nothing'
  /** Ids that came out, where what did not has to be deleted at the end. */
  private seen: Set<string> | null = null
  /** Source entities still to be processed again. */
  private readonly again = new Set<string>()
  /** Those of them that nothing but the pump's state tells of. */
  private readonly promised = new Set<string>()
  private committing: Promise<void> = Promise.resolve()
  private breaker: Breaker | null = null
  private relearned = false
  /** Whether the last start that was kept is so old that a run without anything to do has to keep its own. */
  private startIsNews = false
  private readErrors = 0
  /** Entities that came out of the transforms which must not give nothing (`if_transform_empty`). */
  private readonly came = new Map<number, number>()
  private retries: Retries
  private infos = new Map<string, DatasetInfo>()
  private previous: ((item: Item) => Promise<Entity | null>) | null = null

  constructor(
    private readonly pipe: RunnablePipe,
    private readonly around: PumpSurroundings,
    private readonly options: PumpOptions,
    private readonly memory: Memory,
  ) {
    this.settings = settingsOf(pipe)
    this.retries = this.retriesOf({})
    this.started = this.now()
    this.lookups = new Lookups(around.store, memory.tracking)
    const completeness = (via: string, dataset: string) => completenessOf(this.infos.get(via), dataset)
    this.running = new PipeRunning(pipe, around.surroundings, this.lookups, options.signal, around.fetch, completeness)
    options.log.tokens = this.running.tokens
    options.log.hops = this.lookups.joined
    for (const { dataset, index } of pipe.stages.flatMap(({ indexes }) => indexes)) {
      memory.tracking.define(dataset, index)
    }
    this.outside =
      pipe.sink.writes === 'outside' ? new OutsideWriter(pipe, pipe.sink, this.settings, around.store) : null
  }

  async run(): Promise<PumpResult> {
    const { pipe, around, settings, options } = this
    if (pipe.needs) return this.result(pipe.needs.severity === 'error' ? 'failed' : 'not-runnable', [pipe.needs])
    const { store } = around
    for (const info of await store.store.list()) this.infos.set(info.name, info)
    if (settings.requirePopulated?.some((dataset) => !this.infos.get(dataset)?.populated)) return this.result('waiting')
    const before = (await readState(store.store, pipe.id)) ?? newState
    const started = outlasts(pipe) ? Number(this.started / 1_000_000n) : null
    this.startIsNews = started !== null && started - (before.started ?? 0) >= HOUR
    this.state = { ...before, started }
    this.retries = this.retriesOf(this.state.retries)
    if (this.state.tripped !== null) return this.result('failed', [breakerTripped({ pipe: pipe.id })])
    await this.collectSource()
    const reader = openReader(pipe, {
      store,
      components: this.memory.components,
      running: this.running,
      batch: this.batchSize,
      wanted: options.read,
      heldBack: () => heldBack(pipe, this.infos, this.running),
    })
    const tracked = this.trackedDatasets()
    const ends = await endsOf(store, tracked)
    let full = await mustStartOver({ pipe, options, settings, state: this.state, reader, around })
    if (full) await this.startOver(reader)
    else {
      const partial = options.read && isTurn(this.state.runs, settings.partialRescanRunCount)
      if (partial) {
        const position = shifted(this.state.position, settings.partialRescanDelta ?? 0)
        this.state = { ...this.state, position }
      }
      await this.relearn(reader, ends)
      await this.findAffected(ends)
      for (const key of this.state.again) this.promised.add(key)
      for (const key of this.state.again) this.again.add(key)
      const retrying = options.read && this.retries.keys.length > 0
      if (this.again.size === 0 && !retrying && (await reader.idle(this.state.position))) return this.nothing(ends)
      this.kind = partial ? 'partial' : 'incremental'
      full = this.outside?.publishes === true
      if (full) await this.startOver(reader)
    }
    await this.openSink(reader)
    try {
      if (options.read) for (const key of this.retries.keys) this.again.add(key)
      await this.readAll(reader, full)
      await this.processAgain(reader)
      if (full) await this.deleteUnseen(reader)
    } catch (error) {
      await this.committing
      if (!(error instanceof Stop)) throw error
      if (error.problem.code === tripped.code) await this.breaker?.trip()
      around.dropMemory(pipe.id)
      return { ...this.result('failed', [...this.problems, error.problem]), ...exceptionOf(error) }
    }
    return this.finish(ends)
  }

  /** Source entities a batch. It is the pipe's own `batch_size` where that can be seen in what comes out. */
  private get batchSize(): number {
    const { maxSecondsPerEntity, seesOwnOutput, batchSize } = this.settings
    return maxSecondsPerEntity !== null || seesOwnOutput ? batchSize : this.around.batch
  }

  private retriesOf(known: PumpState['retries']): Retries {
    return new Retries(this.settings, known, this.options.log, () => this.now())
  }

  private trackedDatasets(): string[] {
    const hops = this.pipe.stages.flatMap((stage) => stage.hops.filter(({ tracked }) => tracked))
    return [...new Set(hops.map(({ dataset }) => dataset))]
  }

  private async collectSource(): Promise<void> {
    const { pipe, options } = this
    if (!keepsCopy(pipe) || pipe.source.reads !== 'outside') return
    if (!options.read && this.state.since !== null) return
    const { source } = pipe
    const from = options.full ? null : this.state.since
    const since = await this.reading(() => collect(source, pipe.id, this.around.store, this.running, from))
    this.state = { ...this.state, since: since ?? this.state.since ?? {} }
  }

  private async startOver(reader: Reader): Promise<void> {
    const { pipe, around, memory, settings, outside } = this
    this.kind = 'full'
    this.again.clear()
    this.promised.clear()
    const sink = pipe.sink.writes === 'dataset' ? this.infos.get(pipe.sink.dataset) : undefined
    const empty = !sink || sink.live === 0
    if (!empty && settings.deletionTracking && reader.whole) this.seen = new Set()
    const unfinished = this.seen === null && empty && !outside?.publishes ? 'onwards' : 'again'
    this.state = {
      ...this.state,
      position: null,
      dependencies: {},
      again: [],
      unfinished,
      fingerprint: settings.fingerprint,
      learned: settings.fingerprint,
    }
    this.retries = this.retriesOf({})
    const states: StateWrite[] = [...memory.tracking.clear(), ...(reader.forget?.() ?? [])]
    const early = ['initially', 'onload'].includes(settings.setInitialOffset)
    const populated = early && pipe.sink.writes === 'dataset' ? [pipe.sink.dataset] : []
    await around.store.commit({
      states: [...states, writeState(pipe.id, this.state)],
      reset: outside ? [outside.dataset] : [],
      datasets: [
        ...((await outside?.begin()) ?? []),
        ...populated.map((dataset) => ({ dataset, entities: [], populated: true })),
      ],
    })
  }

  /**
   * Records anew what each source entity looks up, after the configuration has changed and the pipe goes on where it was
   * (`reprocessing_policy`): changes of a dataset that is joined now concern entities that were read before it was.
   */
  private async relearn(reader: Reader, ends: Positions): Promise<void> {
    const { pipe, memory, settings, state } = this
    if (state.learned === settings.fingerprint || state.position === null) return
    this.state = { ...state, learned: settings.fingerprint, dependencies: { ...ends, ...state.dependencies } }
    this.relearned = true
    if (Object.keys(ends).length > 0) await relearn(pipe, reader, this.running, memory.tracking, this.around.batch)
  }

  /** Source entities that the changes of tracked datasets concern. */
  private async findAffected(ends: Positions): Promise<void> {
    const { pipe, memory, settings, around, again } = this
    await affected(around.store, memory.tracking, this.state.dependencies, ends, again)
    const many = limited(pipe.id, again.size, settings)
    if (many) this.problems.push(many)
  }

  private async openSink(reader: Reader): Promise<void> {
    const { pipe, around, memory, settings } = this
    this.previous = pipe.stages.some(({ usesPrevious }) => usesPrevious)
      ? (reader.previous?.bind(reader) ?? null)
      : null
    if (pipe.sink.writes !== 'dataset') return
    const plain =
      reader.keysAreIds &&
      pipe.stages.every(({ ids, creates, type }) => {
        return ids !== 'any' && !creates && type !== 'remove_namespaces'
      })
    this.breaker = await breakerOf(
      pipe.id,
      pipe.sink.dataset,
      settings,
      this.infos.get(pipe.sink.dataset),
      around.store,
    )
    this.settling = {
      pipe: pipe.id,
      dataset: pipe.sink.dataset,
      stages: pipe.stages,
      store: around.store,
      reader,
      tracking: memory.tracking,
      explicit: !plain,
      trackChildren: settings.trackChildren,
    }
  }

  /** Reads the source to its end, from where it was again after an error. */
  private async readAll(reader: Reader, full: boolean): Promise<void> {
    let changes: AsyncIterator<Changes> | null = null
    for (;;) {
      const next = await this.reading(async () => {
        changes ??= reader.changes(this.state.position)[Symbol.asyncIterator]()
        try {
          const pieces = changes
          return await this.timed(
            'source',
            this.guard(() => pieces.next()),
          )
        } catch (error) {
          changes = null
          throw error
        }
      })
      if (next.done) return
      await this.take(next.value, full && reader.history !== true)
    }
  }

  /** Reads something of the source; one from outside is asked again after an error, as often as the pump says. */
  private async reading<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        this.options.log.readFailed(error.problem, this.now())
        const { times, delay } = readRetries(this.pipe, error.problem)
        if (this.readErrors++ >= times) throw error
        await this.running.wait(delay)
      }
    }
  }

  private async timed<T>(part: keyof RunLog['spent'], work: Promise<T>): Promise<T> {
    const before = this.now()
    const done = await work
    this.options.log.spent[part] += this.now() - before
    return done
  }

  private now(): bigint {
    return this.around.surroundings.now()
  }

  private async take(changes: Changes, onlyThere: boolean): Promise<void> {
    const items = onlyThere ? changes.items.filter(({ gone }) => gone !== 'silently') : changes.items
    this.counts.read += items.length
    if (!this.settings.seesOwnOutput || items.length <= this.batchSize) {
      await this.process(items, changes.position, changes.states)
      return
    }
    for (let from = 0; from < items.length; from += this.batchSize) {
      const some = items.slice(from, from + this.batchSize)
      // The position belongs to the last of them.
      if (from + this.batchSize >= items.length) await this.process(some, changes.position, changes.states)
      else await this.process(some, null)
    }
  }

  private async process(items: readonly Item[], position: Json | null, more?: () => StateWrite[]): Promise<void> {
    if (items.length === 0 && position === this.state.position) return
    for (const { key } of items) {
      this.again.delete(key)
      this.promised.delete(key)
    }
    this.lookups.forget()
    // What the batch before has written is there to be looked up.
    if (this.settings.seesOwnOutput) await this.committing
    const { maxSecondsPerEntity: limit } = this.settings
    const before = this.now()
    const processed = await this.timed(
      'transform',
      this.guard(() => this.transformed(items)),
    )
    const seconds = Number(this.now() - before) / 1e9 / items.length
    await this.committing
    if (limit !== null && seconds > limit) {
      throw new Stop(tooSlow({ pipe: this.pipe.id, seconds, limit }), items[0]?.entity)
    }
    const { outside } = this
    const sent = outside ? await this.guard(() => outside.send(processed, this.running)) : processed
    const { ready, stop, problems } = this.retries.judge(sent)
    for (const problem of problems) this.problems.push(problem)
    if (!stop && position !== null) this.state = { ...this.state, position }
    this.state = { ...this.state, retries: this.retries.kept() }
    // What the source remembers of a batch belongs to the whole of it.
    const states = () => [
      ...this.memory.tracking.flush(),
      ...(stop ? [] : (more?.() ?? [])),
      writeState(this.pipe.id, this.state),
    ]
    await this.write(ready, states)
    if (stop) throw new Stop(stop.problem, stop.entity)
  }

  private transformed(items: readonly Item[]): Promise<Processed[]> {
    const { stages } = this.pipe
    if (!stages.some(({ failIfEmpty }) => failIfEmpty)) return passThrough(stages, items, this.running, this.previous)
    return passThrough(stages, items, this.running, this.previous, (stage, entities) => {
      if (stages[stage]?.failIfEmpty) this.came.set(stage, (this.came.get(stage) ?? 0) + entities.length)
    })
  }

  /** A mistake of ours in one pipe must not end the others. */
  private async guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof Fault || error instanceof Cancelled) throw error
      const reason = error instanceof Error ? error.message : String(error)
      throw new Fault(partFailed({ pipe: this.pipe.id, reason }, { pipe: this.pipe.id }))
    }
  }

  private async write(ready: readonly Processed[], states: () => StateWrite[]): Promise<void> {
    const letters = await this.retries.deadLetters((dataset, ids) => this.around.store.store.lookup(dataset, ids))
    const events = await this.options.log.writes(this.kind, this.now())
    const more = letters ? [letters, ...events] : events
    if (this.outside) {
      for (const { item, lookups } of ready) this.memory.tracking.set(item.key, lookups, null)
      this.counts.changed += await this.outside.commit(ready, this.counts, more, states())
      this.report()
      return
    }
    if (!this.settling) return
    const settled = await this.timed('sink', settle(ready, this.settling))
    this.remember(settled)
    const { dataset } = this.settling
    const write: DatasetWrite = { dataset, entities: settled.entities, ...acceptOf(this.settings, this.settling) }
    this.commit(settled.entities.length > 0 ? [write, ...more] : more, states())
  }

  private remember(settled: Settled): void {
    for (const problem of settled.problems) this.problems.push(problem)
    for (const key of settled.again) {
      this.again.add(key)
      this.promised.add(key)
    }
    this.state = { ...this.state, again: [...this.promised] }
    this.counts.filtered += settled.filtered
    if (this.seen) for (const id of settled.seen) this.seen.add(id)
  }

  /** Starts a commit; the next batch is transformed meanwhile. */
  private commit(datasets: readonly DatasetWrite[], states: readonly StateWrite[]): void {
    const before = this.now()
    const commit: Commit = { datasets, states }
    this.committing = this.around.store
      .commit(this.breaker ? this.breaker.withhold(commit) : commit)
      .then((committed) => {
        this.options.log.spent.sink += this.now() - before
        for (const { dataset, changes, unchanged } of committed) {
          if (dataset !== this.settling?.dataset) continue
          this.counts.unchanged += unchanged
          this.counts.changed += changes.length
          for (const { deleted } of changes) {
            if (deleted) this.counts.deleted++
            else this.counts.written++
          }
        }
        this.report()
        return this.breaker?.check(this.counts.changed)
      })
    // Awaited before the next commit; a failure must not count as unhandled until then.
    this.committing.catch(() => {})
  }

  private async processAgain(reader: Reader): Promise<void> {
    while (this.again.size > 0) {
      const keys: string[] = []
      for (const key of this.again) {
        keys.push(key)
        if (keys.length >= this.batchSize) break
      }
      for (const key of keys) this.again.delete(key)
      const items = await reader.fetch(keys)
      this.counts.reprocessed += items.length
      await this.process(items, null)
      await this.committing
    }
  }

  /** Deletion tracking (features/deletion-tracking.rst). */
  private async deleteUnseen(reader: Reader): Promise<void> {
    const { seen, settings, settling, around, pipe } = this
    if (this.counts.read === 0 && settings.failIfEmpty && reader.whole) {
      throw new Stop(sourceIsEmpty({ pipe: pipe.id }, { pipe: pipe.id, path: ['source'] }))
    }
    // A stage that nothing has reached has no number; it did not fail to give anything.
    if ([...this.came.values()].includes(0)) throw new Stop(transformIsEmpty({ pipe: pipe.id }, { pipe: pipe.id }))
    if (!seen || !settling) return
    await this.committing
    const { dataset } = settling
    for await (const entities of unseen(around.store.store, dataset, seen, settings.markDeletionTracked)) {
      await this.running.pause()
      await this.committing
      if (entities.length > 0) this.commit([{ dataset, entities }], [])
    }
  }

  private async finish(ends: Positions): Promise<PumpResult> {
    await this.committing
    const { pipe, state, settings } = this
    this.state = {
      ...state,
      dependencies: ends,
      again: [],
      unfinished: null,
      runs: this.kind === 'full' ? 0 : state.runs + 1,
    }
    const states = [...this.memory.tracking.flush(), writeState(pipe.id, this.state)]
    const datasets: DatasetWrite[] = []
    if (pipe.sink.writes === 'dataset') {
      const meta = await inherited(pipe, settings, this.around.store.store, this.started)
      datasets.push({
        dataset: pipe.sink.dataset,
        entities: [],
        ...(await populated(pipe, settings, this.around.store)),
        meta,
      })
    }
    if (this.outside) datasets.push(...(await this.outside.publish()))
    if (pipe.source.reads === 'outside') this.problems.push(...(pipe.source.warnings?.() ?? []))
    const kept = this.breaker?.release()
    await this.around.store.commit({ datasets, ...kept, states: [...(kept?.states ?? []), ...states] })
    return this.result('done', this.problems)
  }

  /** Nothing to read and nothing affected: only positions in tracked datasets and the completeness move. */
  private async nothing(ends: Positions): Promise<PumpResult> {
    const { state, pipe, settings, around } = this
    const moved = Object.keys(ends).some(
      (name) => positionIn(ends, name)?.[1] !== positionIn(state.dependencies, name)?.[1],
    )
    const states: StateWrite[] = []
    const datasets: DatasetWrite[] = []
    const counted = this.options.read && (settings.rescanRunCount ?? settings.partialRescanRunCount) !== null
    const runs = counted ? state.runs + 1 : state.runs
    if (this.relearned) states.push(...this.memory.tracking.flush())
    if (moved || counted || this.relearned || this.startIsNews)
      states.push(writeState(pipe.id, { ...state, dependencies: ends, runs }))
    if (pipe.sink.writes === 'dataset' && pipe.source.reads === 'datasets') {
      const { dataset } = pipe.sink
      const meta = await inherited(pipe, settings, around.store.store, this.started)
      const before = this.infos.get(dataset)
      const filled = await populated(pipe, settings, around.store)
      if (!before || !sameMeta(before.meta, meta) || (filled.populated && !before.populated)) {
        datasets.push({ dataset, entities: [], ...filled, meta })
      }
    }
    if (states.length + datasets.length > 0) await around.store.commit({ states, datasets })
    return this.result('done', [])
  }

  private report(): void {
    this.options.progress?.(this.result('running', this.problems))
  }

  result(state: RunState, problems: readonly Problem[] = []): PumpResult {
    const { read, written, deleted, unchanged, filtered, reprocessed, changed } = this.counts
    return {
      pipe: this.pipe.id,
      state,
      read,
      written,
      deleted,
      unchanged,
      filtered,
      reprocessed,
      milliseconds: Number((this.now() - this.started) / 1_000_000n),
      problems: problems.map((problem) => locate(problem, { pipe: this.pipe.id, file: this.pipe.effective.file })),
      changed,
      kind: this.kind,
      retryable: this.retries.keys.length,
    }
  }
}

function exceptionOf({ entity }: Stop): Pick<PumpResult, 'exception'> {
  return entity === undefined ? {} : { exception: entity }
}
