/**
 * One run of one pipe: read a batch, pass it through the stages, resolve what the sink has to write, commit it together
 * with the position and the tracking; then the source entities that changes of other datasets concern; at the end of a
 * run from the beginning, the deletion of what did not come out any more. How it begins is decided in decision.ts.
 *
 * See configuration-pump.rst, and product.md section 3 for what an incremental run promises.
 */
import { declaredKind } from '../../config/model/declared.ts'
import type { RunnablePipe } from '../../connectors/runtime.ts'
import { breakerTrippedByRule } from '../../dtl/functions/control.ts'
import type { Entity } from '../../entity/value.ts'
import { locate, type Problem } from '../../problem.ts'
import type { DatasetInfo, DatasetWrite, StateWrite } from '../../storage/store.ts'
import type { ProcessResult } from '../chain.ts'
import { completenessOf, heldBack } from '../completeness.ts'
import { Lookups, PipeRunContext } from '../context.ts'
import { tooSlow } from '../problems.ts'
import type { RunState } from '../progress.ts'
import { openReader } from '../read.ts'
import { type Settings, settingsOf } from '../settings.ts'
import { piecesOf, type SourceBatch, type SourceReader, type SourceRecord, withoutGone } from '../sources/item.ts'
import { newState, type PumpState, type TrackingState, writeState } from '../state.ts'
import { BatchQueue, type BegunBatch } from './batch-queue.ts'
import { BatchTransform } from './batch-transform.ts'
import { breakerOf } from './breaker.ts'
import { CommitQueue } from './commit-queue.ts'
import { newCounts } from './counts.ts'
import type { DeletionTracking } from './deletion-tracking.ts'
import { EmptyCheck } from './empty-check.ts'
import { IdForms } from './id-forms.ts'
import type { PumpOptions, PumpServices } from './options.ts'
import { OutsideWriter } from './outside-writer.ts'
import type { RunSide } from './overlap.ts'
import { PartCalls } from './part-calls.ts'
import { refreshSource } from './refresh-source.ts'
import { ReprocessQueue } from './reprocess-queue.ts'
import { type ResolveContext, type ResolvedOutputs, resolveContextOf, resolveOutputs } from './resolve-outputs.ts'
import type { PumpResult } from './result.ts'
import { Retries } from './retries.ts'
import { type StartOverResult, startOver } from './start-over.ts'
import { RunStopped } from './stop.ts'
import { acceptConditions } from './write-conditions.ts'

/** What every run of a pipe that reads and writes is made of. */
export abstract class PipeRun {
  protected readonly settings: Settings
  protected readonly running: PipeRunContext
  private readonly lookups: Lookups
  protected readonly problems: Problem[] = []
  protected readonly counts = newCounts()
  protected readonly commits: CommitQueue
  protected readonly started: bigint
  protected readonly outside: OutsideWriter | null
  protected resolving: ResolveContext | null = null
  protected state: PumpState = newState
  protected kind: PumpResult['kind'] = 'nothing'
  protected deletions: DeletionTracking | null = null
  protected readonly reprocess = new ReprocessQueue()
  protected readonly emptyCheck: EmptyCheck
  protected trackingRebuilt = false
  /** Whether the last start that was kept is so old that a run without anything to do has to keep its own. */
  protected startIsNews = false
  protected readonly calls: PartCalls
  private readonly transforms: BatchTransform
  protected retries: Retries
  protected idForms: IdForms | null = null
  protected infos = new Map<string, DatasetInfo>()
  private previousOf: ((item: SourceRecord) => Promise<Entity | null>) | null = null

