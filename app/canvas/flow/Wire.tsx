import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath, Position } from '@xyflow/react'
import { Plus } from 'lucide-react'
import { memo } from 'react'
import { count } from '../../i18n/numbers.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useCanvasActions } from './actions-context.ts'
import { portSize, type WireEdge } from './elements.ts'
import { useFlowWords } from './flow-words.ts'
import { hoverEdge, leaveEdge, useIsHovered } from './hovered-edge.ts'
import { pathInLane } from './lanes.ts'
import { useLevelOfDetail } from './level-of-detail.ts'
import { useRecedes } from './lit-path.ts'
import { liveEntitiesOf } from './state.ts'

const classesOfKind = {
  flow: { stroke: 'var(--line-strong)', strokeWidth: 1.5 },
  system: { stroke: 'var(--line-strong)', strokeWidth: 1, strokeDasharray: '2 4' },
  hops: { stroke: 'var(--hops)', strokeWidth: 1.5, strokeDasharray: '5 4' },
} as const

/** A wire: what flows is solid, what hops reach is dashed and cyan. Pointing at one offers to insert a pipe. */
export const Wire = memo(function Wire(props: EdgeProps<WireEdge>) {
  const { id, data, selected } = props
  const w = useFlowWords()
  const { insert } = useCanvasActions()
  const pointed = useIsHovered(id)
  const ends = portBorders(props)
  const [straight, labelX, middleY] = getBezierPath(ends)
  const lane = data?.lane ?? null
  const path = lane === null ? straight : pathInLane(ends.sourceX, ends.sourceY, ends.targetX, ends.targetY, lane)
  const labelY = lane ?? middleY
  const recedes = useRecedes(props.source, props.target)
  const live = useEngine((state) => (data === undefined ? null : liveEntitiesOf(state.datasets, data.edge.dataset)))
  const level = useLevelOfDetail()
  const kind = data?.edge.kind ?? 'flow'
  const look = classesOfKind[kind]
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={kind === 'flow' && level !== 'farther' ? 16 : 0}
        style={
          selected ? { ...look, stroke: 'var(--accent)', strokeWidth: 2 } : recedes ? { ...look, opacity: 0.2 } : look
        }
      />
      {level === 'near' && kind === 'flow' && live !== null && live > 0 && !recedes && !pointed && !selected && (
        <text x={labelX} y={labelY - 4} textAnchor="middle" className="flow-wire-count">
          {count(live)}
        </text>
      )}
      {(selected || pointed) && kind === 'flow' && insert && data && (
        <EdgeLabelRenderer>
          <button
            type="button"
            aria-label={w.flow.insert(data.edge.dataset)}
            title={w.flow.insert(data.edge.dataset)}
            onClick={() => insert(data.edge)}
            onMouseEnter={() => hoverEdge(id)}
            onMouseLeave={leaveEdge}
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
            className="nodrag nopan pointer-events-auto absolute flex size-5 items-center justify-center rounded-full border border-accent bg-surface text-accent shadow-low hover:bg-accent hover:text-on-accent"
          >
            <Plus size={12} aria-hidden />
          </button>
        </EdgeLabelRenderer>
      )}
    </>
  )
})

/** Half of a port, which is centred on the border of its card. */
const portRadius = portSize / 2

/** A wire begins and ends at the borders of the cards, and not at the far side of their ports, which are seldom seen. */
function portBorders(wire: EdgeProps<WireEdge>) {
  const { sourceX, sourceY, sourcePosition, targetX, targetY, targetPosition } = wire
  return {
    sourceX: sourceX - portRadius,
    sourceY,
    sourcePosition,
    targetX: targetX + (targetPosition === Position.Left ? portRadius : 0),
    targetY:
      targetY + (targetPosition === Position.Top ? portRadius : targetPosition === Position.Bottom ? -portRadius : 0),
    targetPosition,
  }
}
