/** What the values of a dataset look like, property by property, and how much of them a query found. */
import { type CollectedProfile, ProfileCollector, type PropertyProfile } from '../analysis/profile.ts'
import { get } from '../entity/dict.ts'
import { printValue, readEntity } from '../entity/transit.ts'
import { turn } from '../run/turn.ts'
import type { DatasetStore } from '../storage/store.ts'
import { type CallContext, capability } from './capability.ts'
import type { RowsRequest } from './windows.ts'

/** Which properties of which dataset. */
interface ProfileRequest {
  readonly dataset: string
  readonly properties: readonly string[]
  /** What is told apart from the rest; without it everything counts as found. */
  readonly query?: Pick<RowsRequest, 'search' | 'filters'>
}

interface ProfileAnswer {
  /** Entities that are not deleted, and those of them that the query found. */
  readonly entities: number
  readonly found: number
  /** In the order in which they were asked for; of properties that no entity has, too. */
  readonly properties: readonly PropertyProfile[]
}

/** About so many values are looked at in one pass, so that what is collected stays small. */
const VALUES_OF_A_PASS = 1_000_000
/** Longer values are cut. */
const LONGEST_VALUE = 200

/** The profile of a dataset's properties. Tells of each as soon as it is known; stops when it is not wanted any more. */
export const profile = capability(
  'profile',
  'draft',
  async (request: ProfileRequest, { host, onEvent, signal }: CallContext<ProfileAnswer>): Promise<ProfileAnswer> => {
    const { store, windows } = host.current()
    const { dataset, properties, query } = request
    const found = query ? await windows.versions({ dataset, ...query }) : null
    const live = (await store.info(dataset))?.live ?? 0
    const inOnePass = Math.max(1, Math.floor(VALUES_OF_A_PASS / Math.max(1, live)))
    const all: PropertyProfile[] = []
    let counts = { entities: live, found: found?.length ?? live }
    for (let from = 0; from < properties.length && !signal.aborted; from += inOnePass) {
      const part = properties.slice(from, from + inOnePass)
      const pass = await profilesOf(store, dataset, part, found, signal)
      counts = { entities: pass.entities, found: pass.found }
      all.push(...pass.properties)
      onEvent({ ...counts, properties: all })
    }
    return { ...counts, properties: all }
  },
)

async function profilesOf(
  store: DatasetStore,
  dataset: string,
  properties: readonly string[],
  found: ArrayLike<number> | null,
  signal: AbortSignal,
): Promise<ProfileAnswer> {
  const collectors = properties.map((property) => ({ property, collector: new ProfileCollector(property) }))
  let entities = 0
  let foundEntities = 0
  let place = 0
  for await (const batch of store.rows(dataset, { live: true })) {
    for (let at = 0; at < batch.updated.length; at++) {
      const updated = batch.updated[at] ?? 0
      // Both are in the order of the log.
      while (found && place < found.length && (found[place] ?? 0) < updated) place++
      const isFound = !found || found[place] === updated
      entities++
      if (isFound) foundEntities++
      for (const { property, collector } of collectors) collector.add(batch.value(at, property), updated, isFound)
    }
    if (signal.aborted) break
    // Answers to questions that came meanwhile are not kept waiting.
    await turn()
  }
  const profiles: PropertyProfile[] = []
  for (const { collector } of collectors) profiles.push(await withValues(store, dataset, collector.profile()))
  return { entities, found: foundEntities, properties: profiles }
}

/** Reads the commonest values where they came first. */
async function withValues(store: DatasetStore, dataset: string, profile: CollectedProfile): Promise<PropertyProfile> {
  const texts = await store.textsAt(
    dataset,
    profile.top.map(({ first }) => first),
  )
  const top = profile.top.flatMap(({ all, found }, place) => {
    const text = texts[place]
    if (typeof text !== 'string') return []
    const value = get(readEntity(text), profile.name)
    return value === undefined ? [] : [{ value: printValue(value).slice(0, LONGEST_VALUE), all, found }]
  })
  return { ...profile, top }
}
