/** What the values of a dataset look like, property by property. */
import { collectProfile, type PropertyProfile } from '../analysis/profile.ts'
import { readEntity } from '../entity/transit.ts'
import { turn } from '../run/turn.ts'
import { capability } from './capability.ts'

interface ProfileAnswer {
  /** Entities that were looked at, and whether these are all that are not deleted. */
  readonly entities: number
  readonly complete: boolean
  readonly properties: readonly PropertyProfile[]
}

/** Entities that are looked at. */
const mostEntities = 100_000

/** The profile of a dataset's entities. */
export const profile = capability(
  'profile',
  'draft',
  async ({ dataset }: { readonly dataset: string }, { host, signal }): Promise<ProfileAnswer> => {
    const collector = collectProfile()
    let looked = 0
    for await (const batch of host.current().store.rows(dataset, { live: true })) {
      for (let at = 0; at < batch.updated.length && looked < mostEntities; at++, looked++)
        collector.add(readEntity(batch.text(at)))
      if (looked >= mostEntities || signal.aborted) break
      // Answers to questions that came meanwhile are not kept waiting.
      await turn()
    }
    const info = await host.current().store.info(dataset)
    return { ...collector.profile(), complete: looked >= (info?.live ?? 0) }
  },
)
