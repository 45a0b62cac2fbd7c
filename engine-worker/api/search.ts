/** Search over the datasets of the open project: the query language of integrated search, filters, counts. */

import { datasetWritten } from '../config/project/facts.ts'
import { get, put } from '../entity/dict.ts'
import { propertyValue } from '../entity/property-text.ts'
import { readEntity } from '../entity/transit.ts'
import type { Entity } from '../entity/value.ts'
import { turn } from '../run/turn.ts'
import type { DatasetSearchIndex } from '../search/index/dataset-index.ts'
import { everything, foundVersions, type IndexHit, searchIndexes } from '../search/index/index-search.ts'
import type { IndexProgress } from '../search/index/search-indexes.ts'
import type { DocumentShape } from '../search/index/segment.ts'
import { type PropertyFilter, splitQuery } from '../search/property-filters.ts'
import { parseQuery, type Query } from '../search/query.ts'
import type { SearchPicks } from '../search/search.ts'
import { type Snippet, snippetsOf } from '../search/snippet.ts'
import type { DatasetStore } from '../storage/store.ts'
import { type CallContext, capability } from './capability.ts'
import { datasetGroups } from './dataset-groups.ts'
import { datasetsOf } from './datasets.ts'
import { type Filter, type FilterHow, meets } from './filter.ts'
import type { OpenedProject } from './host.ts'

/** What is looked for. */
interface SearchRequest {
  /** With filters by property, each with a leading `@` (search/property-filters.ts). */
  readonly query: string
  readonly picks: SearchPicks
  readonly withDeleted?: boolean
  /** The first hit that is wanted, and how many. */
  readonly from: number
  readonly count: number
}

/** An entity that was found. */
interface FoundEntity {
  readonly dataset: string
  readonly id: string
  readonly deleted: boolean
  /** When the version was written, in milliseconds since 1970. */
  readonly written: number
  /** What a person would call it: the first of its short texts. */
  readonly title: string
  /** How many identifiers were merged into it; 0 where none were. */
  readonly merged: number
  readonly snippets: readonly Snippet[]
}

/** Names with their counts, the most frequent first. */
type FacetCounts = readonly (readonly [string, number])[]

/** What was found. */
interface SearchAnswer {
  readonly total: number
  readonly hits: readonly FoundEntity[]
  readonly facets: {
    readonly datasets: FacetCounts
    readonly systems: FacetCounts
    readonly types: FacetCounts
    readonly namespaces: FacetCounts
    readonly properties: FacetCounts
  }
  /** Entities that were searched. */
  readonly searched: number
  /** How far the index of each dataset is, globals first. */
  readonly indexes: readonly IndexProgress[]
}

/** Finds entities. Datasets whose index is not complete are searched as far as it is. */
export const searchEntities = capability(
  'search',
  'draft',
  async (request: SearchRequest, { host, signal }: CallContext): Promise<SearchAnswer> => {
    const opened = host.current()
    const names = await searchedDatasets(opened)
    const indexes = opened.search.indexesOf(names)
    const { text, filters } = splitQuery(request.query)
    const query = text === '' && filters.length > 0 ? everything : parseQuery(text)
    const withDeleted = request.withDeleted ?? false
    const accepted =
      query === null || filters.length === 0
        ? null
        : await meetingVersions(opened, indexes, query, withDeleted, filters.map(filterOf), signal)
    const { total, hits, facets } = searchIndexes(indexes, {
      query,
      picks: request.picks,
      withDeleted,
      most: request.from + request.count,
      groupsOf: datasetGroups(opened.session.pipes()),
      ...(accepted ? { accepts: (dataset, updated) => accepted.get(dataset)?.has(updated) === true } : {}),
    })
    const progress = await Promise.all(names.map((name) => opened.search.progress(name)))
    return {
      total,
      hits: await foundEntities(opened, hits.slice(request.from), query),
      facets: {
        datasets: byCount(facets.datasets),
        systems: byCount(facets.systems),
        types: byCount(facets.types),
        namespaces: byCount(facets.namespaces),
        properties: byCount(facets.properties),
      },
      searched: indexes.reduce((sum, { live }) => sum + live, 0),
      indexes: progress.filter((each) => each !== null),
    }
  },
)

/**
 * Brings the indexes of all datasets that are searched up to date, and tells how far they are. When it is not wanted any
 * more it stops; what was made is kept.
 */
export const followSearch = capability(
  'follow-search',
  'draft',
  async (_: null, { host, onEvent, signal }: CallContext<IndexProgress>): Promise<FollowedIndexes> => {
    const opened = host.current()
    const names = await followIndexes(opened, onEvent, signal)
    const progress = await Promise.all(names.map((name) => opened.search.progress(name)))
    return { indexes: progress.filter((each) => each !== null), off: await datasetsOff(opened.store) }
  },
)

/** Brings the indexes of all datasets that are searched up to date; gives their names, globals first. */
export async function followIndexes(
  opened: OpenedProject,
  onProgress: (progress: IndexProgress) => void,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const names = await searchedDatasets(opened)
  await opened.search.removeStale(new Set(names))
  for (const name of names) {
    if (signal.aborted) break
    await opened.search.follow(name, { onProgress, signal })
  }
  return names
}

/** The indexes of all datasets that are searched, globals first, and the datasets that are not searched. */
interface FollowedIndexes {
  readonly indexes: readonly IndexProgress[]
  readonly off: readonly string[]
}

/** A dataset, and whether it is searched. */
interface SearchSwitch {
  readonly dataset: string
  readonly on: boolean
}

