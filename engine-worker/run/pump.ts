/**
 * One run of one pipe: read a batch, pass it through the stages, settle what the sink has to write, commit it together
 * with the position and the tracking; then the source entities that changes of other datasets concern; at the end of a
 * run from the beginning, the deletion of what did not come out any more.
 *
 * See configuration-pump.rst, and product.md section 3 for what an incremental run promises.
 */
import type { Commit, DatasetInfo, DatasetWrite, StateWrite, Surroundings } from '../datasets/store.ts'
import { tripped } from '../dtl/functions/control.ts'
import type { Entity, Json } from '../entity/value.ts'
import type { RunnablePipe } from '../pipe/runtime.ts'
import { Fault, locate, type Problem } from '../problem.ts'
import type { PipeProgress, RunState } from '../protocol.ts'
import { acceptOf } from './accept.ts'
import { affected, limited, relearn } from './affected.ts'
import { type Breaker, breakerOf, breakerTripped } from './breaker.ts'
import { type Processed, passThrough } from './chain.ts'
import { completenessOf, heldBack, inherited, sameMeta } from './completeness.ts'
import { Cancelled, Lookups, PipeRunning } from './context.ts'
import type { IndexedStore } from './indexes.ts'
import { OutsideWriter } from './outside.ts'
import { populated } from './populated.ts'
import { partFailed, sourceIsEmpty } from './problems.ts'
import { keepsCopy, openReader } from './read.ts'
import { Retries } from './retries.ts'
import { type Settings, settingsOf } from './settings.ts'
import { type Settled, type Settling, settle } from './settle.ts'
import { type Changes, endsOf, type Item, type Positions, positionIn, type Reader, shifted } from './sources/item.ts'
import { collect } from './sources/outside.ts'
import { type Memory, newState, type PumpState, readState, writeState } from './state.ts'

/** What a run needs from the engine. */
export interface PumpSurroundings {
  readonly store: IndexedStore
  readonly surroundings: Surroundings
  readonly memory: (pipe: string) => Promise<Memory>
  /** Drops the memory of a pipe when it may be ahead of what was committed. */
  readonly dropMemory: (pipe: string) => void
  readonly fetch: typeof globalThis.fetch | null
  /** Entities per batch. */
  readonly batch: number
  /** A pipe whose configuration has changed starts over, whatever its reprocessing_policy says. */
  readonly followConfiguration: boolean
}

/** What one run is asked to do. */
export interface PumpOptions {
  readonly full?: boolean
  /** Whether a source that always reads everything is read; false in the later rounds of a run. */
  readonly read: boolean
  readonly signal: AbortSignal
  readonly progress?: (progress: PipeProgress) => void
}

/** How a run ended. `changed` counts what it wrote; a run that changed nothing gives nobody else anything to do. */
export interface PumpResult extends PipeProgress {
  readonly changed: number
  readonly kind: 'full' | 'incremental' | 'nothing'
}

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

/** Whether the next run is one of every so many. */
function isTurn(runs: number, every: number | null): boolean {
  return every !== null && every >= 1 && (runs + 1) % every === 0
}

/** The run stops at a source entity; what came before it is committed. */
class Stop extends Error {
  constructor(readonly problem: Problem) {
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
    this.retries = new Retries(this.settings, {})
    this.started = around.surroundings.now()
    this.lookups = new Lookups(around.store, memory.tracking)
    const completeness = (via: string, dataset: string) => completenessOf(this.infos.get(via), dataset)
    this.running = new PipeRunning(pipe, around.surroundings, this.lookups, options.signal, around.fetch, completeness)
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
    this.state = (await readState(store.store, pipe.id)) ?? newState
    this.retries = new Retries(settings, this.state.retries)
    if (this.state.tripped !== null) return this.result('failed', [breakerTripped({ pipe: pipe.id })])
    await this.collectSource()
    const reader = openReader(pipe, {
      store,
      components: this.memory.components,
      running: this.running,
      batch: around.batch,
      wanted: options.read,
      heldBack: () => heldBack(pipe, this.infos, this.running),
    })
    const tracked = this.trackedDatasets()
    const ends = await endsOf(store, tracked)
    const full = await this.mustStartOver(reader)
    if (full) await this.startOver(reader)
    else {
      if (options.read && isTurn(this.state.runs, settings.partialRescanRunCount)) {
        const position = shifted(this.state.position, settings.partialRescanDelta ?? 0)
        this.state = { ...this.state, position }
      }
      await this.relearn(reader, ends)
      await this.findAffected(ends)
      for (const key of this.state.again) this.promised.add(key)
      for (const key of this.state.again) this.again.add(key)
      const retrying = options.read && this.retries.keys.length > 0
      if (this.again.size === 0 && !retrying && (await reader.idle(this.state.position))) return this.nothing(ends)
      this.kind = 'incremental'
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
      return this.result('failed', [...this.problems, error.problem])
    }
    return this.finish(ends)
  }

  private trackedDatasets(): string[] {
    const hops = this.pipe.stages.flatMap((stage) => stage.hops.filter(({ tracked }) => tracked))
    return [...new Set(hops.map(({ dataset }) => dataset))]
  }

