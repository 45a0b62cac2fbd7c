/** The state of a node, from the last facts of the engine: the colour of its dot, its count, its worst problem. */
import type { DatasetSummary, MatchRate, PipeProgress, PipeQueue, Problem } from '../../../engine-worker/index.ts'
import type { GraphNode } from './graph.ts'

export type NodeState = 'good' | 'bad' | 'warn' | 'running' | 'idle'

interface NodeFacts {
  readonly last: Readonly<Record<string, PipeProgress>>
  readonly problems: readonly Problem[]
}

/** The state of a node from the last run and the problems of its configuration. */
export function nodeState(known: NodeFacts, node: GraphNode): NodeState {
  if (node.kind === 'dataset') return 'idle'
  const progress = progressOf(known.last, node.name)
  if (progress?.state === 'running') return 'running'
  const problem = worstProblemOf(known, node.name)
  if (problem?.severity === 'error' || progress?.state === 'failed') return 'bad'
  if (problem || progress?.state === 'not-runnable') return 'warn'
  return progress?.state === 'done' ? 'good' : 'idle'
}

/** The worst problem of a component: of its configuration, otherwise of its last run. */
export function worstProblemOf(known: NodeFacts, id: string): Problem | null {
  const found = byComponent(known.problems).get(id)
  if (found) return found
  const last = progressOf(known.last, id)?.problems.find((problem) => problem.severity !== 'hint')
  return last ?? null
}

/** Entities of a dataset that are not deleted, or null where nothing is known of it. */
export function liveEntitiesOf(datasets: readonly DatasetSummary[], name: string): number | null {
  return byDataset(datasets).get(name)?.live ?? null
}

/** What a pipe has not read yet, of its source and of what it joins. */
export function unreadEntitiesOf(queues: Readonly<Record<string, PipeQueue>>, node: GraphNode): number {
  const queue = node.kind === 'pipe' && Object.hasOwn(queues, node.name) ? queues[node.name] : undefined
  return queue ? queue.source + queue.dependencies : 0
}

/** How a pipe's merge, otherwise the worst of its joins, matched in the last run; null where nothing was to match. */
export function matchRateOf(last: NodeFacts['last'], { kind, name }: GraphNode): MatchRate | null {
  const matches = (kind === 'pipe' ? progressOf(last, name)?.matches : undefined) ?? []
  const ratesByShare = matches.filter(({ of }) => of > 0).toSorted((a, b) => a.matched / a.of - b.matched / b.of)
  return ratesByShare.find(({ is }) => is === 'merge') ?? ratesByShare[0] ?? null
}

function progressOf(last: NodeFacts['last'], id: string): PipeProgress | undefined {
  return Object.hasOwn(last, id) ? last[id] : undefined
}

/** Hundreds of cards ask about the same lists; each list is indexed once. */
const byComponent = cachedIndex((problems: readonly Problem[]) => {
  const worst = new Map<string, Problem>()
  for (const problem of problems) {
    const id = problem.where.pipe ?? problem.where.system
    if (id === undefined || problem.severity === 'hint') continue
    if (worst.get(id)?.severity !== 'error') worst.set(id, problem)
  }
  return worst
})

const byDataset = cachedIndex(
  (datasets: readonly DatasetSummary[]) => new Map(datasets.map((dataset) => [dataset.name, dataset])),
)

function cachedIndex<T extends object, R>(make: (list: T) => R): (list: T) => R {
  const known = new WeakMap<T, R>()
  return (list) => {
    const before = known.get(list)
    if (before !== undefined) return before
    const now = make(list)
    known.set(list, now)
    return now
  }
}
