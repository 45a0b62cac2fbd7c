/** The history of one entity. */
import { printEntity } from '../entity/transit.ts'
import type { EntityPlace } from '../run/sources/item.ts'
import { capability } from './capability.ts'

/** All versions of an entity as transit texts, newest first. */
export const versions = capability('versions', 'draft', async ({ dataset, id }: EntityPlace, { host }) =>
  (await host.current().store.versions(dataset, id)).map(printEntity),
)
