/** What the values of a dataset look like, property by property, and how much of them a query found. */
import { type CollectedProfile, type PropertyProfile, profileOfColumn } from '../analysis/profile.ts'
import { get } from '../entity/dict.ts'
import { printValue, readEntity } from '../entity/transit.ts'
import type { DatasetStore } from '../storage/store.ts'
import { type CallContext, capability } from './capability.ts'
import type { KeptRows } from './kept-columns.ts'
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
  /** Entities that were looked at: fewer than `entities` while a large dataset is read for the first time. */
  readonly read: number
  /** In the order in which they were asked for; of properties that no entity has, too. */
  readonly properties: readonly PropertyProfile[]
}

/** About how many values are looked at in one pass, which bounds the memory. */
const VALUES_PER_PASS = 4_000_000
/** Longer values are cut. */
const MAX_VALUE_LENGTH = 200

/** The profile of a dataset's properties. Tells of each as soon as it is known; stops when it is not wanted any more. */
export const profile = capability(
  'profile',
  'draft',
  async (request: ProfileRequest, { host, onEvent, signal }: CallContext<ProfileAnswer>): Promise<ProfileAnswer> => {
    const { store, windows, columns } = host.current()
    const { dataset, properties, query } = request
    const found = query ? await windows.versions({ dataset, ...query }) : null
    const live = (await store.info(dataset))?.live ?? 0
    const inOnePass = Math.max(1, Math.floor(VALUES_PER_PASS / Math.max(1, live)))
    const all: PropertyProfile[] = []
    let counts = { entities: live, found: found?.length ?? live, read: live }
    for (let from = 0; from < properties.length && !signal.aborted; from += inOnePass) {
      const part = properties.slice(from, from + inOnePass)
      const reportProfiles = async (rows: KeptRows) => {
        const profiled = profilesOf(rows, part, found)
        const withTexts = await withValues(store, dataset, profiled.profiles)
        if (isReading) onEvent({ ...profiled.counts, entities: live, properties: [...all, ...withTexts] })
      }
      let isReading = true
      // Partial profiles of columns that take long are sent at once, and never after the complete one.
      const rows = await columns.columns(dataset, part, {
        signal,
        onPart: (rows) => void reportProfiles(rows).catch(() => {}),
      })
      isReading = false
      if (!rows) break
      const pass = profilesOf(rows, part, found)
      counts = { ...pass.counts, entities: pass.counts.read }
      all.push(...(await withValues(store, dataset, pass.profiles)))
      onEvent({ ...counts, properties: [...all] })
    }
    return { ...counts, properties: all }
  },
)

/** Profiles of columns as far as they were read. */
function profilesOf(
  { updated, gone, live, rows, columns }: KeptRows,
  properties: readonly string[],
  versions: ArrayLike<number> | null,
): { readonly counts: { readonly found: number; readonly read: number }; readonly profiles: CollectedProfile[] } {
  let found: Uint8Array | null = null
  let foundRows = live
  if (versions) {
    found = new Uint8Array(rows)
    foundRows = 0
    // Both are in the order of the log.
    for (let row = 0, place = 0; row < rows; row++) {
      while (place < versions.length && (versions[place] ?? 0) < (updated[row] ?? 0)) place++
      if (gone[row] === 1 || versions[place] !== updated[row]) continue
      found[row] = 1
      foundRows++
    }
  }
  const profiles = properties.flatMap((property) => {
    const column = columns.get(property)
    return column ? [profileOfColumn(property, column, { gone, found, places: updated })] : []
  })
  return { counts: { found: foundRows, read: live }, profiles }
}

/** Reads the commonest values where they came first. */
function withValues(
  store: DatasetStore,
  dataset: string,
  profiles: readonly CollectedProfile[],
): Promise<PropertyProfile[]> {
  return Promise.all(
    profiles.map(async (profile) => {
      const places = profile.top.map(({ first }) => first)
      const texts = await store.textsAt(dataset, places)
      const top = profile.top.flatMap(({ all, found }, place) => {
        const text = texts[place]
        if (typeof text !== 'string') return []
        const value = get(readEntity(text), profile.name)
        return value === undefined ? [] : [{ value: printValue(value).slice(0, MAX_VALUE_LENGTH), all, found }]
      })
      return { ...profile, top }
    }),
  )
}
