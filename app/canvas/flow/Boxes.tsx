import { useStore, ViewportPortal } from '@xyflow/react'
import { type CSSProperties, useMemo } from 'react'
import { useFlowWords } from './flow-words.ts'
import type { Graph, Grouping } from './graph.ts'
import { groupBoxes } from './groups.ts'
import type { Positions } from './layout-file.ts'

interface BoxesProps {
  readonly graph: Graph
  readonly grouping: Grouping
  readonly places: Positions
  readonly folded: readonly string[]
  readonly onFold: (name: string) => void
}

/** The boxes around groups, behind the cards; their heading folds them. */
export function Boxes({ graph, grouping, places, folded, onFold }: BoxesProps) {
  const w = useFlowWords()
  const found = useMemo(() => groupBoxes(graph, grouping, places, folded), [graph, grouping, places, folded])
  const none = found.length === 0
  // Headings stay readable when zoomed out. Set only here: on the whole canvas it would restyle every card at each zoom
  // step.
  const zoom = useStore((state) => (none ? '' : state.transform[2].toFixed(2)))
  if (none) return null
  return (
    <ViewportPortal>
      {found.map(({ id, name, x, y, width, height, members }) => (
        <div
          key={id}
          className="pointer-events-none absolute -z-10 rounded-xl border border-dashed border-line-strong bg-surface/50"
          style={{ transform: `translate(${x}px, ${y}px)`, width, height, '--flow-zoom': zoom } as CSSProperties}
        >
          <button
            type="button"
            aria-label={w.flow.fold(name)}
            title={w.flow.fold(name)}
            onClick={() => onFold(name)}
            className="flow-heading nodrag nopan pointer-events-auto absolute bottom-full left-0 flex max-w-full gap-2 overflow-hidden rounded-sm px-2 font-semibold whitespace-nowrap text-ink-soft hover:bg-hover"
          >
            {name} <span className="font-normal text-ink-faint">{w.flow.pipesInGroup(members.length)}</span>
          </button>
        </div>
      ))}
    </ViewportPortal>
  )
}
