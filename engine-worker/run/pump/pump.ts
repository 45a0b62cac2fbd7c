/**
 * One run of one pipe: read a batch, pass it through the stages, resolve what the sink has to write, commit it together
 * with the position and the tracking; then the source entities that changes of other datasets concern; at the end of a
 * run from the beginning, the deletion of what did not come out any more. How it begins is decided in decision.ts.
 *
 * See configuration-pump.rst, and product.md section 3 for what an incremental run promises.
 */
import { declaredKind } from '../../config/model/declared.ts'
import type { RunnablePipe } from '../../connectors/runtime.ts'
import { tripped } from '../../dtl/functions/control.ts'
import type { Entity } from '../../entity/value.ts'
import { Fault, locate, type Problem } from '../../problem.ts'
import type { DatasetInfo, DatasetWrite, StateWrite } from '../../storage/store.ts'
import type { ProcessResult } from '../chain.ts'
import { completenessOf, heldBack } from '../completeness.ts'
import { Lookups, PipeRunContext } from '../context.ts'
import { tooSlow } from '../problems.ts'
import type { RunState } from '../progress.ts'
import { openReader } from '../read.ts'
import { HOUR, outlasts } from '../schedule.ts'
import { type Settings, settingsOf } from '../settings.ts'
import {
  type DatasetPositions,
  endsOf,
  piecesOf,
  type SourceBatch,
  type SourceReader,
  type SourceRecord,
  withoutGone,
} from '../sources/item.ts'
import { newState, type PumpState, readState, type TrackingState, writeState } from '../state.ts'
import { acceptConditions } from './accept.ts'
import { addAffected, affectedLimit, isTrackingStale, rebuildTracking, trackedBy, trackedDatasets } from './affected.ts'
import { BatchQueue, type BegunBatch } from './batch-queue.ts'
import { BatchTransform } from './batch-transform.ts'
import { breakerOf, breakerTripped } from './breaker.ts'
import { CommitQueue } from './commit-queue.ts'
import { newCounts } from './counts.ts'
import { decideRun } from './decision.ts'
import type { DeletionTracking } from './deletion-tracking.ts'
import { EmptyCheck } from './empty-check.ts'
import { idleCommit } from './idle-run.ts'
import type { PumpOptions, PumpServices } from './options.ts'
import { OutsideWriter } from './outside-writer.ts'
import { PartCalls } from './part-calls.ts'
import { sinkMarks } from './populated.ts'
import { refreshSource } from './refresh-source.ts'
import { ReprocessQueue } from './reprocess-queue.ts'
import { type ResolveContext, type ResolvedOutputs, resolveContextOf, resolveOutputs } from './resolve-outputs.ts'
import type { PumpResult } from './result.ts'
import { Retries } from './retries.ts'
import { startOver } from './start-over.ts'
import { RunStopped } from './stop.ts'

/** Runs a pipe once. Problems are in the result; Cancelled and bugs of ours are thrown. */
export async function runPump(pipe: RunnablePipe, services: PumpServices, options: PumpOptions): Promise<PumpResult> {
  const run = new PumpRun(pipe, services, options, await services.memory(pipe.id))
  try {
    return await run.run()
  } catch (error) {
    services.dropMemory(pipe.id)
    if (error instanceof Fault) return run.result('failed', [error.problem])
    throw error
  }
}

class PumpRun {
  private readonly settings: Settings
  private readonly running: PipeRunContext
  private readonly lookups: Lookups
  private readonly problems: Problem[] = []
  private readonly counts = newCounts()
  private readonly commits: CommitQueue
  private readonly started: bigint
  private readonly outside: OutsideWriter | null
  private resolving: ResolveContext | null = null
  private state: PumpState = newState
  private kind: PumpResult['kind'] = 'nothing'
  private deletions: DeletionTracking | null = null
  private readonly reprocess = new ReprocessQueue()
  private readonly emptyCheck: EmptyCheck
  private trackingRebuilt = false
  /** Whether the last start that was kept is so old that a run without anything to do has to keep its own. */
  private startIsNews = false
  private readonly calls: PartCalls
  private readonly transforms: BatchTransform
  private retries: Retries
  private infos = new Map<string, DatasetInfo>()
  private previous: ((item: SourceRecord) => Promise<Entity | null>) | null = null

