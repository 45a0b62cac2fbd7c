/**
 * Property paths: `_S.orders.amount`, `_P._T.name`, `o.lines`. A path is a variable and segments; walking it maps over
 * lists at every step and flattens. See dtl/paths.rst and dtl/variables.rst.
 */
import { problem } from '../../problem.ts'
import type { Namespaces } from '../evaluation.ts'
import { readName } from '../namespace.ts'

export const badSegment = problem<{ path: string }>({
  code: 'dtl-path-quote',
  severity: 'error',
  says: (f) => `The path “${f.path}” has a quote that is not closed at the end of its segment.`,
  fix: () => "Quote a whole segment, as in _S.'john.doe', and write '' for a quote inside it.",
})

/** A path as written. */
export interface Path {
  readonly root: Root
  readonly segments: readonly string[]
}

/** What a path starts from; `up` counts parents (`_P`). */
export type Root =
  | { readonly is: 'source' | 'target' | 'context'; readonly up: number }
  | { readonly is: 'root-source' | 'root-target' | 'root-context' | 'parameters' | 'item' }
  | { readonly is: 'alias'; readonly alias: string; readonly slot: number }

/** The path in a string, or null when the string is a literal; `malformed` when its quotes do not match. */
export function parsePath(text: string, aliases: ReadonlyMap<string, number>): Path | 'malformed' | null {
  const dot = text.indexOf('.')
  if (dot < 1) return null
  const variable = text.slice(0, dot)
  const slot = aliases.get(variable)
  if (slot === undefined && !variables.has(variable)) return null
  const segments = splitPath(text.slice(dot + 1))
  if (segments === null) return 'malformed'
  if (slot !== undefined) return { root: { is: 'alias', alias: variable, slot }, segments }
  switch (variable) {
    case '_S':
      return { root: { is: 'source', up: 0 }, segments }
    case '_T':
      return { root: { is: 'target', up: 0 }, segments }
    case '_B':
      return { root: { is: 'parameters' }, segments }
    case '_R':
      return rootPath(segments)
    case '_P':
      return parentPath(segments)
    default:
      return { root: { is: 'item' }, segments }
  }
}

const variables = new Set(['_S', '_T', '_P', '_R', '_B', '_'])

function rootPath(segments: readonly string[]): Path {
  const [first, ...rest] = segments
  if (first === '_S') return { root: { is: 'root-source' }, segments: rest }
  if (first === '_T') return { root: { is: 'root-target' }, segments: rest }
  return { root: { is: 'root-context' }, segments }
}

function parentPath(segments: readonly string[]): Path {
  let up = 1
  while (segments[up - 1] === '_P') up++
  const [variable, ...rest] = segments.slice(up - 1)
  if (variable === '_S') return { root: { is: 'source', up }, segments: rest }
  if (variable === '_T') return { root: { is: 'target', up }, segments: rest }
  return { root: { is: 'context', up }, segments: segments.slice(up - 1) }
}

/** The segments of a path without its variable; null when a quote is not closed. The empty path has none. */
export function splitPath(text: string): string[] | null {
  const segments: string[] = []
  if (text === '') return segments
  let at = 0
  while (at <= text.length) {
    if (text[at] === "'") {
      let segment = ''
      let close = at + 1
      for (;;) {
        const quote = text.indexOf("'", close)
        if (quote < 0) return null
        segment += text.slice(close, quote)
        close = quote + 1
        if (text[close] !== "'") break
        segment += "'"
        close++
      }
      if (close < text.length && text[close] !== '.') return null
      segments.push(segment)
      at = close + 1
    } else {
      const dot = text.indexOf('.', at)
      const end = dot < 0 ? text.length : dot
      segments.push(text.slice(at, end))
      at = end + 1
    }
  }
  // A dot at the end, as in `_S.`, adds nothing.
  if (text.endsWith('.')) segments.pop()
  return segments
}

/** The variable of a path as written, for words and facts. */
export function rootWords(root: Root): string {
  switch (root.is) {
    case 'source':
      return `${'_P.'.repeat(root.up)}_S`
    case 'target':
      return `${'_P.'.repeat(root.up)}_T`
    case 'context':
      return '_P.'.repeat(root.up).slice(0, -1)
    case 'root-source':
      return '_R._S'
    case 'root-target':
      return '_R._T'
    case 'root-context':
      return '_R'
    case 'parameters':
      return '_B'
    case 'item':
      return '_'
    case 'alias':
      return root.alias
  }
}

/** The name of a segment in the facts: as it is found in the data. */
export function segmentWords(segment: string, namespaces: Namespaces): string {
  const name = readName(segment, namespaces)
  return 'exact' in name ? name.exact : `*:${name.identifier}`
}
