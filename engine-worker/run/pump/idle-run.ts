/** A run with nothing to read and nothing affected: only positions in tracked datasets and the completeness move. */
import type { RunnablePipe } from '../../connectors/runtime.ts'
import type { IndexedStore } from '../../storage/index/indexed-store.ts'
import type { Commit, DatasetInfo, StateWrite } from '../../storage/store.ts'
import type { Settings } from '../settings.ts'
import { type DatasetPositions, positionIn } from '../sources/item.ts'
import { type PumpState, writeState } from '../state.ts'
import { areNewMarks, sinkMarks } from './populated.ts'

/** What is known of an idle run. */
interface IdleRun {
  readonly pipe: RunnablePipe
  readonly settings: Settings
  readonly state: PumpState
  /** Where the logs of tracked datasets end. */
  readonly ends: DatasetPositions
  /** Nanoseconds since 1970. */
  readonly started: bigint
  /** What is known of the sink's dataset. */
  readonly sink: DatasetInfo | undefined
  /** Whether the run counts towards the next rescan. */
  readonly counts: boolean
  /** Whether its start has to be kept although it did nothing. */
  readonly keepsStart: boolean
  /** States of a tracking that was rebuilt. */
  readonly tracking: readonly StateWrite[] | null
}

/** The commit of an idle run; null where there is nothing to keep. */
export async function idleCommit(run: IdleRun, store: IndexedStore): Promise<Commit | null> {
  const { pipe, settings, state, ends, tracking, counts } = run
  const moved = Object.keys(ends).some(
    (name) => positionIn(ends, name)?.[1] !== positionIn(state.dependencies, name)?.[1],
  )
  const counted = counts && (settings.rescanRunCount ?? settings.partialRescanRunCount) !== null
  const keeps = moved || counted || tracking !== null || run.keepsStart
  const runs = counted ? state.runs + 1 : state.runs
  const states = [...(tracking ?? []), ...(keeps ? [writeState(pipe.id, { ...state, dependencies: ends, runs })] : [])]
  const datasets = []
  if (pipe.sink.writes === 'dataset' && pipe.source.reads === 'datasets') {
    const marks = await sinkMarks(pipe, settings, store, run.started)
    if (areNewMarks(marks, run.sink)) datasets.push({ dataset: pipe.sink.dataset, entities: [], ...marks })
  }
  return states.length + datasets.length > 0 ? { states, datasets } : null
}
