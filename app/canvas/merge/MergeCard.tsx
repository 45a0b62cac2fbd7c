import type { Node, NodeProps } from '@xyflow/react'
import { memo } from 'react'
import type { ChangedBy } from '../../../engine-worker/index.ts'
import { classes } from '../../ui/classes.ts'
import type { GraphNode } from '../flow/graph.ts'
import type { MergeMark } from './merge-graph.ts'
import { useMergeWords } from './merge-words.ts'

export type MergeNode = Node<{ readonly node: GraphNode; readonly mark: MergeMark | null }, 'merge-card'>

const lookBySide: Record<ChangedBy, string> = {
  mine: 'border-transform bg-transform-soft text-transform',
  theirs: 'border-source bg-source-soft text-source',
  both: 'border-warn bg-warn-soft text-warn',
}

/** A card of a merge: its name, who changed it, and how many choices it asks for. */
export const MergeCard = memo(function MergeCard({ data, selected }: NodeProps<MergeNode>) {
  const w = useMergeWords()
  const { node, mark } = data
  return (
    <div
      className={classes(
        'flex h-full w-full flex-col justify-center rounded-lg border bg-surface px-3 shadow-low',
        mark === null ? 'border-line opacity-50' : lookBySide[mark.by].split(' ')[0],
        mark?.is === 'gone' && 'border-dashed',
        selected && 'ring-2 ring-accent',
      )}
    >
      <span className={classes('truncate font-semibold', mark?.is === 'gone' && 'line-through')} title={node.name}>
        {node.name}
      </span>
      {mark && (
        <span className="flex min-w-0 items-center gap-1 text-tiny">
          <span className={classes('truncate rounded-full border px-1.5', lookBySide[mark.by])}>
            {w.merging.marks[mark.is][mark.by]}
          </span>
          {mark.conflicts > 0 && <span className="shrink-0 text-warn">{w.merging.conflicts(mark.conflicts)}</span>}
        </span>
      )}
    </div>
  )
})