  constructor(
    private readonly pipe: RunnablePipe,
    private readonly services: PumpServices,
    private readonly options: PumpOptions,
    private readonly memory: TrackingState,
  ) {
    this.settings = settingsOf(pipe)
    this.retries = this.retriesOf({})
    this.started = this.now()
    this.lookups = new Lookups(services.store, memory.tracking)
    const completeness = (via: string, dataset: string) => completenessOf(this.infos.get(via), dataset)
    const { environment, fetch } = services
    this.running = new PipeRunContext(pipe, environment, this.lookups, options.signal, fetch, completeness)
    options.log.tokens = this.running.tokens
    options.log.hops = this.lookups.joined
    const { readsDatasets } = declaredKind('source', String(pipe.source.config.type)) ?? {}
    if (readsDatasets === 'merge') options.log.merged = memory.components
    for (const { dataset, index } of pipe.stages.flatMap(({ indexes }) => indexes)) {
      memory.tracking.define(dataset, index)
    }
    this.emptyCheck = new EmptyCheck(pipe)
    const [running, { tracking }, { watch }] = [this.running, memory, this.emptyCheck]
    this.transforms = new BatchTransform({ pipe, running, services, tracking, watch })
    const now = () => this.now()
    const report = () => this.report()
    this.calls = new PartCalls(pipe, this.running, options.log, now)
    this.commits = new CommitQueue({ store: services.store, counts: this.counts, log: options.log, now, report })
    this.outside =
      pipe.sink.writes === 'outside' ? new OutsideWriter(pipe, pipe.sink, this.settings, services.store) : null
  }

  async run(): Promise<PumpResult> {
    const { pipe, services, settings, options } = this
    if (pipe.needs) return this.result(pipe.needs.severity === 'error' ? 'failed' : 'not-runnable', [pipe.needs])
    const { store } = services
    for (const info of await store.store.list()) this.infos.set(info.name, info)
    if (settings.requirePopulated?.some((dataset) => !this.infos.get(dataset)?.populated)) return this.result('waiting')
    const before = (await readState(store.store, pipe.id)) ?? newState
    const started = outlasts(pipe) ? Number(this.started / 1_000_000n) : null
    this.startIsNews = started !== null && started - (before.started ?? 0) >= HOUR
    this.state = { ...before, started }
    this.retries = this.retriesOf(this.state.retries)
    if (this.state.tripped !== null) return this.result('failed', [breakerTripped({ pipe: pipe.id })])
    const refreshed = await refreshSource(pipe, this.state, options, store, this.running, this.calls)
    this.state = { ...this.state, since: refreshed }
    const reader = openReader(pipe, {
      store,
      components: this.memory.components,
      running: this.running,
      batch: this.batchSize,
      wanted: options.read,
      heldBack: () => heldBack(pipe, this.infos, this.running),
    })
    const ends = await endsOf(store, trackedDatasets(pipe))
    const decision = await decideRun({ pipe, options, settings, state: this.state, reader, services })
    let full = decision.kind === 'full'
    if (decision.kind === 'full') await this.startOver(reader)
    else {
      if (decision.kind === 'partial') this.state = { ...this.state, position: decision.position }
      this.trackingRebuilt = isTrackingStale(this.state, settings)
      if (this.trackingRebuilt) {
        this.state = trackedBy(this.state, settings, ends)
        if (Object.keys(ends).length > 0) {
          await rebuildTracking(pipe, reader, this.running, this.memory.tracking, services.batch)
        }
      }
      await addAffected(store, this.memory.tracking, this.state.dependencies, ends, this.reprocess.keys)
      const many = affectedLimit(pipe.id, this.reprocess.size, settings)
      if (many) this.problems.push(many)
      this.reprocess.addPersisted(this.state.again)
      const retrying = options.read && this.retries.keys.length > 0
      if (this.reprocess.size === 0 && !retrying && (await reader.idle(this.state.position))) return this.idle(ends)
      this.kind = decision.kind
      full = this.outside?.publishes === true
      if (full) await this.startOver(reader)
    }
    await this.openSink(reader)
    try {
      if (options.read) this.reprocess.add(this.retries.keys)
      await this.readAll(reader, full)
      await this.drainReprocessQueue(reader)
      if (full) await this.deleteUnseen(reader)
    } catch (error) {
      await this.commits.done()
      if (!(error instanceof RunStopped)) throw error
      if (error.problem.code === tripped.code) await this.commits.trip()
      services.dropMemory(pipe.id)
      return { ...this.result('failed', [...this.problems, error.problem]), ...error.exception }
    }
    return this.finish(ends)
  }

