/**
 * Compaction of the datasets that pipes fill: how many versions stay, and for how long, by the pipe's `compaction`
 * property. No version that a consumer still needs goes. See features/compaction-feature.rst.
 */
import type { Compaction, DatasetInfo, DatasetStore } from '../datasets/store.ts'
import { get } from '../entity/dict.ts'
import { isObject, type JsonObject } from '../entity/value.ts'
import type { RunnablePipe } from '../pipe/runtime.ts'
import { amount } from '../pipe/setting.ts'
import { positionIn, readPositions } from './sources/item.ts'
import { readState } from './state.ts'

const HOUR = 3_600_000
/** Fewer superfluous versions than this are not worth rewriting a log for. */
const WORTH_IT = 1000

/** Compacts the dataset of a pipe where enough has gathered; gives how many versions went. */
export async function compactSink(
  pipe: RunnablePipe,
  pipes: readonly RunnablePipe[],
  store: DatasetStore,
  now: number,
): Promise<number> {
  if (pipe.sink.writes !== 'dataset') return 0
  const { dataset } = pipe.sink
  const settings = settingsOf(pipe)
  const info = await store.info(dataset)
  if (!settings || !info || !isDue(info, settings)) return 0
  const { removed } = await store.compact(
    dataset,
    compactionOf(settings, now, await consumedUpTo(dataset, pipes, store)),
  )
  return removed
}

/** The settings in effect, or null where the pipe has switched compaction off. */
function settingsOf({ effective }: RunnablePipe): JsonObject | null {
  const defaults = get(effective.defaults, 'compaction')
  const own = get(effective.config, 'compaction')
  const settings = { ...(isObject(defaults) ? defaults : {}), ...(isObject(own) ? own : {}) }
  return settings.automatic === false && settings.sink === false ? null : settings
}

function isDue(info: DatasetInfo, settings: JsonObject): boolean {
  if (settings.retract === true || countOf(settings, 'ttl_deletes_hours') !== null) return true
  const kept = Math.max(1, countOf(settings, 'keep_versions') ?? 2) * (info.live + info.deleted)
  return info.versions > kept + Math.max(WORTH_IT, 0.2 * kept)
}

/** The store's settings for a pipe's. */
export function compactionOf(settings: JsonObject, now: number, consumed: number): Compaction {
  const age = countOf(settings, 'time_threshold_hours')
  const deletes = countOf(settings, 'ttl_deletes_hours')
  return {
    keepVersions: Math.max(age === null ? 1 : 0, countOf(settings, 'keep_versions') ?? 2),
    ...(age === null ? {} : { olderThan: now - age * HOUR }),
    ...(deletes === null ? {} : { deletesOlderThan: now - deletes * HOUR }),
    ...(settings.retract === true ? { retract: true } : {}),
    consumedUpTo: consumed,
  }
}

function countOf(settings: JsonObject, key: string): number | null {
  const value = amount(settings, key)
  return value !== undefined && value >= 0 ? value : null
}

/** The least position of all pipes that read or join a dataset; those that never ran will start with what there is. */
export async function consumedUpTo(
  dataset: string,
  pipes: readonly RunnablePipe[],
  store: DatasetStore,
): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (const pipe of pipes) {
    const reads = pipe.source.reads === 'datasets' && pipe.source.datasets.includes(dataset)
    const joins = pipe.stages.some(({ hops }) => hops.some((hop) => hop.tracked && hop.dataset === dataset))
    if (!reads && !joins) continue
    const state = await readState(store, pipe.id)
    if (!state) continue
    if (reads) least = Math.min(least, positionIn(readPositions(state.position), dataset)?.[1] ?? 0)
    if (joins) least = Math.min(least, positionIn(state.dependencies, dataset)?.[1] ?? 0)
  }
  return least
}
