/** Which variables an expression refers to, read off its text. Joins are planned from it. */
import { Float, type Json } from '../../entity/value.ts'
import { parsePath } from './path.ts'

/** What an expression depends on. */
export interface References {
  readonly aliases: ReadonlySet<string>
  /** `_S`, `_T`, `_P`, `_R`, `_B`, or an alias of an outer hops. */
  readonly context: boolean
  /** `_`, be it of a function inside the expression or around it. */
  readonly item: boolean
  /** Calls that look at data or time by themselves, so that an index over the expression would not hold. */
  readonly opaque: boolean
}

/** Functions whose result is not decided by their arguments alone, or that may have to wait for a library. */
const opaqueFunctions = new Set([
  'hops',
  'apply-hops',
  'apply',
  'lookup-entity',
  'lookup',
  'now',
  'uuid',
  'completeness',
  'is-changed',
  'encrypt',
  'encrypt-pki',
  'encrypt-pgp',
  'decrypt',
  'decrypt-pki',
  'decrypt-pgp',
  'phonenumber-parse',
  'phonenumber-format',
])

/** The references of an expression; `aliases` are those of the hops at hand, `outer` those around it. */
export function referencesOf(
  dtl: Json,
  aliases: ReadonlyMap<string, number>,
  outer: ReadonlyMap<string, number>,
): References {
  const found: Found = { aliases: new Set(), context: false, item: false, opaque: false }
  collect(dtl, aliases, outer, found)
  return found
}

type Found = { aliases: Set<string>; context: boolean; item: boolean; opaque: boolean }

function collect(
  dtl: Json,
  aliases: ReadonlyMap<string, number>,
  outer: ReadonlyMap<string, number>,
  found: Found,
): void {
  if (typeof dtl === 'string') {
    const path = parsePath(dtl, aliases)
    if (path !== null && path !== 'malformed') {
      if (path.root.is === 'alias') found.aliases.add(path.root.alias)
      else if (path.root.is === 'item') found.item = true
      else found.context = true
      return
    }
    if (parsePath(dtl, outer) !== null) found.context = true
    return
  }
  if (typeof dtl !== 'object' || dtl === null || dtl instanceof Float) return
  if (!Array.isArray(dtl)) return
  const [name, ...args] = dtl
  if (name === 'literal' || name === 'comment') return
  if (typeof name === 'string' && opaqueFunctions.has(name)) {
    found.opaque = true
    if (name === 'hops' || name === 'apply-hops' || name === 'apply') found.context = true
  }
  for (const arg of args) collect(arg, aliases, outer, found)
}