  private async collectSource(): Promise<void> {
    const { pipe, options } = this
    if (!keepsCopy(pipe) || pipe.source.reads !== 'outside') return
    if (!options.read && this.state.since !== null) return
    const from = options.full ? null : this.state.since
    const since = await collect(pipe.source, pipe.id, this.around.store, this.running, from)
    this.state = { ...this.state, since: since ?? this.state.since ?? {} }
  }

  /** Whether this has to be a run from the beginning. */
  private async mustStartOver(reader: Reader): Promise<boolean> {
    const { pipe, options, settings, state } = this
    if (options.full || state.unfinished === 'again') return true
    if (state.unfinished === null && state.position === null) return true
    if (options.read && isTurn(state.runs, settings.rescanRunCount)) return true
    const follows = settings.reprocess || this.around.followConfiguration
    if (follows && state.fingerprint !== '' && state.fingerprint !== settings.fingerprint) return true
    if (pipe.source.reads === 'outside' && !keepsCopy(pipe) && pipe.source.since === null && options.read) return true
    return state.position !== null && !(await reader.valid(state.position))
  }

  private async startOver(reader: Reader): Promise<void> {
    const { pipe, around, memory, settings, outside } = this
    this.kind = 'full'
    const sink = pipe.sink.writes === 'dataset' ? this.infos.get(pipe.sink.dataset) : undefined
    const empty = !sink || sink.live === 0
    if (!empty && settings.deletionTracking && reader.whole) this.seen = new Set()
    const unfinished = this.seen === null && empty ? 'onwards' : 'again'
    this.state = {
      ...this.state,
      position: null,
      dependencies: {},
      again: [],
      unfinished,
      fingerprint: settings.fingerprint,
      learned: settings.fingerprint,
    }
    this.retries = new Retries(settings, {})
    const states: StateWrite[] = [...memory.tracking.clear(), ...(reader.forget?.() ?? [])]
    const early = ['initially', 'onload'].includes(settings.setInitialOffset)
    await around.store.commit({
      states: [...states, writeState(pipe.id, this.state)],
      reset: outside ? [outside.dataset] : [],
      ...(early && pipe.sink.writes === 'dataset'
        ? { datasets: [{ dataset: pipe.sink.dataset, entities: [], populated: true }] }
        : {}),
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

  /** Reads the source to its end; a source from outside is read again after an error, as often as the pump says. */
  private async readAll(reader: Reader, full: boolean): Promise<void> {
    const retries = this.pipe.source.reads === 'outside' ? this.settings.maxReadRetries : 0
    for (let attempt = 0; ; attempt++) {
      const changes = reader.changes(this.state.position)[Symbol.asyncIterator]()
      for (;;) {
        let next: IteratorResult<Changes>
        try {
          next = await this.guard(() => changes.next())
        } catch (error) {
          if (!(error instanceof Fault) || attempt >= retries) throw error
          await this.running.wait(this.settings.readRetryDelay)
          break
        }
        if (next.done) return
        await this.take(next.value, full && reader.history !== true)
      }
    }
  }

  private async take(changes: Changes, onlyThere: boolean): Promise<void> {
    const items = onlyThere ? changes.items.filter(({ gone }) => gone !== 'silently') : changes.items
    this.counts.read += items.length
    await this.process(items, changes.position, changes.states)
  }

  private async process(items: readonly Item[], position: Json | null, more?: () => StateWrite[]): Promise<void> {
    if (items.length === 0 && position === this.state.position) return
    for (const { key } of items) {
      this.again.delete(key)
      this.promised.delete(key)
    }
    this.lookups.forget()
    const processed = await this.guard(() => passThrough(this.pipe.stages, items, this.running, this.previous))
    await this.committing
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
    if (stop) throw new Stop(stop)
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
    const more = letters ? [letters] : []
    if (this.outside) {
      for (const { item, lookups } of ready) this.memory.tracking.set(item.key, lookups, null)
      this.counts.changed += await this.outside.commit(ready, this.counts, more, states())
      this.report()
      return
    }
    if (!this.settling) return
    const settled = await settle(ready, this.settling)
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
    const commit: Commit = { datasets, states }
    this.committing = this.around.store
      .commit(this.breaker ? this.breaker.withhold(commit) : commit)
      .then((committed) => {
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
        if (keys.length >= this.around.batch) break
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
    if (!seen || !settling) return
    await this.committing
    for await (const batch of around.store.store.scan(settling.dataset, { live: true })) {
      const entities: Entity[] = []
      for (const entity of batch) {
        if (typeof entity._id !== 'string' || seen.has(entity._id)) continue
        const deleted: Entity = { ...entity, _deleted: true }
        if (settings.markDeletionTracked) deleted.$deletion_tracked = true
        entities.push(deleted)
      }
      await this.running.pause()
      if (entities.length === 0) continue
      await this.committing
      this.commit([{ dataset: settling.dataset, entities }], [])
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
    if (moved || counted || this.relearned) states.push(writeState(pipe.id, { ...state, dependencies: ends, runs }))
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
      milliseconds: Number((this.around.surroundings.now() - this.started) / 1_000_000n),
      problems: problems.map((problem) => locate(problem, { pipe: this.pipe.id, file: this.pipe.effective.file })),
      changed,
      kind: this.kind,
    }
  }
}
