/**
 * Compaction of the datasets that pipes fill, and of their execution logs: how many versions stay, and for how long, by
 * the pipe's `compaction` property and the defaults of the node. No version that a consumer still needs goes. See
 * features/compaction-feature.rst and `global_defaults` in configuration-metadata.rst.
 */

import { flagSetting, numberSetting, objectSetting } from '../config/model/setting.ts'
import { executionLog } from '../config/project/system-datasets.ts'
import type { RunnablePipe } from '../connectors/runtime.ts'
import { get } from '../entity/dict.ts'
import type { JsonObject } from '../entity/value.ts'
import type { Compaction, DatasetInfo, DatasetStore } from '../storage/store.ts'
import { positionIn, readPositions } from './sources/item.ts'
import { readState } from './state.ts'

const SECOND = 1000
const HOUR = 3600 * SECOND
const DAY = 24 * HOUR
/** Small logs are kept as the configuration says; otherwise fewer superfluous versions are not worth rewriting a log for. */
const SMALL_LOG_VERSIONS = 10_000
const MIN_REMOVABLE_VERSIONS = 1000
/** Days that an execution log keeps at least. */
const MIN_LOG_HOURS = 30 * 24

/** What a pipe's configuration says of compaction, with the defaults of the node and of Sesam. */
interface CompactionPolicy {
  /** `sink`: with the runs of the pipe; `background`: once a day; null: never. */
  readonly when: 'sink' | 'background' | null
  /** Seconds between compactions with the runs. */
  readonly interval: number
  /** By what factor the log must have grown for a compaction in the background. */
  readonly growth: number
  readonly keepVersions: number
  /** Whether the configuration says how many versions, or how old, and not only Sesam's defaults. */
  readonly asked: boolean
  readonly olderThanHours: number | null
  readonly deletesOlderThanHours: number | null
  readonly retract: boolean
  /** Hours that the execution log goes back. */
  readonly logHours: number
}

/** The policy of a pipe. */
function policyOf({ effective }: RunnablePipe): CompactionPolicy {
  const own = objectSetting(effective.config, 'compaction')
  const { defaults } = effective
  const ownOrDefault = (key: string) => countOf(own, key) ?? countOf(defaults, `compaction_${key}`)
  const inSink = flagSetting(own, 'sink', get(defaults, 'default_compaction_type') !== 'background')
  const olderThanHours = ownOrDefault('time_threshold_hours')
  return {
    when: inSink ? 'sink' : flagSetting(own, 'automatic', true) ? 'background' : null,
    interval: countOf(own, 'compaction_interval') ?? countOf(defaults, 'compaction_interval') ?? 0,
    growth: Math.max(1, ownOrDefault('growth_threshold') ?? 1),
    // Without an age, nothing would be left of an entity.
    keepVersions: Math.max(olderThanHours === null ? 1 : 0, ownOrDefault('keep_versions') ?? 2),
    asked: olderThanHours !== null || ownOrDefault('keep_versions') !== null,
    olderThanHours,
    deletesOlderThanHours: countOf(own, 'ttl_deletes_hours'),
    retract: flagSetting(own, 'retract') === true,
    logHours: Math.max(MIN_LOG_HOURS, ownOrDefault('time_threshold_hours_pump') ?? MIN_LOG_HOURS),
  }
}

/** When a log was compacted the last time in this session, and how many versions it had then. */
interface LastCompaction {
  readonly at: number
  readonly versions: number
}

/** Compacts as the runs of a session go on. */
export class Compactor {
  private readonly lastCompactions = new Map<string, LastCompaction>()

  /** `onRemoved` is called with the number of versions that were removed from a pipe's dataset. */
  constructor(
    private readonly store: DatasetStore,
    private readonly onRemoved: (pipe: string, versions: number) => Promise<void> = async () => undefined,
  ) {}

  /** After a run of a pipe: its dataset and its execution log, where that is due. `now` in milliseconds since 1970. */
  async after(pipe: RunnablePipe, pipes: readonly RunnablePipe[], now: number): Promise<void> {
    const policy = policyOf(pipe)
    if (pipe.sink.writes === 'dataset') {
      const { dataset } = pipe.sink
      const info = await this.store.info(dataset)
      if (info && isDue(info, policy, this.lastCompactions.get(dataset), now)) {
        const consumed = await consumedUpTo(dataset, pipes, this.store)
        const removed = await this.compact(dataset, compactionOf(policy, now, consumed), now)
        if (removed > 0) await this.onRemoved(pipe.id, removed)
      }
    }
    const log = executionLog(pipe.id)
    const last = this.lastCompactions.get(log)
    if ((last && now - last.at < DAY) || !(await this.store.info(log))) return
    const consumed = await consumedUpTo(log, pipes, this.store)
    await this.compact(log, { keepVersions: 0, olderThan: now - policy.logHours * HOUR, consumedUpTo: consumed }, now)
  }

  private async compact(dataset: string, compaction: Compaction, now: number): Promise<number> {
    const { removed } = await this.store.compact(dataset, compaction)
    this.lastCompactions.set(dataset, { at: now, versions: (await this.store.info(dataset))?.versions ?? 0 })
    return removed
  }
}

function isDue(info: DatasetInfo, policy: CompactionPolicy, last: LastCompaction | undefined, now: number): boolean {
  if (policy.when === null) return false
  if (last && now - last.at < (policy.when === 'sink' ? policy.interval * SECOND : DAY)) return false
  if (last && policy.when === 'background' && info.versions < policy.growth * last.versions) return false
  if (policy.retract || policy.deletesOlderThanHours !== null || policy.keepVersions < 1) return true
  const kept = policy.keepVersions * (info.live + info.deleted)
  const exactly = policy.asked && info.versions <= SMALL_LOG_VERSIONS
  return info.versions > kept + (exactly ? 0 : Math.max(MIN_REMOVABLE_VERSIONS, 0.2 * kept))
}

/** The store's settings for a policy. */
function compactionOf(policy: CompactionPolicy, now: number, consumed: number): Compaction {
  const { keepVersions, olderThanHours: age, deletesOlderThanHours: deletes, retract } = policy
  return {
    keepVersions,
    ...(age === null ? {} : { olderThan: now - age * HOUR }),
    ...(deletes === null ? {} : { deletesOlderThan: now - deletes * HOUR }),
    ...(retract ? { retract: true } : {}),
    consumedUpTo: consumed,
  }
}

function countOf(settings: JsonObject, key: string): number | null {
  const value = numberSetting(settings, key)
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
