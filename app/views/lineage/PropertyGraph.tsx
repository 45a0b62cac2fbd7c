import { type Edge, Handle, MarkerType, type Node, type NodeProps, Position, ReactFlow } from '@xyflow/react'
import { memo } from 'react'
import type { Lineage, LineageNode } from '../../../engine-worker/index.ts'
import { layeredLayout } from '../../canvas/flow/layout.ts'
import { PropertyName } from '../../data/PropertyName.tsx'
import { go } from '../../route.ts'
import { useQuery } from '../../store/use-query.ts'
import { CanvasBackground } from '../../ui/CanvasBackground.tsx'
import { classes } from '../../ui/classes.ts'
import { endOf } from './ends.ts'
import { useLineageWords } from './lineage-words.ts'

interface PropertyGraphProps {
  readonly project: string
  readonly lineage: Lineage
  readonly label: string
}

/** Size of a card, in canvas units. */
const cardWidth = 172
const cardHeight = 48

type PropertyNode = Node<{ readonly node: LineageNode }, 'property'>

/** What a property is made of at its left, what is made of it at its right. Choosing one turns to it. */
export function PropertyGraph({ project, lineage, label }: PropertyGraphProps) {
  const w = useLineageWords()
  const { value: places } = useQuery(lineage, () => {
    const edges = lineage.edges.map((edge) => ({ ...edge, kind: 'flow' as const }))
    return layeredLayout(
      lineage.nodes.map(({ id }) => ({ id, width: cardWidth, height: cardHeight })),
      edges,
      false,
    )
  })
  const openProperty = (node: LineageNode) => {
    if (node.dataset !== null) go({ at: 'lineage', project, dataset: node.dataset, property: node.property })
    else if (node.pipe !== null) go({ at: 'pipe', project, pipe: node.pipe })
  }
  if (!places) return <div className="min-h-0 flex-1 bg-canvas" aria-busy />
  const nodes: PropertyNode[] = lineage.nodes.map((node) => {
    const { property, place } = endOf(node, w)
    return {
      id: node.id,
      type: 'property',
      position: places.find(({ id }) => id === node.id) ?? { x: 0, y: 0 },
      width: cardWidth,
      height: cardHeight,
      data: { node },
      ariaLabel: `${property}, ${place}`,
    }
  })
  return (
    <section aria-label={label} className="min-h-0 flex-1">
      <ReactFlow<PropertyNode, Edge>
        nodes={nodes}
        edges={lineage.edges.map(edgeOf)}
        nodeTypes={nodeTypes}
        onNodeClick={(_, { data }) => openProperty(data.node)}
        onKeyDown={(event) => {
          const id = event.target instanceof HTMLElement ? event.target.dataset.id : undefined
          const node = lineage.nodes.find((each) => each.id === id)
          if (node && (event.key === 'Enter' || event.key === ' ')) openProperty(node)
        }}
        nodesDraggable={false}
        nodesConnectable={false}
        fitView
        fitViewOptions={{ padding: 0.08, maxZoom: 1 }}
        minZoom={0.1}
        maxZoom={2}
        panOnScroll
        deleteKeyCode={null}
      >
        <CanvasBackground />
      </ReactFlow>
    </section>
  )
}

function edgeOf({ id, from, to, how }: Lineage['edges'][number]): Edge {
  const decides = how === 'decides'
  const stroke = decides ? 'var(--hops)' : 'var(--line-strong)'
  return {
    id,
    source: from,
    target: to,
    focusable: false,
    markerEnd: { type: MarkerType.ArrowClosed, color: stroke },
    style: { stroke, strokeWidth: 1.5, ...(decides ? { strokeDasharray: '5 4' } : {}) },
  }
}

const barClasses = { up: 'bg-source', here: 'bg-accent', down: 'bg-sink' } as const

const PropertyCard = memo(function PropertyCard({ data: { node } }: NodeProps<PropertyNode>) {
  const w = useLineageWords()
  const { property, place } = endOf(node, w)
  return (
    <div
      className={classes(
        'relative flex h-full w-full cursor-pointer flex-col justify-center rounded-lg border bg-surface pr-2 pl-3 shadow-low',
        node.side === 'here' ? 'border-accent ring-2 ring-accent/40' : 'border-line hover:border-line-strong',
        node.dataset === null && 'border-dashed',
      )}
    >
      <span aria-hidden className={classes('absolute inset-y-2 left-0 w-[3px] rounded-r-sm', barClasses[node.side])} />
      <Handle type="target" position={Position.Left} className="invisible" />
      <span className="mono flex font-semibold">
        <PropertyName name={property} />
      </span>
      <span className="truncate text-tiny text-ink-soft" title={place}>
        {place}
      </span>
      <Handle type="source" position={Position.Right} className="invisible" />
    </div>
  )
})

const nodeTypes = { property: PropertyCard }