  /** Source entities a batch. It is the pipe's own `batch_size` where that can be seen in what comes out. */
  private get batchSize(): number {
    const { maxSecondsPerEntity, seesOwnOutput, batchSize } = this.settings
    return maxSecondsPerEntity !== null || seesOwnOutput ? batchSize : this.services.batch
  }

  private retriesOf(known: PumpState['retries']): Retries {
    return new Retries(this.settings, known, this.options.log, () => this.now())
  }

  private async startOver(reader: SourceReader): Promise<void> {
    const { pipe, services, memory, settings, state, outside } = this
    this.kind = 'full'
    this.reprocess.clear()
    const { seed } = services.store
    const begun = await startOver({ pipe, settings, state, reader, memory, outside, sink: this.sinkInfo(), seed })
    this.state = begun.state
    this.deletions = begun.deletions
    this.retries = this.retriesOf({})
    await services.store.commit(begun.commit)
  }

  /** What was known of the sink's dataset before the run. */
  private sinkInfo(): DatasetInfo | undefined {
    const { sink } = this.pipe
    return sink.writes === 'dataset' ? this.infos.get(sink.dataset) : undefined
  }

  private async openSink(reader: SourceReader): Promise<void> {
    const { pipe, services, memory, settings } = this
    this.previous = pipe.stages.some(({ usesPrevious }) => usesPrevious)
      ? (reader.previous?.bind(reader) ?? null)
      : null
    if (pipe.sink.writes !== 'dataset') return
    const { dataset } = pipe.sink
    this.commits.open(dataset, await breakerOf(pipe.id, dataset, settings, this.infos.get(dataset), services.store))
    this.resolving = resolveContextOf(pipe, dataset, {
      store: services.store,
      reader,
      tracking: memory.tracking,
      trackChildren: settings.trackChildren,
    })
  }

  /** Reads the source to its end, from where it was again after an error. */
  private async readAll(reader: SourceReader, full: boolean): Promise<void> {
    let changes: AsyncIterator<SourceBatch> | null = null
    const begun = new BatchQueue(this.transforms.ahead, (batch) => this.process(batch))
    for (;;) {
      const next = await this.calls.reading(async () => {
        changes ??= reader.changes(this.state.position)[Symbol.asyncIterator]()
        try {
          const pieces = changes
          return await this.calls.timed(
            'source',
            this.calls.guarded(() => pieces.next()),
          )
        } catch (error) {
          changes = null
          throw error
        }
      })
      if (next.done) return begun.finish()
      const batch = full && reader.history !== true ? withoutGone(next.value) : next.value
      this.counts.read += batch.items.length
      for (const piece of this.settings.seesOwnOutput ? piecesOf(batch, this.batchSize) : [batch]) {
        await begun.add(await this.begin(piece))
      }
    }
  }

  private now(): bigint {
    return this.services.environment.now()
  }

  /** Starts to transform a batch. */
  private async begin(batch: SourceBatch): Promise<BegunBatch> {
    this.lookups.forget()
    // What the batch before has written is there to be looked up.
    if (this.settings.seesOwnOutput) await this.commits.done()
    return this.transforms.begin(batch, this.previous)
  }

  private async process({ items, position, states: more, before, processed: work }: BegunBatch): Promise<void> {
    if (items.length === 0 && position === this.state.position) return
    this.reprocess.delete(items)
    const { maxSecondsPerEntity: limit } = this.settings
    const processed = await this.calls.timed(
      'transform',
      this.calls.guarded(() => work),
    )
    const seconds = Number(this.now() - before) / 1e9 / items.length
    await this.commits.done()
    if (limit !== null && seconds > limit) {
      throw new RunStopped(tooSlow({ pipe: this.pipe.id, seconds, limit }), items[0]?.entity)
    }
    const { outside } = this
    const sent = outside ? await this.calls.guarded(() => outside.send(processed, this.running)) : processed
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
    if (stop) throw new RunStopped(stop.problem, stop.entity)
  }

