/** How a pipe stands after several rounds of one run. */
import type { Problem } from '../problem.ts'
import { addCounts, noEntities } from './entity-counts.ts'
import type { MatchRate, PipeProgress } from './progress.ts'

/** A pipe that has not begun. */
export function waitingPipe(pipe: string): PipeProgress {
  return {
    pipe,
    state: 'waiting',
    ...noEntities,
    milliseconds: 0,
    problems: [],
  }
}

/** Counts of several rounds together; state and problems are those of the last one that did anything. */
export function afterRound(before: PipeProgress, now: PipeProgress): PipeProgress {
  return {
    pipe: now.pipe,
    state: now.state,
    ...addCounts(before, now),
    milliseconds: before.milliseconds + now.milliseconds,
    ...spansOf(before, now),
    ...matchesOf(before, now),
    // The last problem of a run that failed is what stopped it, and may be over.
    problems: remainingProblems(before.state === 'failed' ? before.problems.slice(0, -1) : before.problems, now),
  }
}

/** Spans that are kept; behind that the last one grows. */
const MAX_SPANS = 40

/** When a pipe was at work; a round in which there was nothing to do is left out. */
function spansOf({ spans = [] }: PipeProgress, now: PipeProgress): Pick<PipeProgress, 'spans'> {
  const [last] = now.spans ?? []
  const idle = now.state === 'done' && now.read + now.reprocessed === 0 && spans.length > 0
  if (last === undefined || idle) return spans.length > 0 ? { spans } : {}
  if (spans.length < MAX_SPANS) return { spans: [...spans, last] }
  const [from] = spans.at(-1) ?? last
  return { spans: [...spans.slice(0, -1), [from, last[1]]] }
}

/** What joins found in all rounds together; of a merge as the last round left it. */
function matchesOf(
  { matches: before = [] }: PipeProgress,
  now: PipeProgress,
): { readonly matches?: readonly MatchRate[] } {
  const rates = new Map<string, MatchRate>(before.map((rate) => [`${rate.is} ${rate.name}`, rate]))
  for (const rate of now.matches ?? []) {
    const key = `${rate.is} ${rate.name}`
    const known = rate.is === 'hops' ? rates.get(key) : undefined
    rates.set(key, known ? { ...rate, matched: known.matched + rate.matched, of: known.of + rate.of } : rate)
  }
  return rates.size === 0 ? {} : { matches: [...rates.values()] }
}

/** Problems with single entities stay until the pipe has read them again; others are those of the last run that read. */
function remainingProblems(before: readonly Problem[], now: PipeProgress): readonly Problem[] {
  if (now.state === 'failed') return now.problems
  const known = new Set(now.problems.map(problemKey))
  const isIdle = now.state === 'done' && now.read + now.reprocessed === 0
  const remains = (found: Problem) => (isIdle || found.where.entity !== undefined) && !known.has(problemKey(found))
  return [...before.filter(remains), ...now.problems]
}

function problemKey({ code, where }: Problem): string {
  return `${code}\u0000${where.entity ?? ''}`
}
