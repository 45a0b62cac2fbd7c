/** Entities that a search has found, as they are shown. */
import { readEntity } from '../entity/transit.ts'
import type { Entity } from '../entity/value.ts'
import type { IndexHit } from '../search/index/index-search.ts'
import type { Query } from '../search/query.ts'
import { type Snippet, snippetsOf } from '../search/snippet.ts'
import type { OpenedProject } from './host.ts'

/** An entity that was found. */
export interface FoundEntity {
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

/** `_ts` is in microseconds; this many make a millisecond. */
export const MICROSECONDS = 1000

/** The hits as they are shown. */
export async function foundEntities(
  { store }: Pick<OpenedProject, 'store'>,
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
    snippets: snippetsOf(query, entity, MAX_SNIPPETS),
  }
}

/** Pieces of an entity that are shown for a hit. */
const MAX_SNIPPETS = 4

const MAX_TITLE_LENGTH = 80

/** Names by which things are called, the last part of a property's name. */
const titleProperty = /^(?:name|full_?name|display_?name|title|navn|label|subject)$/i

/** What a person would call an entity: its name or title, or its id. */
function titleOf(entity: Entity): string {
  for (const [property, value] of Object.entries(entity)) {
    const last = property.slice(property.lastIndexOf(':') + 1)
    const first = Array.isArray(value) ? value[0] : value
    if (titleProperty.test(last) && typeof first === 'string' && first !== '') return first.slice(0, MAX_TITLE_LENGTH)
  }
  return String(entity._id)
}
