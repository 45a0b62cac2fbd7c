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
  visitDocument(entity, {
    namespace: (name) => namespaces.add(name),
    value: (text) => {
      const found = searchWords(text)
      if (found.length > 0) values.push(found)
    },
  })
  return {
    dataset,
    id: String(entity._id),
    values,
    length: values.reduce((sum, each) => sum + each.length, 0),
    properties: new Set(facetProperties(entity)),
    namespaces,
  }
}

/** What is reported of an entity while it is read for search. */
interface DocumentVisitor {
  /** A namespace of a property at any depth; the same one may come again. */
  readonly namespace: (name: string) => void
  /** The text of a value, in the order of the entity. */
  readonly value: (text: string) => void
}

/** Reads what of an entity is searched. */
export function visitDocument(dict: Dict, visitor: DocumentVisitor): void {
  for (const name of Object.keys(dict)) {
    const colon = name.indexOf(':')
    if (colon > 0 && isFacet(name)) visitor.namespace(name.slice(0, colon))
    if (isSearched(name)) visitValue(dict[name] ?? null, visitor)
  }
}

/** The properties at the top of an entity under which it is counted. */
export function facetProperties(entity: Entity): string[] {
  return Object.keys(entity).filter(isFacet)
}

/** Names that begin with `_` or `$` are Sesam's own. */
function isFacet(name: string): boolean {
  return !name.startsWith('_') && !name.startsWith('$')
}

/** Whether the value of a name is searched: everything but what Sesam keeps of an entity; its id is. */
export function isSearched(name: string): boolean {
  return !name.startsWith('_') || name === '_id'
}

function visitValue(value: Value, visitor: DocumentVisitor): void {
  if (typeof value === 'string') visitor.value(value)
  else if (Array.isArray(value)) for (const item of value) visitValue(item, visitor)
  else if (isDict(value)) visitDocument(value, visitor)
  else if (value !== null && typeof value !== 'boolean') visitor.value(textOf(value) ?? '')
}
