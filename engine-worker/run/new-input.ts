/** What is new to a pipe since it ran, for schedules and signals. */
import type { RunnablePipe } from '../connectors/runtime.ts'
import type { DatasetStore } from '../storage/store.ts'
import { positionIn, readPositions } from './sources/item.ts'
import { readState } from './state.ts'

/** Whether a dataset that a pipe reads or joins has changed since it ran; nothing is news to a pipe without datasets. */
export async function hasNews(pipe: RunnablePipe, store: DatasetStore): Promise<boolean> {
  const state = await readState(store, pipe.id)
  const sources = pipe.source.reads === 'datasets' ? pipe.source.datasets : []
  const joined = pipe.stages.flatMap(({ hops }) => hops.filter(({ tracked }) => tracked).map(({ dataset }) => dataset))
  const seen = [
    { datasets: sources, positions: readPositions(state?.position ?? null) },
    { datasets: joined, positions: state?.dependencies ?? {} },
  ]
  for (const { datasets, positions } of seen) {
    for (const dataset of datasets) {
      const info = await store.info(dataset)
      if ((info?.lastUpdated ?? 0) > (positionIn(positions, dataset)?.[1] ?? 0)) return true
    }
  }
  return false
}
