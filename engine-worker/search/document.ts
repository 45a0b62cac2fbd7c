/** What of an entity is searched, and what it is counted under. */
import { textOf } from '../entity/text.ts'
import { type Dict, type Entity, isDict, type Value } from '../entity/value.ts'
import { searchWords } from './search-words.ts'

/** An entity as search sees it. */
export interface SearchDocument {
  readonly dataset: string
  readonly id: string
  /** The words of each value, in the order of the entity. Phrases stay inside one value. */
  readonly values: readonly (readonly string[])[]
  /** How many words there are. */
  readonly length: number
  /** Names of the properties at the top. */
  readonly properties: ReadonlySet<string>
  /** Namespaces of the properties at any depth. */
  readonly namespaces: ReadonlySet<string>
}

/** The document of an entity of a dataset. */
export function documentOf(dataset: string, entity: Entity): SearchDocument {
  const values: string[][] = []
  const namespaces = new Set<string>()
  collect(entity, values, namespaces)
  return {
    dataset,
    id: String(entity._id),
    values,
    length: values.reduce((sum, each) => sum + each.length, 0),
    properties: new Set(Object.keys(entity).filter(isFacet)),
    namespaces,
  }
}

/** Names that begin with `_` or `$` are Sesam's own. */
function isFacet(name: string): boolean {
  return !name.startsWith('_') && !name.startsWith('$')
}

/** Whether the value of a name is searched: everything but what Sesam keeps of an entity; its id is. */
export function isSearched(name: string): boolean {
  return !name.startsWith('_') || name === '_id'
}

function collect(dict: Dict, values: string[][], namespaces: Set<string>): void {
  for (const [name, value] of Object.entries(dict)) {
    const colon = name.indexOf(':')
    if (isFacet(name) && colon > 0) namespaces.add(name.slice(0, colon))
    if (isSearched(name)) collectValue(value, values, namespaces)
  }
}

function collectValue(value: Value, values: string[][], namespaces: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collectValue(item, values, namespaces)
  else if (isDict(value)) collect(value, values, namespaces)
  else if (value !== null && typeof value !== 'boolean') {
    const found = searchWords(textOf(value) ?? '')
    if (found.length > 0) values.push(found)
  }
}
