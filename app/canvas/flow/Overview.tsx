import { useMemo } from 'react'
import { useEngine } from '../../store/engine/state.ts'
import type { Graph } from './graph.ts'
import { cardHeight, cardWidth } from './layout.ts'
import type { Positions } from './layout-file.ts'
import { Miniature } from './Miniature.tsx'
import { nodeState } from './state.ts'

/** With fewer cards than this no map is shown. */
export const overviewFrom = 9

/** All cards of the Flow in a corner; those that failed stand out. */
export function Minimap({ graph, places }: { readonly graph: Graph; readonly places: Positions }) {
  const failing = useEngine((state) =>
    graph.nodes
      .filter((node) => nodeState(state, node) === 'bad')
      .map(({ id }) => id)
      .join('\n'),
  )
  const boxes = useMemo(() => {
    const bad = new Set(failing.split('\n'))
    return graph.nodes.flatMap(({ id }) => {
      const place = places[id]
      return place ? [{ ...place, width: cardWidth, height: cardHeight, bad: bad.has(id) }] : []
    })
  }, [graph, places, failing])
  return <Miniature boxes={boxes} />
}
