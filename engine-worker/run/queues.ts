/** What a pipe has not read yet: how far its positions are behind the datasets it reads and joins. */

import type { PipeFacts } from '../config/project/facts.ts'
import type { DatasetStore } from '../storage/store.ts'
import { type DatasetPositions, positionIn, readPositions } from './sources/item.ts'
import { readState } from './state.ts'

/** What waits to be read, in entity versions. */
export interface PipeQueue {
  readonly source: number
  /** Changes of datasets that hops reach. */
  readonly dependencies: number
}

/**
 * The queue of a pipe, in entity versions: changes of its source datasets, and of the datasets that its hops reach. A
 * pipe that has not run yet has everything before it.
 */
export async function queueOf(store: DatasetStore, { pipe, reads, hops }: PipeFacts): Promise<PipeQueue> {
  const state = await readState(store, pipe)
  const position = readPositions(state?.position ?? null)
  return {
    source: await waitingIn(store, position, reads),
    dependencies: state === null ? 0 : await waitingIn(store, state.dependencies, hops),
  }
}

async function waitingIn(
  store: DatasetStore,
  positions: DatasetPositions,
  datasets: readonly string[],
): Promise<number> {
  let waiting = 0
  for (const dataset of datasets) {
    const info = await store.info(dataset)
    if (!info) continue
    const at = positionIn(positions, dataset)
    const readOn = at !== undefined && at[0] === info.generation
    waiting += readOn ? Math.max(0, info.lastUpdated - at[1]) : info.live + info.deleted
  }
  return waiting
}
