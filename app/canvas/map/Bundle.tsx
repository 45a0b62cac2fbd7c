import { BaseEdge, type EdgeProps, getBezierPath } from '@xyflow/react'
import { memo } from 'react'
import { count } from '../../i18n/numbers.ts'
import type { BundleEdge, BundleLook } from './map-elements.ts'

const colors: Record<BundleLook, string> = {
  in: 'var(--source)',
  out: 'var(--sink)',
  plain: 'var(--line-strong)',
  faint: 'var(--line)',
}

/** All wires between two groups as one, as thick as they are many. */
export const Bundle = memo(function Bundle(props: EdgeProps<BundleEdge>) {
  const { id, data, targetX, targetY } = props
  const [path] = getBezierPath(props)
  if (!data) return null
  const { bundle, look } = data
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
      {isChosen && (
        <text
          x={targetX - 8}
          y={targetY - 6}
          textAnchor="end"
          className="fill-ink-soft text-tiny"
          style={{ paintOrder: 'stroke', stroke: 'var(--canvas)', strokeWidth: 4 }}
        >
          {count(bundle.count)}
        </text>
      )}
    </>
  )
})
