/**
 * Name patterns of copy and remove. In namespaces a pattern is split at its last colon, and the two parts match apart;
 * without a colon it matches the identifier in every namespace (dtl/namespaces.rst).
 */
import type { Namespaces } from './evaluation.ts'
import { identifierOf, namespaceOf } from './namespace.ts'
import { wildcard } from './wildcard.ts'

/** A test of one name. */
export type Matches = (name: string) => boolean

/** Names from data that a predicate remembers; beyond that it starts over. */
const MAX_CACHED_NAMES = 5_000

/** Whether a property name matches any of the patterns. */
export function matchesAny(patterns: readonly string[], namespaces: Namespaces): Matches {
  const predicates = patterns.map((pattern) => matchesName(pattern, namespaces))
  const [only, second] = predicates
  if (only === undefined) return () => false
  return second === undefined ? only : (name) => predicates.some((matches) => matches(name))
}

/** Whether `remove` takes a property away: one that a pattern matches. A wildcard never matches `_id`, its name does. */
export function matchesRemovable(patterns: readonly string[], namespaces: Namespaces): Matches {
  const matches = matchesAny(patterns, namespaces)
  const removesId = matchesAny(patterns.filter(isPlain), namespaces)('_id')
  return removesId ? matches : (name) => name !== '_id' && matches(name)
}

function isPlain(pattern: string): boolean {
  return !/[*?]/.test(pattern)
}

function matchesName(pattern: string, namespaces: Namespaces): Matches {
  if (!namespaces.enabled) return wildcard(pattern)
  if (pattern.startsWith('::')) return matchesParts(namespaceOf(pattern.slice(2)), identifierOf(pattern))
  if (pattern.startsWith(':')) return matchesParts(namespaces.property, identifierOf(pattern))
  if (pattern.includes(':')) return matchesParts(namespaceOf(pattern), identifierOf(pattern))
  const identifier = wildcard(pattern)
  return (name) => identifier(identifierOf(name))
}

function matchesParts(namespacePattern: string | null, identifierPattern: string): Matches {
  const identifier = wildcard(identifierPattern)
  const namespace = namespacePattern === null ? null : wildcard(namespacePattern)
  return (name) => {
    const own = namespaceOf(name)
    if (own === null || namespace === null) return own === null && namespace === null && identifier(name)
    return namespace(own) && identifier(identifierOf(name))
  }
}

/** The same predicate, remembering its answers: an entity's names are those of the entity before. */
export function remembering(matches: Matches): Matches {
  const known = new Map<string, boolean>()
  return (name) => {
    const before = known.get(name)
    if (before !== undefined) return before
    if (known.size >= MAX_CACHED_NAMES) known.clear()
    const answer = matches(name)
    known.set(name, answer)
    return answer
  }
}
