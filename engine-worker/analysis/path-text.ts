/** Where the parts of a DTL path stand in its text, so that one of them can be renamed. See dtl/paths.rst. */

/** A segment of a path, or the variable it starts from. */
export interface Segment {
  /** Without quotes. */
  readonly name: string
  readonly start: number
  readonly end: number
}

/** A path in its parts; null when the text is no path. */
export interface PathText {
  readonly variable: Segment
  readonly segments: readonly Segment[]
}

const VARIABLES = new Set(['_S', '_T', '_P', '_R', '_B', '_'])

/** The parts of a path; `isAlias` says which names hops and merge have given to datasets here. */
export function pathText(text: string, isAlias: (name: string) => boolean): PathText | null {
  const dot = text.indexOf('.')
  if (dot < 1) return null
  const name = text.slice(0, dot)
  if (!VARIABLES.has(name) && !isAlias(name)) return null
  const segments: Segment[] = []
  let at = dot + 1
  while (at < text.length) {
    const end = segmentEnd(text, at)
    const written = text.slice(at, end)
    segments.push({ name: unquoted(written), start: at, end })
    at = end + 1
  }
  // `_P._S.x`, `_R._T.x`: what follows a context is a variable again.
  let skip = 0
  if (name === '_P' || name === '_R') while (VARIABLES.has(segments[skip]?.name ?? '')) skip++
  return { variable: { name, start: 0, end: dot }, segments: segments.slice(skip) }
}

function segmentEnd(text: string, from: number): number {
  if (text[from] !== "'") {
    const dot = text.indexOf('.', from)
    return dot < 0 ? text.length : dot
  }
  let at = from + 1
  while (at < text.length) {
    if (text[at] !== "'") at++
    else if (text[at + 1] === "'") at += 2
    else return at + 1
  }
  return text.length
}

function unquoted(written: string): string {
  const quoted = written.length > 1 && written.startsWith("'") && written.endsWith("'")
  return quoted ? written.slice(1, -1).replaceAll("''", "'") : written
}

/** A name as a segment: in quotes where it is empty, holds a dot or begins with a quote. */
export function segmentText(name: string): string {
  return name === '' || name.includes('.') || name.startsWith("'") ? `'${name.replaceAll("'", "''")}'` : name
}
