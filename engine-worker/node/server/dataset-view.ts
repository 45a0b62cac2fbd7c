/** Datasets as the node's API shows them. */
import { textListSetting } from '../../config/model/setting.ts'
import type { JsonObject } from '../../entity/value.ts'
import { settingsOf } from '../../run/settings.ts'
import type { DatasetInfo } from '../../storage/store.ts'
import { LogCounts } from '../metrics/log-counts.ts'
import type { Instance } from './instance.ts'
import { perInstance } from './per-instance.ts'

/** The counts of logs that an instance has made already. */
export const logCountsOf = perInstance(({ store }) => new LogCounts(store))

/** A dataset with its counts; `count-index-exists` counts deleted ids too, as Sesam's does. */
export async function datasetJson(instance: Instance, info: DatasetInfo): Promise<JsonObject> {
  const writer = instance.datasets.writerOf(info.name)
  const settings = writer ? settingsOf(writer.runnable) : null
  const breaker = settings !== null && (settings.breakerCount !== null || settings.breakerFactor !== null)
  return {
    _id: info.name,
    runtime: {
      populated: info.populated,
      'count-index-exists': info.live + info.deleted,
      'count-index-deleted': info.deleted,
      'count-log-exists': info.versions,
      'count-log-deleted': (await logCountsOf(instance).of(info.name)).deleted,
      'last-modified': await lastModified(instance, info),
      'has-circuit-breaker': breaker,
      'circuit-breaker-tripped': breaker && info.pendingSince !== null,
      storage: info.bytes,
      origin: info.name.startsWith('system:') ? 'system' : 'user',
    },
    config: { indexes: writer ? [...(textListSetting(writer.effective.sink.config, 'indexes') ?? [])] : [] },
  }
}

/** When the last version was written, in UTC; null where there is none. */
export async function lastModified({ store }: Instance, { name }: DatasetInfo): Promise<string | null> {
  for await (const [last] of store.scan(name, { reverse: true, history: true, batch: 1 }))
    if (last) return new Date(Number(last._ts) / 1000).toISOString()
  return null
}
