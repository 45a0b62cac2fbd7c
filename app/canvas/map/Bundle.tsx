import { BaseEdge, type EdgeProps, getBezierPath, useStore } from '@xyflow/react'
import { memo } from 'react'
import { count } from '../../i18n/numbers.ts'
import { bundlePath } from './bundle-path.ts'
import type { BundleEdge, BundleLook } from './map-elements.ts'

const colors: Record<BundleLook, string> = {
  in: 'var(--source)',
  out: 'var(--sink)',
  plain: 'var(--line-strong)',
  faint: 'var(--line)',
}

/** All wires between two groups as one, as thick as they are many. */
export const Bundle = memo(function Bundle(props: EdgeProps<BundleEdge>) {
  const { id, data, sourceHandleId } = props
  if (!data) return null
  const { bundle, look, lanes, above, shift } = data
  const ends = {
    sourceX: props.sourceX,
    sourceY: props.sourceY + shift.source,
    targetX: props.targetX,
    targetY: props.targetY + shift.target,
  }
  const path = sourceHandleId === 'aside' ? getBezierPath(props)[0] : bundlePath(ends, lanes, above)
  const isChosen = look === 'in' || look === 'out'
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={0}
        style={{
          stroke: bundle.kind === 'hops' && look !== 'faint' ? 'var(--hops)' : colors[look],
          strokeWidth: 1 + Math.log2(bundle.count) * (isChosen ? 1 : 0.6),
          ...(bundle.kind === 'hops' ? { strokeDasharray: '5 4' } : {}),
        }}
      />
      {isChosen && bundle.count > 1 && (
        <BundleCount
          of={bundle.count}
          x={look === 'in' ? ends.sourceX : ends.targetX}
          y={look === 'in' ? ends.sourceY : ends.targetY}
          isStart={look === 'in'}
        />
      )}
    </>
  )
})

interface BundleCountProps {
  readonly of: number
  readonly x: number
  readonly y: number
  readonly isStart: boolean
}

/** How many wires a bundle holds, at the end that is not at the chosen group; of one size at every zoom. */
function BundleCount({ of, x, y, isStart }: BundleCountProps) {
  const size = useStore(({ transform: [, , zoom] }) => Math.min(24, 11 / zoom))
  return (
    <text
      x={x + (isStart ? size * 0.8 : -size * 0.8)}
      y={y - size * 0.4}
      textAnchor={isStart ? 'start' : 'end'}
      className="fill-ink-soft"
      style={{ fontSize: size, paintOrder: 'stroke', stroke: 'var(--canvas)', strokeWidth: 4 }}
    >
      {count(of)}
    </text>
  )
}
