/** Ways through the project from dataset to dataset, from the facts that the engine derives. */
import type { PipeFacts } from '../../../engine-worker/index.ts'

/** One pipe on the way, with the datasets on its other side. */
export interface TrailStep {
  readonly depth: number
  readonly fact: PipeFacts
  /** The dataset through which the way came. */
  readonly through: string
  /** It came in by a join (hops) and not through the source. */
  readonly joined: boolean
  /** Further up or down this pipe was shown already. */
  readonly again: boolean
}

/** The pipes that a dataset is made by, those that make what they read, and so on. */
export function upstream(dataset: string, facts: readonly PipeFacts[]): readonly TrailStep[] {
  return collectTrails(
    dataset,
    (name) => facts.filter((fact) => fact.writes === name).map((fact) => ({ fact, joined: false })),
    (fact) => [...fact.reads, ...fact.hops],
    (fact, name) => fact.hops.includes(name) && !fact.reads.includes(name),
  )
}

/** The pipes that read or join a dataset, those that read what they write, and so on. */
export function downstream(dataset: string, facts: readonly PipeFacts[]): readonly TrailStep[] {
  return collectTrails(
    dataset,
    (name) =>
      facts
        .filter((fact) => fact.reads.includes(name) || fact.hops.includes(name))
        .map((fact) => ({ fact, joined: !fact.reads.includes(name) })),
    (fact) => (fact.writes === null ? [] : [fact.writes]),
    () => false,
  )
}

interface NextPipe {
  readonly fact: PipeFacts
  readonly joined: boolean
}

function collectTrails(
  start: string,
  next: (dataset: string) => readonly NextPipe[],
  beyond: (fact: PipeFacts) => readonly string[],
  joins: (fact: PipeFacts, dataset: string) => boolean,
): readonly TrailStep[] {
  const steps: TrailStep[] = []
  const seen = new Set<string>()
  const visit = (dataset: string, depth: number, byJoin: boolean) => {
    for (const { fact, joined } of next(dataset)) {
      const again = seen.has(fact.pipe)
      steps.push({ depth, fact, through: dataset, joined: joined || byJoin, again })
      if (again) continue
      seen.add(fact.pipe)
      for (const name of beyond(fact)) visit(name, depth + 1, joins(fact, name))
    }
  }
  visit(start, 0, false)
  return steps
}
