/** Entity types that were discarded: kept as states of the store, with where the datasets ended then. */
import type { OpenPipe } from '../../connectors/open.ts'
import { put } from '../../entity/dict.ts'
import type { JsonObject } from '../../entity/value.ts'
import type { StateWrite } from '../../storage/store.ts'
import type { Instance } from './instance.ts'
import type { RouteCall } from './route.ts'

/** The states of the store that say so begin with this. */
export const discardedSchemas = 'server/schema/'

/** What makes the schemas of a pipe forget what they have seen (the pump operation `discard-inferred-schema`). */
export async function discardSchema(instance: Instance, { effective, runnable }: OpenPipe): Promise<StateWrite> {
  const { source, sink } = runnable
  const datasets = [
    ...(source.reads === 'datasets' ? source.datasets : []),
    ...(sink.writes === 'dataset' ? [sink.dataset] : []),
  ]
  const ends: JsonObject = {}
  for (const dataset of datasets) put(ends, dataset, (await instance.store.info(dataset))?.lastUpdated ?? 0)
  return { key: discardedSchemas + effective.id, value: ends }
}

/** Whether the entity type of a pipe was discarded. */
export async function isDiscarded({ instance }: RouteCall, { effective }: OpenPipe): Promise<boolean> {
  return (await instance.store.state(discardedSchemas + effective.id)) !== undefined
}
