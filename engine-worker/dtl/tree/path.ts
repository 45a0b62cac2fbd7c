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

/** One name along a path, and where it stands in the text (its quotes included). */
interface Segment {
  readonly name: string
  readonly start: number
  readonly end: number
}

/** A path as written: the variable it starts from, and the names from there on. */
export interface PropertyPath {
  readonly root: Root
  /** The variable as written: `_S`, `_P`, an alias. */
  readonly variable: string
  readonly segments: readonly string[]
  /** The segments with their places in the text. */
  readonly spans: readonly Segment[]
}

/** What a path starts from; `up` counts parents (`_P`). */
export type Root =
  | { readonly is: 'source' | 'target' | 'context'; readonly up: number }
  | { readonly is: 'root-source' | 'root-target' | 'root-context' | 'parameters' | 'item' }
  | { readonly is: 'alias'; readonly alias: string; readonly slot: number }

/** The variables of DTL (dtl/variables.rst). */
export const VARIABLES: ReadonlySet<string> = new Set(['_S', '_T', '_P', '_R', '_B', '_'])

/** The slot of a name that hops or a merge source define; undefined when it is none. */
type SlotOf = (name: string) => number | undefined

const NO_ALIASES: SlotOf = () => undefined

/** The path in a text, or null when the text is a literal; `malformed` when its quotes do not match. */
export function parsePath(text: string, slotOf: SlotOf = NO_ALIASES): PropertyPath | 'malformed' | null {
  const dot = text.indexOf('.')
  if (dot < 1) return null
  const variable = text.slice(0, dot)
  const slot = slotOf(variable)
  if (slot === undefined && !VARIABLES.has(variable)) return null
  const spans = spansOf(text, dot + 1)
  if (spans === null) return 'malformed'
  const [root, skipped] =
    slot === undefined ? rootOf(variable, spans) : [{ is: 'alias' as const, alias: variable, slot }, 0]
  const own = skipped === 0 ? spans : spans.slice(skipped)
  return { root, variable, segments: own.map(({ name }) => name), spans: own }
}

/** The root of a path, and how many of its segments belong to it (`_P._S.name`). */
function rootOf(variable: string, spans: readonly Segment[]): [Root, number] {
  const nameAt = (place: number) => spans[place]?.name
  switch (variable) {
    case '_S':
      return [{ is: 'source', up: 0 }, 0]
    case '_T':
      return [{ is: 'target', up: 0 }, 0]
    case '_B':
      return [{ is: 'parameters' }, 0]
    case '_R':
      if (nameAt(0) === '_S') return [{ is: 'root-source' }, 1]
      return nameAt(0) === '_T' ? [{ is: 'root-target' }, 1] : [{ is: 'root-context' }, 0]
    case '_P': {
      let up = 1
      while (nameAt(up - 1) === '_P') up++
      if (nameAt(up - 1) === '_S') return [{ is: 'source', up }, up]
      return nameAt(up - 1) === '_T' ? [{ is: 'target', up }, up] : [{ is: 'context', up }, up - 1]
    }
    default:
      return [{ is: 'item' }, 0]
  }
}

/** The names of a path without its variable; null when a quote is not closed. The empty path has none. */
export function splitPath(text: string): string[] | null {
  return spansOf(text, 0)?.map(({ name }) => name) ?? null
}

function spansOf(text: string, from: number): Segment[] | null {
  const spans: Segment[] = []
  if (text.length === from) return spans
  let at = from
  while (at <= text.length) {
    const start = at
    let name: string
    if (text[at] === "'") {
      const quoted = quotedName(text, at)
      if (quoted === null) return null
      name = quoted.name
      at = quoted.end
    } else {
      const dot = text.indexOf('.', at)
      at = dot < 0 ? text.length : dot
      name = text.slice(start, at)
    }
    spans.push({ name, start, end: at })
    at++
  }
  // A dot at the end, as in `_S.`, adds nothing.
  if (text.endsWith('.')) spans.pop()
  return spans
}

/** A segment in quotes, which must end where its quotes do. */
function quotedName(text: string, from: number): { readonly name: string; readonly end: number } | null {
  let name = ''
  let at = from + 1
  for (;;) {
    const quote = text.indexOf("'", at)
    if (quote < 0) return null
    name += text.slice(at, quote)
    at = quote + 1
    if (text[at] !== "'") break
    name += "'"
    at++
  }
  return at < text.length && text[at] !== '.' ? null : { name, end: at }
}

/** A name as a segment: in quotes where it is empty, holds a dot or begins with a quote. */
export function segmentText(name: string): string {
  return name === '' || name.includes('.') || name.startsWith("'") ? `'${name.replaceAll("'", "''")}'` : name
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
