/** The filters of a search: which of the versions that a query finds meet them. */
import { put } from '../entity/dict.ts'
import { propertyValue } from '../entity/property-text.ts'
import type { Entity } from '../entity/value.ts'
import { turn } from '../run/turn.ts'
import type { DatasetSearchIndex } from '../search/index/dataset-index.ts'
import { foundVersions } from '../search/index/index-search.ts'
import type { DocumentShape } from '../search/index/segment.ts'
import type { PropertyFilter } from '../search/property-filters.ts'
import type { Query } from '../search/query.ts'
import { type Filter, type FilterHow, meets } from './filter.ts'
import { MICROSECONDS } from './found-entities.ts'
import type { OpenedProject } from './host.ts'

/** A filter of a query as a filter of entities; `_updated` is the moment when a version was written. */
export function filterOf({ property, how, value }: PropertyFilter): Filter {
  if (property !== '_updated' || /^\d+$/.test(value)) return { property, how, value }
  const moment = Date.parse(value)
  return { property: '_ts', how, value: Number.isNaN(moment) ? value : String(moment * MICROSECONDS) }
}

/** The versions that a query finds and that meet all filters, by dataset. */
export async function meetingVersions(
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
