/** The states of the pipes of a project, from the events of the current run and from earlier runs. */
import type { DatasetSummary, PipeFacts, PipeProgress, RunEvent, RunResult } from '../../../engine-worker/index.ts'

/** What a run is doing now. */
export interface CurrentRun {
  readonly run: string
  readonly started: number
  readonly round: number
  readonly pipes: readonly PipeProgress[]
}

/** The last known state of each pipe. */
export type PipeStates = Readonly<Record<string, PipeProgress>>

/** A run after an event: an event names only the pipes whose state has changed, the others stay as they were. */
export function withEvent(before: CurrentRun, event: RunEvent): CurrentRun {
  const pipes = new Map([...before.pipes, ...event.pipes].map((progress) => [progress.pipe, progress]))
  return { run: event.run, started: before.started, round: event.round, pipes: [...pipes.values()] }
}

/** Progress by pipe. */
export function byPipe(pipes: readonly PipeProgress[]): PipeStates {
  return Object.fromEntries(pipes.map((progress) => [progress.pipe, progress]))
}

/** The state of each pipe in the newest run that it took part in; `runs` are ordered newest first. */
export function statesOf(runs: readonly { readonly result: RunResult }[]): PipeStates {
  return Object.assign({}, ...[...runs].reverse().map(({ result }) => byPipe(result.pipes)))
}

/** The states without those of pipes that wrote entities to a dataset which has been emptied since. */
export function withoutEmptied(
  states: PipeStates,
  facts: readonly PipeFacts[],
  datasets: readonly DatasetSummary[],
): PipeStates {
  const filled = new Set(datasets.filter(({ versions }) => versions > 0).map(({ name }) => name))
  const emptied = new Set(facts.flatMap(({ pipe, writes }) => (writes !== null && !filled.has(writes) ? [pipe] : [])))
  const kept = Object.entries(states).filter(([pipe, { written }]) => written === 0 || !emptied.has(pipe))
  return kept.length === Object.keys(states).length ? states : Object.fromEntries(kept)
}