/** Switches the search of a dataset on or off; the index of one that is off takes no room. */
export const switchSearch = capability('switch-search', 'draft', async ({ dataset, on }: SearchSwitch, { host }) => {
  const { store, search } = host.current()
  const others = (await datasetsOff(store)).filter((name) => name !== dataset)
  await store.commit({ states: [{ key: SWITCHED_OFF, value: on ? others : [...others, dataset] }] })
  if (!on) await search.remove(dataset)
})

const SWITCHED_OFF = 'search-off'

async function datasetsOff(store: DatasetStore): Promise<string[]> {
  const off = await store.state(SWITCHED_OFF)
  return Array.isArray(off) ? off.map(String) : []
}

/** The datasets of pipes and their outputs that are not switched off: those of global pipes first. */
async function searchedDatasets(opened: OpenedProject): Promise<readonly string[]> {
  const off = new Set(await datasetsOff(opened.store))
  const globals = new Set(
    opened.session.pipes().flatMap(({ effective }) => {
      const isGlobal = get(effective.metadata, 'global') === true
      return isGlobal ? [datasetWritten(effective.sink)] : []
    }),
  )
  const names = (await datasetsOf(opened))
    .filter(({ name, role }) => role === 'output' || (role === 'dataset' && !name.startsWith('system:')))
    .map(({ name }) => name)
    .filter((name) => !off.has(name))
  return [...names.filter((name) => globals.has(name)), ...names.filter((name) => !globals.has(name))]
}

/** `_ts` is in microseconds: so many make a millisecond. */
const MICROSECONDS = 1000

/** A filter of a query as a filter of entities; `_updated` is the moment when a version was written. */
function filterOf({ property, how, value }: PropertyFilter): Filter {
  if (property !== '_updated' || /^\d+$/.test(value)) return { property, how, value }
  const moment = Date.parse(value)
  return { property: '_ts', how, value: Number.isNaN(moment) ? value : String(moment * MICROSECONDS) }
}

/** The versions that a query finds and that meet all filters, by dataset. */
async function meetingVersions(
  { store }: OpenedProject,
  indexes: readonly DatasetSearchIndex[],
  query: Query,
  withDeleted: boolean,
  filters: readonly Filter[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  const found = new Map<string, ReadonlySet<number>>()
  const needed = filters.filter(({ how, property }) => needsProperty(how) && !/^[_$]/.test(property))
  const read = filters.flatMap(({ property }) => [property, property.split('.')[0] ?? ''])
  const mayHave = ({ properties }: DocumentShape) =>
    needed.every(({ property }) => properties.includes(property) || properties.includes(property.split('.')[0] ?? ''))
  for (const index of indexes) {
    const versions = foundVersions(index, query, withDeleted, mayHave)
    const meeting = new Set<number>()
    for (let from = 0; from < versions.length && !signal.aborted; from += READ_AT_ONCE) {
      const part = versions.slice(from, from + READ_AT_ONCE)
      for (const [at, text] of (await store.textsAt(index.dataset, part)).entries()) {
        if (text !== null && meets(partOfText(text, read), filters)) meeting.add(part[at] ?? 0)
      }
      await turn()
    }
    found.set(index.dataset, meeting)
  }
  return found
}

/** An entity of which only some properties are read. */
function partOfText(text: string, properties: readonly string[]): Entity {
  const part: Entity = {}
  for (const property of properties) {
    const value = propertyValue(text, 0, text.length, property)
    if (value !== undefined) put(part, property, value)
  }
  return part
}

/** Entities that filters look at before others have their turn. */
const READ_AT_ONCE = 500

function needsProperty(how: FilterHow): boolean {
  return how !== 'missing' && how !== 'is-not'
}

/** The hits as they are shown. */
async function foundEntities(
  { store }: OpenedProject,
  hits: readonly IndexHit[],
  query: Query | null,
): Promise<readonly FoundEntity[]> {
  const texts = new Map<IndexHit, string>()
  for (const dataset of new Set(hits.map((hit) => hit.dataset))) {
    const here = hits.filter((hit) => hit.dataset === dataset)
    const read = await store.textsAt(
      dataset,
      here.map(({ updated }) => updated),
    )
    for (const [at, hit] of here.entries()) {
      const text = read[at]
      if (typeof text === 'string') texts.set(hit, text)
    }
  }
  return hits.flatMap((hit) => {
    const text = texts.get(hit)
    return text === undefined || query === null ? [] : [foundEntity(hit.dataset, readEntity(text), query)]
  })
}

function foundEntity(dataset: string, entity: Entity, query: Query): FoundEntity {
  const ids = entity.$ids
  return {
    dataset,
    id: String(entity._id),
    deleted: entity._deleted === true,
    written: Number(entity._ts ?? 0) / MICROSECONDS,
    title: titleOf(entity),
    merged: Array.isArray(ids) ? ids.length : 0,
    snippets: snippetsOf(query, entity, shownSnippets),
  }
}

/** Pieces of an entity that are shown for a hit. */
const shownSnippets = 4
const longestTitle = 80

/** Names by which things are called, the last part of a property's name. */
const naming = /^(?:name|full_?name|display_?name|title|navn|label|subject)$/i

/** What a person would call an entity: its name or title, or its id. */
function titleOf(entity: Entity): string {
  for (const [property, value] of Object.entries(entity)) {
    const last = property.slice(property.lastIndexOf(':') + 1)
    const first = Array.isArray(value) ? value[0] : value
    if (naming.test(last) && typeof first === 'string' && first !== '') return first.slice(0, longestTitle)
  }
  return String(entity._id)
}

function byCount(counts: ReadonlyMap<string, number>): FacetCounts {
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
}
