/**
 * Names in namespaces: which properties a name or a wildcard pattern means, and what a written name becomes.
 * See features/namespaces.rst and dtl/namespaces.rst. Nothing here applies when namespaced identifiers are off on the
 * pipe: then names are just names.
 */
import type { Dict } from '../entity/value.ts'
import type { Namespaces } from './evaluation.ts'

/** The part before the last colon, or null when the name has none. */
export function namespaceOf(name: string): string | null {
  const colon = name.lastIndexOf(':')
  return colon < 0 ? null : name.slice(0, colon)
}

/** The part after the last colon; the whole name when it has none. */
export function identifierOf(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1)
}

/** A name as it is read: exactly one property, or an identifier in every namespace and in none. */
type ReadName = { readonly exact: string } | { readonly identifier: string }

/** What a name means where properties are read: `::a` is exactly `a`, `:a` is in the current namespace. */
export function readName(name: string, namespaces: Namespaces, current = namespaces.property): ReadName {
  if (!namespaces.enabled) return { exact: name }
  const exact = unescapedName(name, current)
  if (exact !== null) return { exact }
  return name.includes(':') ? { exact: name } : { identifier: name }
}

/** The property that a name becomes where it is written. Names that begin with `_` or `$` stay as they are. */
export function writeName(name: string, namespaces: Namespaces): string {
  if (!namespaces.enabled) return name
  const exact = unescapedName(name, namespaces.property)
  if (exact !== null) return exact
  if (name.includes(':') || name.startsWith('_') || name.startsWith('$')) return name
  return `${namespaces.property}:${name}`
}

function unescapedName(name: string, current: string): string | null {
  if (name.charCodeAt(0) !== COLON) return null
  return name.charCodeAt(1) === COLON ? name.slice(2) : `${current}${name}`
}

const COLON = 58

/** Names that a finder remembers by their place; entities of one source have the same names in the same order. */
const MAX_CACHED_NAMES = 200

/** Finds the properties that carry an identifier, in order: null for none, the name when there is one. */
export function propertiesFinder(identifier: string): (dict: Dict) => string | readonly string[] | null {
  const names: string[] = []
  const answers: boolean[] = []
  return (dict) => {
    let place = 0
    let first: string | null = null
    let all: string[] | null = null
    for (const name in dict) {
      if (names[place] !== name && place < MAX_CACHED_NAMES) {
        names[place] = name
        answers[place] = hasIdentifier(name, identifier)
      }
      const found = place < MAX_CACHED_NAMES ? answers[place] : hasIdentifier(name, identifier)
      place++
      if (!found) continue
      if (first === null) first = name
      else if (all === null) all = [first, name]
      else all.push(name)
    }
    return all ?? first
  }
}

/** Whether the part of `key` after its last colon is `identifier`. */
export function hasIdentifier(key: string, identifier: string): boolean {
  if (!key.endsWith(identifier)) return false
  if (key.length === identifier.length) return !identifier.includes(':')
  return key.charCodeAt(key.length - identifier.length - 1) === COLON && !identifier.includes(':')
}
