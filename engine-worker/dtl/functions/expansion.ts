/**
 * Namespaces and the addresses (URI prefixes) they stand for: from an address to a name and back. The longest declared
 * prefix counts. See dtl/dtl-functions-namespaced-identifiers.rst.
 */
import type { Context } from '../evaluation.ts'

type Expansions = ReadonlyMap<string, string>

interface Prefix {
  readonly namespace: string
  readonly uri: string
}

const sortedPrefixes = new WeakMap<Expansions, readonly Prefix[]>()

function prefixesOf(expansions: Expansions): readonly Prefix[] {
  const known = sortedPrefixes.get(expansions)
  if (known !== undefined) return known
  const prefixes = Array.from(expansions, ([namespace, uri]) => ({ namespace, uri }))
  prefixes.sort((a, b) => b.uri.length - a.uri.length)
  sortedPrefixes.set(expansions, prefixes)
  return prefixes
}

/** The name that an address has in the declared namespaces, or null. */
export function collapseAddress(uri: string, expansions: Expansions): string | null {
  for (const prefix of prefixesOf(expansions)) {
    if (prefix.uri !== '' && uri.startsWith(prefix.uri)) return `${prefix.namespace}:${uri.slice(prefix.uri.length)}`
  }
  return null
}

/** The address that a name stands for, or null when its namespace is not declared. */
export function expandedName(name: string, expansions: Expansions): string | null {
  for (let colon = name.lastIndexOf(':'); colon > 0; colon = name.lastIndexOf(':', colon - 1)) {
    const uri = expansions.get(name.slice(0, colon))
    if (uri !== undefined) return uri + name.slice(colon + 1)
  }
  return null
}

/** The numbers that undeclared prefixes got, by pipe; they last as long as the declared namespaces do. */
const numbersByNamespace = new WeakMap<Expansions, Map<string, Map<string, number>>>()

/** The name of an address in a namespace made for the part before its last name: `<pipe>-1`, `<pipe>-2`, … */
export function generatedName(uri: string, ctx: Context): string {
  const slash = Math.max(uri.lastIndexOf('/'), uri.lastIndexOf('#'))
  const cut = 1 + (slash >= 0 ? slash : uri.lastIndexOf(':'))
  const { expansions } = ctx.namespaces
  const pipes = numbersByNamespace.get(expansions) ?? new Map<string, Map<string, number>>()
  numbersByNamespace.set(expansions, pipes)
  const numbers = pipes.get(ctx.pipe) ?? new Map<string, number>()
  pipes.set(ctx.pipe, numbers)
  const prefix = uri.slice(0, cut)
  const number = numbers.get(prefix) ?? numbers.size + 1
  numbers.set(prefix, number)
  return `${ctx.pipe}-${number}:${uri.slice(cut)}`
}
