/**
 * Source entities that changes of other datasets concern (dependency tracking): which ones, when they are too many, and
 * how they become known where the configuration has changed. See hops.rst and configuration-pipes.rst.
 */
import { declaredKind } from '../../config/model/declared.ts'
import type { RunnablePipe } from '../../connectors/runtime.ts'
import { Fault, type Problem } from '../../problem.ts'
import type { IndexedStore } from '../../storage/index/indexed-store.ts'
import { passThrough } from '../chain.ts'
import type { PipeRunContext } from '../context.ts'
import { dependencyThreshold, manyDependencies } from '../problems.ts'
import type { Settings } from '../settings.ts'
import { type DatasetPositions, endsOf, positionIn, type SourceReader, type SourceRecord } from '../sources/item.ts'
import type { PumpState } from '../state.ts'
import type { Tracking } from '../tracking.ts'

/** The datasets whose changes concern source entities of a pipe. */
export function trackedDatasets({ stages }: RunnablePipe): readonly string[] {
  const tracked = stages.flatMap(({ hops }) => hops.filter((hop) => hop.tracked))
  return [...new Set(tracked.map(({ dataset }) => dataset))]
}

/**
 * Adds the keys of the source entities that changes concern which were written between two positions of the tracked
 * datasets. A dataset that has been replaced since concerns everything that looked into it.
 */
export async function addAffected(
  store: IndexedStore,
  tracking: Tracking,
  before: DatasetPositions,
  ends: DatasetPositions,
  keys: Set<string>,
): Promise<void> {
  for (const dataset of tracking.datasets()) {
    const end = positionIn(ends, dataset) ?? positionIn(await endsOf(store, [dataset]), dataset) ?? [0, 0]
    const from = positionIn(before, dataset)
    if (from && from[1] > 0 && from[0] !== end[0]) tracking.dependentsOf(dataset, keys)
    else if (end[1] > (from?.[1] ?? 0)) await tracking.affected(store, dataset, from?.[1] ?? 0, keys)
  }
}

/** The warning where many source entities are affected; a Fault where there are more than the pipe allows. */
export function affectedLimit(pipe: string, count: number, { warnAt, failAt }: Settings): Problem | null {
  if (count > failAt) throw new Fault(dependencyThreshold({ pipe, count, limit: failAt }, { pipe }))
  return count > warnAt ? manyDependencies({ pipe, count, limit: warnAt }) : null
}

/**
 * Whether look-ups were recorded by another configuration while the pipe goes on where it was (`reprocessing_policy`):
 * changes of a dataset that is joined now concern entities that were read before it was.
 */
export function isTrackingStale({ trackedFingerprint, position }: PumpState, { fingerprint }: Settings): boolean {
  return trackedFingerprint !== fingerprint && position !== null
}

/** The state of a pipe whose look-ups are recorded by its present configuration. */
export function trackedBy(state: PumpState, { fingerprint }: Settings, ends: DatasetPositions): PumpState {
  return { ...state, trackedFingerprint: fingerprint, dependencies: { ...ends, ...state.dependencies } }
}

/** Records anew what each source entity looks up, where that can be found out without asking a server. */
export async function rebuildTracking(
  pipe: RunnablePipe,
  reader: SourceReader,
  running: PipeRunContext,
  tracking: Tracking,
  batch: number,
): Promise<void> {
  const pure = pipe.stages.every(({ type }) => declaredKind('transform', type)?.sendsRequests !== true)
  if (pipe.source.reads !== 'datasets' || !pure) return
  for await (const items of itemsOf(reader, batch)) {
    for (const { item, lookups } of await passThrough(pipe.stages, items, running, null)) {
      if (!item.gone) tracking.set(item.key, lookups, tracking.outputs(item.key))
    }
  }
}

/** Everything that a source gives, in batches. */
async function* itemsOf(reader: SourceReader, batch: number): AsyncIterable<readonly SourceRecord[]> {
  if (!reader.keys) {
    for await (const { items } of reader.changes(null)) yield items
    return
  }
  const keys = [...reader.keys()]
  for (let from = 0; from < keys.length; from += batch) yield await reader.fetch(keys.slice(from, from + batch))
}
