/** The calls of a service by what they are about: those on a collection and on one thing in it are a datatype. */
import { groupedBy } from './group-by.ts'
import { listIn } from './payload.ts'
import type { ServiceCall, ServiceParameter } from './service.ts'

export const operationVerbs = ['list', 'lookup', 'insert', 'update', 'delete'] as const
export type OperationVerb = (typeof operationVerbs)[number]

/** The calls about one kind of thing. */
export interface CallGroup {
  /** Small letters and digits, as names of datatypes are. */
  readonly name: string
  readonly label: string
  /** The path of the collection: `/users/{userId}/orders`. */
  readonly collection: string
  /** The list is another view of a collection that can be listed itself: `/pet/findByTags` beside `/pet`. */
  readonly isView: boolean
  readonly calls: Readonly<Partial<Record<OperationVerb, ServiceCall>>>
  /** The parameter at the end of the path of one thing; null where there is no such path. */
  readonly keyParameter: string | null
  /** The group in whose things this collection is, and the parameter of the path or the query that names the thing. */
  readonly parent: string | null
  readonly parentParameter: string
}

/** The most datatypes that are suggested; more cannot be looked through. */
const MAX_GROUPS = 400

/** The groups that have something to list, look up or send, those that can be listed first. */
export function groupedCalls(calls: readonly ServiceCall[]): readonly CallGroup[] {
  const byCollection = groupedBy(calls, ({ path }) => collectionOf(path))
  const groups = [...byCollection].map(([collection, own]) => ({ collection, calls: verbsOf(collection, own), own }))
  const known = new Map(groups.map((group) => [group.collection, group]))
  // `/pet/findByStatus` lists what `/pet` has no list of.
  for (const group of groups) {
    const parent = known.get(group.collection.slice(0, group.collection.lastIndexOf('/')))
    const { list } = group.calls
    if (parent === undefined || list === undefined || parent.calls.list !== undefined || group.own.length > 1) continue
    if (Object.keys(parent.calls).length === 0 || listIn(list.answer, '') === null) continue
    parent.calls.list = list
    group.calls = {}
  }
  const kept = groups
    .filter((group) => group.calls.list ?? group.calls.lookup ?? (group.calls.insert && group.calls.update))
    .toSorted((a, b) => Number(b.calls.list !== undefined) - Number(a.calls.list !== undefined))
    .slice(0, MAX_GROUPS)
  const names = namesOf(kept.map(({ collection }) => collection))
  const named = kept.map((group) => ({ ...group, name: names.get(group.collection) ?? '' }))
  const nameByCollection = new Map(named.map((group) => [group.collection, group]))
  return named.map(({ collection, name, calls: own }): CallGroup => {
    const asked = askedAbout(own.list, named)
    const outer = outerOf(collection)
    const parent = outer === null ? undefined : nameByCollection.get(outer.collection)
    const item = own.lookup ?? own.update ?? own.delete
    const keyParameter = item === undefined ? null : (/\{([^{}]*)\}$/.exec(item.path)?.[1] ?? null)
    const isInside =
      parent?.calls.list !== undefined && outerOf(parent.collection) === null && !parent.collection.includes('{')
    return {
      name,
      label: labelOf(collection),
      collection,
      isView: isViewOf(collection, own, nameByCollection),
      // What is inside of other things is only listed: one thing alone does not say in which of them it is.
      calls: isInside && own.list !== undefined ? { list: own.list } : own,
      keyParameter,
      parent: isInside ? parent.name : (asked?.parent ?? null),
      parentParameter: isInside ? (outer?.parameter ?? '') : (asked?.parameter ?? ''),
    }
  })
}

/** The group whose things a list must be asked for one by one: `/documents?applicant_id=…` of each applicant. */
function askedAbout(
  list: ServiceCall | undefined,
  groups: readonly { readonly name: string; readonly collection: string; readonly calls: CallGroup['calls'] }[],
): { readonly parent: string; readonly parameter: string } | null {
  const isNeeded = ({ required, fixed }: ServiceParameter) => required && fixed === undefined
  const needed = (list?.parameters ?? []).filter((each) => each.in === 'query' && isNeeded(each))
  const [only] = needed
  if (only === undefined || needed.length > 1) return null
  const name = only.name
    .toLowerCase()
    .replace(/[-_]?(?:uuid|guid|gid|id|key)$/, '')
    .replace(/[^a-z0-9]/g, '')
  const parent = groups.find(
    (each) =>
      each.name === name &&
      !each.collection.includes('{') &&
      each.calls.list?.parameters.some(isNeeded) === false &&
      each.calls.list !== list,
  )
  return parent === undefined ? null : { parent: parent.name, parameter: only.name }
}

