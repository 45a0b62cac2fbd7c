/** The entities on both sides of a pipe, from which their types are inferred; hub/features/schema-inference.rst. */
import { declaredKind } from '../config/model/declared.ts'
import { flagSetting } from '../config/model/setting.ts'
import type { PipePlace } from '../config/project/schema-models.ts'
import type { OpenPipe } from '../connectors/open.ts'
import type { Entity } from '../entity/value.ts'
import { type FollowOptions, followPipe, hasNoPump } from '../run/follow.ts'
import { readState } from '../run/state.ts'
import type { DatasetStore } from '../storage/store.ts'

/** On which side of a pipe. */
export type EntitySide = 'source' | 'sink'

/** Where the entities of one side are: in a dataset, or nowhere until the pipe is followed through so many stages. */
export type SidePlace =
  | { readonly is: 'dataset'; readonly dataset: string }
  | { readonly is: 'followed'; readonly stages: number }
  | { readonly is: 'unknown' }

/** Where the entities of one side of a pipe are. */
export function placeOfSide({ effective, runnable }: OpenPipe, side: EntitySide): SidePlace {
  const { source, sink, stages } = runnable
  if (side === 'sink') {
    if (sink.writes === 'dataset') return { is: 'dataset', dataset: sink.dataset }
    return { is: 'followed', stages: stages.length }
  }
  const kind = declaredKind('source', effective.source.type)
  const asTheyAre = kind?.readsDatasets === 'log' && kind.prefixesIds !== true
  const [dataset] = source.reads === 'datasets' ? source.datasets : []
  if (source.reads === 'datasets' && source.datasets.length === 1 && dataset !== undefined && asTheyAre)
    return { is: 'dataset', dataset }
  // What was pushed is kept by the sink alone, as it came where nothing is transformed.
  if (kind?.receivesPushes === true) {
    const isKept = sink.writes === 'dataset' && stages.length === 0
    return isKept ? { is: 'dataset', dataset: sink.dataset } : { is: 'unknown' }
  }
  return { is: 'followed', stages: 0 }
}

/** What a pipe reads and writes, as its implicit models see it. */
export function pipePlace({ runnable: { source, sink } }: OpenPipe): PipePlace {
  return { readsDatasets: source.reads === 'datasets', writesDataset: sink.writes === 'dataset' }
}

/** `infer_pipe_entity_types` of the pipe or of all pipes. */
export function infersTypes({ effective }: OpenPipe): boolean {
  const name = 'infer_pipe_entity_types'
  return flagSetting(effective.config, name, flagSetting(effective.defaults, name, true))
}

/** Whether a pipe has shown entities: it has run, or needs no run. */
export async function hasShownEntities(store: DatasetStore, { effective, runnable }: OpenPipe): Promise<boolean> {
  return hasNoPump(runnable) || (await readState(store, effective.id)) !== null
}

/** What comes out of the first stages of a pipe, without a request to anybody; at most `limit` entities. */
export async function* followedEntities(
  { runnable }: OpenPipe,
  options: Omit<FollowOptions, 'position' | 'fetch' | 'stages'>,
  stages: number,
  limit: number,
): AsyncIterable<Entity> {
  let left = limit
  if (left <= 0) return
  const follow = { ...options, fetch: null, stages: runnable.stages.slice(0, stages), position: null }
  for await (const batch of followPipe(runnable, follow)) {
    for (const { outputs } of batch) {
      for (const { state, entity } of outputs) {
        if (state !== 'out' || !entity) continue
        yield entity
        if (--left <= 0) return
      }
    }
  }
}
