/** The marks of pipes on the map: what happened to each, and which are looked for. */
import type { PipeProgress, PipeQueue, Problem } from '../../../engine-worker/index.ts'
import type { GraphNode } from '../flow/graph.ts'
import { nodeState, unreadEntitiesOf } from '../flow/state.ts'

/** What is worth showing of a pipe, the most urgent first. */
export const pipeMarks = ['failed', 'queued', 'running', 'changed', 'off', 'fine'] as const
export type PipeMark = (typeof pipeMarks)[number]

interface PipeKnowledge {
  readonly last: Readonly<Record<string, PipeProgress>>
  readonly problems: readonly Problem[]
  readonly queues: Readonly<Record<string, PipeQueue>>
  /** `_id`s of pipes that differ from the state that was imported or exported last. */
  readonly changed: ReadonlySet<string>
}

/** The mark of a pipe. */
export function markOf(node: GraphNode, known: PipeKnowledge): PipeMark {
  const state = nodeState(known, node)
  if (state === 'bad') return 'failed'
  if (state === 'running') return 'running'
  if (unreadEntitiesOf(known.queues, node) > 0) return 'queued'
  if (known.changed.has(node.name)) return 'changed'
  return node.disabled ? 'off' : 'fine'
}

/** What of the map is looked for: words in names, and one mark. */
export interface MapFilter {
  readonly text: string
  readonly mark: PipeMark | null
  /** A system that the pipe reads or sends to. */
  readonly system: string | null
}

/** Whether a pipe is looked for. */
export function isSought(node: GraphNode, mark: PipeMark, filter: MapFilter): boolean {
  if (filter.mark !== null && mark !== filter.mark) return false
  if (filter.system !== null && node.groups.system !== filter.system) return false
  const name = node.name.toLowerCase()
  return filter.text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => name.includes(word))
}
