/** Failures by cause: pipes whose newest run failed, put together where the same went wrong. */
import type { RecordedProblem, RunRecord } from './history.ts'

/** One cause with the pipes that fail by it. */
export interface FailureCause {
  readonly problem: RecordedProblem
  /** When the first of them began to fail, in milliseconds since 1970. */
  readonly since: number
  readonly pipes: readonly { readonly pipe: string; readonly times: number }[]
}

/** What fails now, by cause, the one with most pipes first. `runs`: newest first. */
export function failureCauses(runs: readonly RunRecord[]): readonly FailureCause[] {
  const causes = new Map<
    string,
    { problem: RecordedProblem; since: number; pipes: { pipe: string; times: number }[] }
  >()
  for (const [pipe, failing] of failingNow(runs)) {
    const key = causeKey(failing.problem, pipe)
    const cause = causes.get(key) ?? { problem: failing.problem, since: failing.since, pipes: [] }
    causes.set(key, cause)
    cause.since = Math.min(cause.since, failing.since)
    cause.pipes.push({ pipe, times: failing.times })
  }
  return [...causes.values()].sort((a, b) => b.pipes.length - a.pipes.length || a.since - b.since)
}

/** The pipes whose newest run failed: why, how often in a row, since when. */
export function failingNow(
  runs: readonly RunRecord[],
): ReadonlyMap<string, { readonly problem: RecordedProblem; readonly times: number; readonly since: number }> {
  const failing = new Map<string, { problem: RecordedProblem; times: number; since: number }>()
  const settled = new Set<string>()
  for (const run of runs) {
    const seen = new Set<string>()
    for (const span of run.spans.toReversed()) {
      const { pipe, state, problem } = span
      // How a pipe ended in its last round is how the run ended for it.
      if (settled.has(pipe) || seen.has(pipe)) continue
      seen.add(pipe)
      if (state !== 'failed' || problem === null) {
        settled.add(pipe)
        continue
      }
      const known = failing.get(pipe) ?? { problem, times: 0, since: 0 }
      failing.set(pipe, { ...known, times: known.times + 1, since: run.started + span.from })
    }
  }
  return failing
}

/** The same for the same cause: what names the pipe or one entity counts no difference. */
function causeKey({ code, facts, message }: RecordedProblem, pipe: string): string {
  const describingFacts = Object.entries(facts).filter(([name]) => !['pipe', 'entity', 'id'].includes(name))
  return JSON.stringify([code, describingFacts.length > 0 ? describingFacts : message.replaceAll(pipe, '')])
}
