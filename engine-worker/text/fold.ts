/** The inverse of expand.ts: parts that belong together become their composite pipe again. */
import { get } from '../entity/dict.ts'
import { entriesOf, objectOf } from '../entity/entries.ts'
import { isObject, type Json, type JsonObject } from '../entity/value.ts'
import { type Problem, problem } from '../problem.ts'
import { COMPOSITE, partsOf } from './expand.ts'
import { sameJson } from './json-equality.ts'
import { transformsOf } from './split-points.ts'

const partMissing = problem<{ pipe: string; missing: string }>({
  code: 'fold-part-missing',
  severity: 'warning',
  says: ({ pipe, missing }) => `"${pipe}" stays in parts: part ${missing} is missing.`,
  fix: () => 'Put the missing part back, or remove "$composite" from the metadata of the others.',
})
const partChanged = problem<{ pipe: string }>({
  code: 'fold-part-changed',
  severity: 'warning',
  says: ({ pipe }) => `"${pipe}" stays in parts: they were changed in a way that one pipe cannot hold.`,
  fix: () => 'Undo changes of sources, sinks and settings between the parts, or remove "$composite" from the metadata.',
})

/** The pipes after folding, and the sets of parts that could not be folded. */
interface Folding {
  /** All pipes that came in, folded ones in the place of their last part. */
  readonly pipes: readonly JsonObject[]
  /** Parts that disappeared into their pipe. */
  readonly gone: readonly JsonObject[]
  readonly problems: readonly Problem[]
}

/** Folds all complete sets of parts among the pipes. */
export function foldPipes(pipes: readonly JsonObject[]): Folding {
  const sets = new Map<string, Part[]>()
  for (const pipe of pipes) {
    const mark = markOf(pipe)
    if (mark) sets.set(mark.pipe, [...(sets.get(mark.pipe) ?? []), { pipe, mark }])
  }
  const folded = new Map<JsonObject, JsonObject>()
  const foldedPipes = new Set<JsonObject>()
  const problems: Problem[] = []
  for (const [id, set] of sets) {
    const parts = set.sort((a, b) => a.mark.part - b.mark.part)
    const missing = firstMissing(parts)
    const whole = missing === null ? foldParts(parts) : null
    const last = parts.at(-1)
    if (missing !== null) problems.push(partMissing({ pipe: id, missing: String(missing) }, { pipe: id }))
    else if (!whole || !last) problems.push(partChanged({ pipe: id }, { pipe: id }))
    else {
      folded.set(last.pipe, whole)
      for (const part of parts.slice(0, -1)) foldedPipes.add(part.pipe)
    }
  }
  const remainingPipes = pipes.filter((pipe) => !foldedPipes.has(pipe)).map((pipe) => folded.get(pipe) ?? pipe)
  return { pipes: remainingPipes, gone: [...foldedPipes], problems }
}

interface PartMark {
  readonly pipe: string
  readonly part: number
  readonly parts: number
  /** Metadata of the whole pipe where it held nothing but is there. */
  readonly metadata: Json | undefined
}

interface Part {
  readonly pipe: JsonObject
  readonly mark: PartMark
}

function markOf(pipe: JsonObject): PartMark | null {
  const metadata = get(pipe, 'metadata')
  const mark = isObject(metadata) ? get(metadata, COMPOSITE) : undefined
  if (!isObject(mark)) return null
  const id = get(mark, 'pipe')
  const part = get(mark, 'part')
  const parts = get(mark, 'parts')
  if (typeof id !== 'string' || typeof part !== 'number' || typeof parts !== 'number') return null
  return { pipe: id, part, parts, metadata: get(mark, 'metadata') }
}

function firstMissing(parts: readonly Part[]): number | null {
  const count = Math.max(...parts.map(({ mark }) => mark.parts))
  for (let n = 1; n <= Math.min(count, parts.length + 1); n++) if (parts[n - 1]?.mark.part !== n) return n
  return parts.length === count ? null : count
}

/**
 * Puts the parts together; null when that would lose something, that is, when cutting the result at the same places would
 * not give these parts again.
 */
function foldParts(parts: readonly Part[]): JsonObject | null {
  const first = parts[0]?.pipe
  const last = parts.at(-1)
  if (!first || !last) return null
  const transforms = parts.flatMap(({ pipe }) => transformsOf(pipe))
  const single = parts.every(({ pipe }) => !Array.isArray(get(pipe, 'transform')))
  const transform: Json | undefined = single && transforms.length === 1 ? transforms[0] : transforms
  const entries = new Map<string, Json>()
  for (const [key, value] of entriesOf(last.pipe)) {
    if (key === 'source') entries.set(key, get(first, 'source') ?? value)
    else if (key === 'transform') entries.set(key, transform ?? value)
    else if (key === 'metadata') {
      const metadata = withoutMark(value, last.mark)
      if (metadata !== undefined) entries.set(key, metadata)
    } else entries.set(key, value)
  }
  if (!entries.has('transform') && transforms.length > 0) entries.set('transform', transform ?? [])
  for (const key of ['pump', 'add_namespaces']) {
    const value = get(first, key)
    if (value !== undefined) entries.set(key, value)
  }
  const whole = objectOf(entries)
  const names = parts.map(({ pipe }) => String(get(pipe, '_id')))
  const slices = parts.map(({ pipe }) => transformsOf(pipe))
  const again = partsOf(whole, last.mark.pipe, names, slices)
  return parts.every(({ pipe }, index) => sameJson(pipe, again[index])) ? whole : null
}

function withoutMark(metadata: Json, mark: PartMark): Json | undefined {
  if (!isObject(metadata)) return metadata
  const rest = entriesOf(metadata).filter(([key]) => key !== COMPOSITE)
  return rest.length > 0 ? objectOf(rest) : mark.metadata
}
