/**
 * A rescan in the background: a run from the beginning that ordinary runs of the pipe go on beside. It remembers what it
 * finds on its own, takes the place of what was known when it has come to its end, and deletes what did not come out
 * any more. From before its first batch until behind its last deletion it is on record as pending, so that it is started
 * again where the engine has ended meanwhile. See "Rescans" in configuration-pump.rst.
 */
import type { RunnablePipe } from '../../connectors/runtime.ts'
import { Fault } from '../../problem.ts'
import type { DatasetWrite, StateWrite } from '../../storage/store.ts'
import { materializesSource } from '../read.ts'
import { type DatasetPositions, endsOf, type SourceReader } from '../sources/item.ts'
import {
  emptyTrackingState,
  keepInPlaceOf,
  newState,
  type PumpState,
  readState,
  writeRescanPending,
  writeState,
} from '../state.ts'
import { trackedDatasets } from './affected.ts'
import type { PumpOptions, PumpServices } from './options.ts'
import type { RescanSide } from './overlap.ts'
import { PipeRun } from './pipe-run.ts'
import { sinkMarks } from './populated.ts'
import type { PumpResult } from './result.ts'
import { RunStopped } from './stop.ts'

/** Does work while no ordinary run of the pipe is going on. */
export type ExclusiveWork = (work: () => Promise<void>) => Promise<void>

/** Rescans a pipe that has run before. Problems are in the result; Cancelled and unexpected errors are thrown. */
export async function runRescan(
  pipe: RunnablePipe,
  services: PumpServices,
  options: PumpOptions,
  side: RescanSide,
  alone: ExclusiveWork,
): Promise<PumpResult> {
  const run = new RescanRun(pipe, services, options, side, alone)
  try {
    return await run.run()
  } catch (error) {
    if (error instanceof Fault) return run.result('failed', [error.problem])
    throw error
  }
}

class RescanRun extends PipeRun {
  constructor(
    pipe: RunnablePipe,
    services: PumpServices,
    options: PumpOptions,
    private readonly rescan: RescanSide,
    private readonly alone: ExclusiveWork,
  ) {
    super(pipe, services, options, emptyTrackingState(services.store.seed), rescan)
  }

  async run(): Promise<PumpResult> {
    const { pipe, services } = this
    await services.store.commit({ states: [writeRescanPending(pipe.id, true)] })
    await this.loadInfos()
    this.state = (await readState(services.store.store, pipe.id)) ?? newState
    const reader = await this.openSource()
    const ends = await endsOf(services.store, trackedDatasets(pipe))
    await this.fromTheBeginning(reader)
    await this.openSink(reader)
    try {
      await this.readAll(reader, true)
      await this.drainReprocessQueue(reader)
      await this.alone(() => this.replaceState(reader, ends))
      await this.deleteUnseen()
    } catch (error) {
      return await this.stopped(error)
    }
    return this.finish()
  }

  /** The position is that of the ordinary runs until this one has come to its end. */
  protected override keptState(): StateWrite[] {
    return []
  }

  /** Does what was left to the incremental runs and what they have not read, and takes their place. */
  private async replaceState(reader: SourceReader, ends: DatasetPositions): Promise<void> {
    const { pipe, services, rescan, memory } = this
    const { store } = services
    const trackingState = await services.memory(pipe.id)
    const before = (await readState(store.store, pipe.id)) ?? newState
    rescan.close()
    if (canReread(pipe)) {
      await this.readAll(reader, false)
      this.reprocess.add(rescan.skipped)
      this.reprocess.addPersisted(before.again)
      await this.drainReprocessQueue(reader)
    } else for (const key of rescan.touched) memory.tracking.set(key, [], trackingState.tracking.outputs(key))
    const empty = this.emptyCheck.problem(this.settings.failIfEmpty && reader.whole, this.counts.read)
    if (empty) throw new RunStopped(empty)
    await this.commits.done()
    this.state = this.stateBehind(before, ends)
    // Killed in the middle, the next run starts over.
    await store.commit({ states: [writeState(pipe.id, { ...this.state, unfinished: 'again' })] })
    for (const states of keepInPlaceOf(trackingState, memory, pipe.id)) await store.commit({ states })
    await store.commit({ states: [writeState(pipe.id, this.state)] })
    services.setMemory(pipe.id, memory)
  }

  /** What is known behind the rescan. What tracked datasets have changed since it began is found by the next run. */
  private stateBehind(before: PumpState, dependencies: DatasetPositions): PumpState {
    const { fingerprint } = this.settings
    const isTheirs = this.rescan.isOverlapped && !canReread(this.pipe)
    const { position, since } = isTheirs ? before : this.state
    const retries = isTheirs ? { ...before.retries, ...this.retries.kept() } : this.retries.kept()
    const settled = { again: [], unfinished: null, runs: 0, fingerprint, trackedFingerprint: fingerprint }
    const copy = this.rescan.isOverlapped ? before.since : since
    return { ...before, ...settled, position, since: copy, dependencies, retries }
  }

  /** Deletion tracking, a batch at a time between those of incremental runs. */
  private async deleteUnseen(): Promise<void> {
    const { deletions, resolving, services, rescan, commits } = this
    if (!deletions || !resolving) return
    const { dataset } = resolving
    for await (const entities of deletions.unseenIn(services.store.store, dataset)) {
      await this.running.pause()
      const deleteBatch = async () => {
        await commits.done()
        const deleted = rescan.deletable(entities)
        this.counts.deletionTracked += deleted.length
        if (deleted.length > 0) commits.add([{ dataset, entities: deleted }], [])
      }
      if (entities.length > 0) await rescan.turn(deleteBatch, () => commits.done())
    }
  }

  private async finish(): Promise<PumpResult> {
    const { pipe, settings, services, commits } = this
    await commits.done()
    const datasets: DatasetWrite[] = []
    if (pipe.sink.writes === 'dataset') {
      const marks = await sinkMarks(pipe, settings, services.store, this.started)
      datasets.push({ dataset: pipe.sink.dataset, entities: [], ...marks })
    }
    await commits.last(datasets, [writeRescanPending(pipe.id, false)])
    this.addLastProblems()
    return this.result('done', this.problems)
  }
}

/** Whether source entities can be read again one by one. */
function canReread(pipe: RunnablePipe): boolean {
  return pipe.source.reads === 'datasets' || materializesSource(pipe)
}