  constructor(
    protected readonly pipe: RunnablePipe,
    protected readonly services: PumpServices,
    protected readonly options: PumpOptions,
    protected readonly memory: TrackingState,
    protected readonly side: RunSide,
  ) {
    this.settings = settingsOf(pipe)
    this.retries = this.retriesOf({})
    this.started = this.now()
    this.lookups = new Lookups(services.store, memory.tracking)
    const completeness = (via: string, dataset: string) => completenessOf(this.infos.get(via), dataset)
    const { environment, fetch } = services
    this.running = new PipeRunContext(pipe, environment, this.lookups, options.signal, fetch, completeness)
    options.log.tokens = this.running.tokens
    options.log.waits = this.running.waits
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

  /** The result of a run that stopped at a source entity; throws what is anything else. */
  protected async stopped(error: unknown): Promise<PumpResult> {
    await this.commits.done()
    if (!(error instanceof RunStopped)) throw error
    if (error.problem.code === breakerTrippedByRule.code) await this.commits.trip()
    return { ...this.result('failed', [...this.problems, error.problem]), ...error.exception }
  }

  protected async loadInfos(): Promise<void> {
    for (const info of await this.services.store.store.list()) this.infos.set(info.name, info)
  }

  /** Brings the kept copy of a source up to date, where there is one, and opens the source. */
  protected async openSource(): Promise<SourceReader> {
    const { pipe, options, running, side } = this
    const { store } = this.services
    const refreshed = await refreshSource({ pipe, state: this.state, options, running, calls: this.calls, side }, store)
    this.state = { ...this.state, since: refreshed }
    return openReader(pipe, {
      store,
      components: this.memory.components,
      running,
      batch: this.batchSize,
      wanted: options.read,
      heldBack: () => heldBack(pipe, this.infos, running),
    })
  }

  /** Source entities a batch. It is the pipe's own `batch_size` where that can be seen in what comes out. */
  private get batchSize(): number {
    const { maxSecondsPerEntity, seesOwnOutput, batchSize } = this.settings
    return maxSecondsPerEntity !== null || seesOwnOutput ? batchSize : this.services.batch
  }

  protected retriesOf(known: PumpState['retries']): Retries {
    return new Retries(this.settings, known, this.options.log, () => this.now())
  }

  /** The state of a run from the beginning; gives what has to be committed first where it replaces all that was known. */
  protected async fromTheBeginning(reader: SourceReader): Promise<Pick<StartOverResult, 'commit'>> {
    const { pipe, memory, settings, state, outside } = this
    this.kind = 'full'
    this.reprocess.clear()
    const { seed } = this.services.store
    const restarted = await startOver({ pipe, settings, state, reader, memory, outside, sink: this.sinkInfo(), seed })
    this.state = restarted.state
    this.deletions = restarted.deletions
    this.retries = this.retriesOf({})
    return restarted
  }

  /** What was known of the sink's dataset before the run. */
  protected sinkInfo(): DatasetInfo | undefined {
    const { sink } = this.pipe
    return sink.writes === 'dataset' ? this.infos.get(sink.dataset) : undefined
  }

  protected async openSink(reader: SourceReader): Promise<void> {
    const { pipe, services, memory, settings } = this
    this.previousOf = pipe.stages.some(({ usesPrevious }) => usesPrevious)
      ? (reader.previous?.bind(reader) ?? null)
      : null
    if (pipe.sink.writes !== 'dataset') return
    const { dataset } = pipe.sink
    this.idForms = new IdForms(services.store.store, dataset)
    this.commits.open(dataset, await breakerOf(pipe.id, dataset, settings, this.infos.get(dataset), services.store))
    this.resolving = resolveContextOf(pipe, dataset, {
      store: services.store,
      reader,
      tracking: memory.tracking,
      trackChildren: settings.trackChildren,
    })
  }

  /** Reads the source to its end, from where it was again after an error. */
  protected async readAll(reader: SourceReader, full: boolean): Promise<void> {
    let changes: AsyncIterator<SourceBatch> | null = null
    const batchQueue = new BatchQueue(this.transforms.ahead, (batch) => this.processBatch(batch))
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
      if (next.done) return batchQueue.finish()
      const batch = full && reader.history !== true ? withoutGone(next.value) : next.value
      this.counts.read += batch.items.length
      for (const piece of this.settings.seesOwnOutput ? piecesOf(batch, this.batchSize) : [batch]) {
        await batchQueue.add(await this.beginBatch(piece))
      }
      if (this.side.isBehind(batch.position)) return batchQueue.finish()
    }
  }

