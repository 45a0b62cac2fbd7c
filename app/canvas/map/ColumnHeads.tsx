import { useStore, ViewportPortal } from '@xyflow/react'
import { useFlowWords } from '../flow/flow-words.ts'
import type { MapSide } from './map-groups.ts'

interface ColumnHeadsProps {
  readonly columns: readonly {
    readonly side: MapSide
    readonly x: number
    readonly y: number
    readonly pipes: number
  }[]
}

/** What stands in each column of the map, above its cards and of one size at every zoom. */
export function ColumnHeads({ columns }: ColumnHeadsProps) {
  const w = useFlowWords()
  const zoom = useStore(({ transform }) => Math.max(0.4, Math.round(transform[2] * 20) / 20))
  return (
    <ViewportPortal>
      {columns.map(({ side, x, y, pipes }) => (
        <p
          key={side}
          className="eyebrow absolute whitespace-nowrap"
          style={{ transform: `translate(${x}px, ${y - 24 / zoom}px)`, fontSize: 11 / zoom }}
        >
          {w.flow.map.columns[side]} <span className="font-normal">{w.flow.pipesInGroup(pipes)}</span>
        </p>
      ))}
    </ViewportPortal>
  )
}
