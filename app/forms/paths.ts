/** The paths that values have, from samples: what property pickers offer. */
import { segmentText } from '../../engine-worker/index.ts'
import { propertyType } from '../data/property-facts.ts'

export interface PathFact {
  /** As an expression reads it: `_S.address.city`. */
  readonly path: string
  readonly types: readonly string[]
  /** Share of the samples that have it, 0 to 1. */
  readonly present: number
}

/** Depth down to which nested properties are listed. */
const maxDepth = 3
const maxPaths = 500
const storeFields = new Set(['_updated', '_previous', '_hash', '_ts', '_deleted'])

interface SeenPath {
  count: number
  readonly types: Set<string>
}

/** The paths of sampled values (transit text) below a variable; `itself` offers the value, too (`_.`). */
export function pathsOf(samples: readonly string[], variable: string, itself = false): readonly PathFact[] {
  const seenPaths = new Map<string, SeenPath>()
  const values = samples.flatMap((text) => parsedValues(text))
  const items = itself ? values.flatMap((value) => (Array.isArray(value) ? value : [value])) : values
  if (itself && items.length > 0) {
    seenPaths.set(`${variable}.`, { count: items.length, types: new Set(items.map(propertyType)) })
  }
  for (const item of items) {
    const once = new Set<string>()
    visitPaths(item, variable, 0, (path, value) => {
      const known = seenPaths.get(path) ?? { count: 0, types: new Set<string>() }
      if (!once.has(path)) known.count++
      once.add(path)
      known.types.add(propertyType(value))
      if (seenPaths.size < maxPaths) seenPaths.set(path, known)
    })
  }
  return [...seenPaths]
    .map(([path, { count, types }]) => ({ path, types: [...types], present: count / Math.max(1, items.length) }))
    .sort((a, b) => depthOf(a.path) - depthOf(b.path) || b.present - a.present || (a.path < b.path ? -1 : 1))
}

/** Values that were cut because they are long cannot be parsed and say nothing. */
function parsedValues(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)]
  } catch {
    return []
  }
}

function visitPaths(value: unknown, path: string, level: number, found: (path: string, value: unknown) => void): void {
  if (level > maxDepth) return
  if (Array.isArray(value)) {
    for (const item of value.slice(0, 20)) visitPaths(item, path, level, found)
    return
  }
  if (typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value)) {
    if (storeFields.has(name)) continue
    const here = `${path}.${segmentText(name)}`
    found(here, inner)
    visitPaths(inner, here, level + 1, found)
  }
}

function depthOf(path: string): number {
  return path.replace(/'(?:[^']|'')*'/g, '').split('.').length
}