  private now(): bigint {
    return this.services.environment.now()
  }

  /** Starts to transform a batch. */
  private async beginBatch(batch: SourceBatch): Promise<BegunBatch> {
    this.lookups.forget()
    // What the batch before has written is there to be looked up.
    if (this.settings.seesOwnOutput) await this.commits.done()
    return this.transforms.begin(batch, this.previousOf)
  }

  private async processBatch(batch: BegunBatch): Promise<void> {
    const { items, position, before, processed: work } = batch
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
    const writeBatch = () => this.writeProcessed(batch, this.side.current(processed))
    await this.side.turn(writeBatch, () => this.commits.done())
  }

  /** Writes what came of a batch, together with what the run knows behind it. */
  private async writeProcessed(
    { position, states: more }: BegunBatch,
    processed: readonly ProcessResult[],
  ): Promise<void> {
    const { outside } = this
    const sent = outside ? await this.calls.guarded(() => outside.send(processed, this.running)) : processed
    const { ready, stop, problems } = this.retries.judge(sent)
    for (const problem of problems) this.problems.push(problem)
    if (!stop && position !== null) this.state = { ...this.state, position }
    this.state = { ...this.state, retries: this.retries.kept() }
    // What the source remembers of a batch belongs to the whole of it.
    const states = () => [...this.memory.tracking.flush(), ...(stop ? [] : (more?.() ?? [])), ...this.keptState()]
    await this.writeReady(ready, states, stop === null)
    if (stop) throw new RunStopped(stop.problem, stop.entity)
  }

  /** What is kept of the run behind each batch. */
  protected keptState(): StateWrite[] {
    return [writeState(this.pipe.id, this.state)]
  }

  /** `isWhole`: all of the batch is in it, so that the position goes on behind it. */
  private async writeReady(
    ready: readonly ProcessResult[],
    states: () => StateWrite[],
    isWhole: boolean,
  ): Promise<void> {
    const letters = await this.retries.deadLetters((dataset, ids) => this.services.store.store.lookup(dataset, ids))
    const events = await this.options.log.writes(this.kind, this.now())
    const more = letters ? [letters, ...events] : events
    if (this.outside) {
      for (const { item, lookups } of ready) this.memory.tracking.set(item.key, lookups, null)
      this.counts.changed += await this.outside.commit(ready, this.counts, more, states(), isWhole)
      this.report()
      return
    }
    if (!this.resolving) return
    const resolved = await this.calls.timed('sink', resolveOutputs(ready, this.resolving))
    this.recordResolved(resolved)
    const { dataset } = this.resolving
    const entities = this.side.allowed(resolved.entities, resolved.seen)
    await this.idForms?.look(entities)
    const write: DatasetWrite = { dataset, entities, ...acceptConditions(this.settings, this.resolving) }
    this.commits.add(entities.length > 0 ? [write, ...more] : more, states())
  }

  /** Adds the problems that only the whole run shows. */
  protected addLastProblems(): void {
    const alike = this.idForms?.problem(this.pipe.id)
    if (alike) this.problems.push(alike)
    if (this.pipe.source.reads === 'outside') this.problems.push(...(this.pipe.source.warnings?.() ?? []))
  }

  private recordResolved(resolved: ResolvedOutputs): void {
    for (const problem of resolved.problems) this.problems.push(problem)
    this.reprocess.addPersisted(resolved.reprocess)
    this.state = { ...this.state, again: this.reprocess.persisted }
    this.counts.filtered += resolved.filtered
    this.deletions?.add(resolved.seen)
  }

  protected async drainReprocessQueue(reader: SourceReader): Promise<void> {
    while (this.reprocess.size > 0) {
      const items = await reader.fetch(this.reprocess.take(this.batchSize))
      this.counts.reprocessed += items.length
      await this.processBatch(await this.beginBatch({ items, position: null }))
      await this.commits.done()
    }
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
