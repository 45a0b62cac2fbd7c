/**
 * Tracing: what every sub-expression evaluated to, and the target after every transform. A traced rule is compiled with
 * a tracer, so rules that are not traced pay nothing.
 */
import type { Dict, Value } from '../../entity/value.ts'
import type { JsonPath } from '../../path.ts'
import type { Problem } from '../../problem.ts'
import type { Frame } from '../evaluation.ts'

/** Is told of everything that a traced evaluation does. */
export interface Tracer {
  /** A transform begins; what is reported until its target or problem happens inside it. */
  begin?(at: JsonPath, frame: Frame): void
  /** A rule begins to work on a value; what is reported until `leave` happens inside it. */
  enter?(at: JsonPath, source: Value): void
  /** A rule ends; null where it failed. */
  leave?(at: JsonPath, target: Dict | null): void
  value(at: JsonPath, value: Value): void
  target(at: JsonPath, before: Dict, after: Dict, goesOn: boolean): void
  problem(at: JsonPath, problem: Problem): void
}

/** One place of a rule, and what happened there last. */
export interface TraceEntry {
  readonly at: JsonPath
  times: number
  /** Of an expression. */
  value?: Value
  /** For a transform: the target before and after. */
  before?: Dict
  after?: Dict
  /** Whether the transform stopped the entity. */
  stopped?: boolean
  problem?: Problem
}

/** A tracer that keeps the last value of every place, in the order of first evaluation. */
export function traceRecorder(
  limit = 20_000,
): Tracer & { readonly traced: () => readonly TraceEntry[]; clear(): void } {
  const places = new Map<string, TraceEntry>()
  const entryAt = (place: JsonPath): TraceEntry | null => {
    const key = place.join('/')
    const known = places.get(key)
    if (known !== undefined) {
      known.times++
      return known
    }
    if (places.size >= limit) return null
    const fresh: TraceEntry = { at: place, times: 1 }
    places.set(key, fresh)
    return fresh
  }
  return {
    value: (place, value) => {
      const traced = entryAt(place)
      if (traced !== null) traced.value = value
    },
    target: (place, before, after, goesOn) => {
      const traced = entryAt(place)
      if (traced === null) return
      traced.before = before
      traced.after = after
      traced.stopped = !goesOn
    },
    problem: (place, problem) => {
      const traced = entryAt(place)
      if (traced !== null) traced.problem = problem
    },
    traced: () => [...places.values()],
    clear: () => places.clear(),
  }
}
