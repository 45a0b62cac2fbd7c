import { type Edge, type NodeChange, ReactFlow, ReactFlowProvider } from '@xyflow/react'
import { useMemo } from 'react'
import type { MergeEntry, Project } from '../../../engine-worker/index.ts'
import { useFunctionTable } from '../../store/catalogue.ts'
import { useProject } from '../../store/project/project.ts'
import { CanvasBackground } from '../../ui/CanvasBackground.tsx'
import { cardNodes, wireEdges } from '../flow/elements.ts'
import { useNoMeasuring } from '../flow/elements-state.ts'
import { usePositions } from '../flow/positions.ts'
import { MergeCard, type MergeNode } from './MergeCard.tsx'
import { entryOf, type MergeGraph, type MergeMark, mergeGraph } from './merge-graph.ts'
import { useMergeWords } from './merge-words.ts'

interface MergeCanvasProps {
  readonly theirs: Project
  readonly merged: Project
  readonly entries: readonly MergeEntry[]
  /** The key of the chosen entry. */
  readonly chosen: string | null
  readonly onChoose: (entry: string) => void
}

/** A merge on the canvas: what the newer version changed, what one has changed oneself, and where both did. */
export function MergeCanvas(props: MergeCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  )
}

const nodeTypes = { 'merge-card': MergeCard }
const noIds: ReadonlySet<string> = new Set()
/** As the Flow shows systems beside pipes: the places of cards are the same. */
const graphView = { datasets: false, systems: true, grouping: 'none' } as const
const fitOptions = { padding: 0.15, maxZoom: 1 }

function Canvas({ theirs, merged, entries, chosen, onChoose }: MergeCanvasProps) {
  const w = useMergeWords()
  useNoMeasuring()
  const base = useProject((state) => state.baseline)
  const mine = useProject((state) => state.document.content)
  const profile = useProject((state) => state.document.profile)
  const functions = useFunctionTable()
  const graph = useMemo(
    () => mergeGraph({ base, mine, theirs, merged, entries }, profile, functions),
    [base, mine, theirs, merged, entries, profile, functions],
  )
  const { places } = usePositions(graph, true, graphView)
  const nodes = useMemo(
    () =>
      cardNodes(graph, places ?? {}, noIds, []).map((card): MergeNode => {
        const mark = graph.marks.get(card.id) ?? null
        const { node } = card.data
        const markWords = mark === null ? [] : [w.merging.marks[mark.is][mark.by]]
        const conflictWords = mark !== null && mark.conflicts > 0 ? [w.merging.conflicts(mark.conflicts)] : []
        return {
          ...card,
          type: 'merge-card',
          selected: entryOf(node) === chosen,
          draggable: false,
          ariaLabel: [node.name, ...markWords, ...conflictWords].join(', '),
          data: { node, mark },
        }
      }),
    [graph, places, chosen, w],
  )
  const edges = useMemo(() => mergeEdges(graph, places ?? {}), [graph, places])
  const chooseEntry = (id: string) => {
    const node = graph.nodes.find((each) => each.id === id)
    const entry = node && entryOf(node)
    if (entry) onChoose(entry)
  }
  // Space and Enter on a card choose it, as a click does.
  const handleNodesChange = (changes: NodeChange<MergeNode>[]) => {
    for (const change of changes) if (change.type === 'select' && change.selected) chooseEntry(change.id)
  }
  if (places === null) return <p className="p-4 text-ink-soft">{w.common.loading}</p>
  return (
    <section aria-label={w.merging.canvas} className="relative min-h-0 min-w-0 flex-1">
      <ReactFlow<MergeNode, Edge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        onNodesChange={handleNodesChange}
        fitView
        fitViewOptions={fitOptions}
        minZoom={0.05}
        maxZoom={2}
        nodesConnectable={false}
        deleteKeyCode={null}
        panOnScroll
        onlyRenderVisibleElements
      >
        <CanvasBackground />
      </ReactFlow>
    </section>
  )
}

const colorBySide: Record<MergeMark['by'], string> = {
  mine: 'var(--transform)',
  theirs: 'var(--source)',
  both: 'var(--warn)',
}

/** Wires that come with the merge, that go with it, and those that stay. */
function mergeEdges(graph: MergeGraph, places: Parameters<typeof wireEdges>[1]): Edge[] {
  return wireEdges(graph, places, noIds, false).map(({ data: _, ...wire }) => {
    const mark = graph.marks.get(wire.id)
    return {
      ...wire,
      type: 'default',
      selectable: false,
      style: mark
        ? { stroke: colorBySide[mark.by], strokeWidth: 2.5, ...(mark.is === 'gone' ? { strokeDasharray: '4 4' } : {}) }
        : { stroke: 'var(--line-strong)', strokeWidth: 1 },
    }
  })
}
