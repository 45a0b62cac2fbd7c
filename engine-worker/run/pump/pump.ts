import type { RunnablePipe } from '../../connectors/runtime.ts'
import { Fault } from '../../problem.ts'
import type { DatasetWrite, StateWrite } from '../../storage/store.ts'
import { wallTime } from '../pump-times.ts'
import { HOUR, outlasts } from '../schedule.ts'
import { type DatasetPositions, endsOf, type SourceReader } from '../sources/item.ts'
import { newState, readState, writeRescanPending, writeState } from '../state.ts'
import { addAffected, affectedLimit, isTrackingStale, rebuildTracking, trackedBy, trackedDatasets } from './affected.ts'
import { breakerTripped } from './breaker.ts'
import { decideRun } from './decision.ts'
import { idleCommit } from './idle-run.ts'
import type { PumpOptions, PumpServices } from './options.ts'
import { PipeRun } from './pipe-run.ts'
import { sinkMarks } from './populated.ts'
import type { PumpResult } from './result.ts'
import { RunStopped } from './stop.ts'

/** Runs a pipe once. Problems are in the result; Cancelled and unexpected errors are thrown. */
export async function runPump(pipe: RunnablePipe, services: PumpServices, options: PumpOptions): Promise<PumpResult> {
  const run = new PumpRun(pipe, services, options, await services.memory(pipe.id), services.overlap(pipe))
  try {
    return await run.run()
  } catch (error) {
    services.dropMemory(pipe.id)
    if (error instanceof Fault) return run.result('failed', [error.problem])
    throw error
  }
}

/** An ordinary run: from where the last one ended, or from the beginning. */
class PumpRun extends PipeRun {
  async run(): Promise<PumpResult> {
    const { pipe, services, settings, options } = this
    if (pipe.needs) return this.result(pipe.needs.severity === 'error' ? 'failed' : 'not-runnable', [pipe.needs])
    const { store } = services
    await this.loadInfos()
    if (settings.requirePopulated?.some((dataset) => !this.infos.get(dataset)?.populated)) return this.result('waiting')
    const before = (await readState(store.store, pipe.id)) ?? newState
    const started = outlasts(pipe) ? wallTime(services.environment) : null
    // An hour later than what is kept, or earlier, by a clock that was set back.
    this.startIsNews = started !== null && Math.abs(started - (before.started ?? 0)) >= HOUR
    this.state = { ...before, started }
    this.retries = this.retriesOf(this.state.retries)
    if (this.state.tripped !== null) return this.result('failed', [breakerTripped({ pipe: pipe.id })])
    const reader = await this.openSource()
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
      this.side.begins(this.state.position)
      const retrying = options.read && !this.side.isBeside && this.retries.keys.length > 0
      if (this.reprocess.size === 0 && !retrying && (await reader.idle(this.state.position)))
        return this.finishIdle(ends)
      this.kind = decision.kind
      full = this.outside?.publishes === true
      if (full) await this.startOver(reader)
    }
    await this.openSink(reader)
    try {
      if (options.read && !this.side.isBeside) this.reprocess.add(this.retries.keys)
      await this.readAll(reader, full)
      await this.drainReprocessQueue(reader)
      if (full) await this.deleteUnseen(reader)
    } catch (error) {
      const stopped = await this.stopped(error)
      services.dropMemory(pipe.id)
      return stopped
    }
    return this.finish(ends)
  }

  private async startOver(reader: SourceReader): Promise<void> {
    this.side.begins(undefined)
    const { commit } = await this.fromTheBeginning(reader)
    await this.services.store.commit(commit)
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
    const states = [...this.memory.tracking.flush(), writeState(pipe.id, this.state), ...this.rescanPendingWrite()]
    const datasets: DatasetWrite[] = []
    if (pipe.sink.writes === 'dataset') {
      const marks = await sinkMarks(pipe, settings, this.services.store, this.started)
      datasets.push({ dataset: pipe.sink.dataset, entities: [], ...marks })
    }
    if (this.outside) datasets.push(...(await this.outside.publish()))
    this.addLastProblems()
    await this.commits.last(datasets, states)
    return this.result('done', this.problems)
  }

  /** A rescan that begins behind this run is known of from the end of this run on. */
  private rescanPendingWrite(): StateWrite[] {
    const isLeft = this.options.rescan === 'left' && this.kind !== 'full'
    return isLeft ? [writeRescanPending(this.pipe.id, true)] : []
  }

  private async finishIdle(ends: DatasetPositions): Promise<PumpResult> {
    const { pipe, settings, state, started, services, startIsNews: keepsStart } = this
    const tracking = this.trackingRebuilt ? this.memory.tracking.flush() : null
    const counts = this.options.read
    const run = { pipe, settings, state, ends, started, sink: this.sinkInfo(), counts, keepsStart, tracking }
    const commit = await idleCommit(run, services.store)
    const left = this.rescanPendingWrite()
    if (commit || left.length > 0) {
      await services.store.commit({ ...commit, states: [...(commit?.states ?? []), ...left] })
    }
    return this.result('done', [])
  }
}