function isViewOf(
  collection: string,
  calls: CallGroup['calls'],
  known: ReadonlyMap<string, { readonly calls: CallGroup['calls'] }>,
): boolean {
  const around = known.get(collection.slice(0, collection.lastIndexOf('/')))
  return Object.keys(calls).length === 1 && around?.calls.list !== undefined
}

/** The path without the parameter at its end. */
function collectionOf(path: string): string {
  const plain = path.replace(/\/+$/, '')
  return plain.replace(/\/\{[^{}/]*\}(?:\.json)?$/, '')
}

/** The collection that the last parameter of a path picks from; null where none stands in it. */
function outerOf(collection: string): { readonly collection: string; readonly parameter: string } | null {
  const found = /^(.*)\/\{([^{}/]*)\}\/[^{}]*$/.exec(collection)
  return found === null ? null : { collection: found[1] ?? '', parameter: found[2] ?? '' }
}

function verbsOf(collection: string, calls: readonly ServiceCall[]): Partial<Record<OperationVerb, ServiceCall>> {
  const callWithMethod = (method: string, isItem: boolean) =>
    calls.find((each) => each.method === method && (each.path.replace(/\/+$/, '') !== collection) === isItem)
  const found: Partial<Record<OperationVerb, ServiceCall | undefined>> = {
    list: callWithMethod('GET', false),
    lookup: callWithMethod('GET', true),
    insert: callWithMethod('POST', false),
    update:
      callWithMethod('PATCH', true) ??
      callWithMethod('PUT', true) ??
      callWithMethod('PUT', false) ??
      callWithMethod('PATCH', false) ??
      callWithMethod('POST', true),
    delete: callWithMethod('DELETE', true),
  }
  return Object.fromEntries(Object.entries(found).filter(([, call]) => call !== undefined))
}

/** A name for each collection; those that are in nothing else take theirs first. */
function namesOf(collections: readonly string[]): ReadonlyMap<string, string> {
  const depth = (collection: string) => collection.split('{').length
  const names = new Set<string>()
  const ordered = collections.toSorted((a, b) => depth(a) - depth(b))
  return new Map(ordered.map((collection) => [collection, nameOf(collection, names)]))
}

/** The last words of the path that are no parameter, as the name of one thing; with those before where it is taken. */
function nameOf(collection: string, names: Set<string>): string {
  const words = wordsOf(collection)
  for (let count = 1; count <= words.length; count++) {
    const name = words.slice(-count).map(singular).join('')
    if (name !== '' && !names.has(name)) {
      names.add(name)
      return name
    }
  }
  const base = words.map(singular).join('') || 'entity'
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}${number}`
    if (names.has(name)) continue
    names.add(name)
    return name
  }
}

/** The words of a path, in small letters and digits, each beginning with a letter. */
function wordsOf(collection: string): readonly string[] {
  const segments = withoutParameters(collection)
  const plain = segments.map((segment) =>
    segment
      .replace(/\.json$/, '')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, ''),
  )
  return plain.filter((word) => /^[a-z]/.test(word) && !/^(?:v\d+|api)$/.test(word))
}

function labelOf(collection: string): string {
  const segment = withoutParameters(collection).at(-1) ?? ''
  const words = segment
    .replace(/\.json$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[^A-Za-z0-9]+/g, ' ')
    .trim()
  return words === '' ? 'Entity' : words[0]?.toUpperCase() + words.slice(1)
}

/** The parts of a path that are words: `thumbnail` of `/files/{id}/thumbnail.{extension}`. */
function withoutParameters(collection: string): readonly string[] {
  return collection
    .split('/')
    .map((segment) => segment.replace(/\.?\{[^{}]*\}/g, ''))
    .filter(Boolean)
}

/** An English noun in the singular. */
function singular(word: string): string {
  if (/(?:status|alias|bonus|campus|virus)es$/.test(word)) return word.slice(0, -2)
  if (/(?:ss|us|is)$/.test(word)) return word
  if (/ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`
  if (/(?:ch|sh|x|ss|z)es$/.test(word)) return word.slice(0, -2)
  return /s$/.test(word) && word.length > 2 ? word.slice(0, -1) : word
}