  private async write(ready: readonly ProcessResult[], states: () => StateWrite[]): Promise<void> {
    const letters = await this.retries.deadLetters((dataset, ids) => this.services.store.store.lookup(dataset, ids))
    const events = await this.options.log.writes(this.kind, this.now())
    const more = letters ? [letters, ...events] : events
    if (this.outside) {
      for (const { item, lookups } of ready) this.memory.tracking.set(item.key, lookups, null)
      this.counts.changed += await this.outside.commit(ready, this.counts, more, states())
      this.report()
      return
    }
    if (!this.resolving) return
    const resolved = await this.calls.timed('sink', resolveOutputs(ready, this.resolving))
    this.remember(resolved)
    const { dataset } = this.resolving
    const write: DatasetWrite = {
      dataset,
      entities: resolved.entities,
      ...acceptConditions(this.settings, this.resolving),
    }
    this.commits.add(resolved.entities.length > 0 ? [write, ...more] : more, states())
  }

  private remember(resolved: ResolvedOutputs): void {
    for (const problem of resolved.problems) this.problems.push(problem)
    this.reprocess.addPersisted(resolved.reprocess)
    this.state = { ...this.state, again: this.reprocess.persisted }
    this.counts.filtered += resolved.filtered
    this.deletions?.add(resolved.seen)
  }

  private async drainReprocessQueue(reader: SourceReader): Promise<void> {
    while (this.reprocess.size > 0) {
      const items = await reader.fetch(this.reprocess.take(this.batchSize))
      this.counts.reprocessed += items.length
      await this.process(await this.begin({ items, position: null }))
      await this.commits.done()
    }
  }

  /** Deletion tracking (features/deletion-tracking.rst). */
  private async deleteUnseen(reader: SourceReader): Promise<void> {
    const { deletions, resolving, services } = this
    const empty = this.emptyCheck.problem(this.settings.failIfEmpty && reader.whole, this.counts.read)
    if (empty) throw new RunStopped(empty)
    if (!deletions || !resolving) return
    await this.commits.done()
    const { dataset } = resolving
    for await (const entities of deletions.unseenIn(services.store.store, dataset)) {
      await this.running.pause()
      await this.commits.done()
      if (entities.length === 0) continue
      this.counts.deletionTracked += entities.length
      this.commits.add([{ dataset, entities }], [])
    }
  }

  private async finish(ends: DatasetPositions): Promise<PumpResult> {
    await this.commits.done()
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
      const marks = await sinkMarks(pipe, settings, this.services.store, this.started)
      datasets.push({ dataset: pipe.sink.dataset, entities: [], ...marks })
    }
    if (this.outside) datasets.push(...(await this.outside.publish()))
    if (pipe.source.reads === 'outside') this.problems.push(...(pipe.source.warnings?.() ?? []))
    await this.commits.last(datasets, states)
    return this.result('done', this.problems)
  }

  private async idle(ends: DatasetPositions): Promise<PumpResult> {
    const { pipe, settings, state, started, services, startIsNews: keepsStart } = this
    const tracking = this.trackingRebuilt ? this.memory.tracking.flush() : null
    const counts = this.options.read
    const run = { pipe, settings, state, ends, started, sink: this.sinkInfo(), counts, keepsStart, tracking }
    const commit = await idleCommit(run, services.store)
    if (commit) await services.store.commit(commit)
    return this.result('done', [])
  }

  private report(): void {
    this.options.progress?.(this.result('running', this.problems))
  }

  result(state: RunState, problems: readonly Problem[] = []): PumpResult {
    const { pipe, counts, kind } = this
    return {
      pipe: pipe.id,
      state,
      ...counts,
      milliseconds: Number((this.now() - this.started) / 1_000_000n),
      problems: problems.map((problem) => locate(problem, { pipe: pipe.id, file: pipe.effective.file })),
      kind,
      retryable: this.retries.keys.length,
    }
  }
}
