/**
 * The cards and wires as React Flow has them during an interaction. A drag lives here until it ends and then becomes
 * one edit; what a person picks goes to the session and comes back from there, so that there is one selection only.
 */
import { applyNodeChanges, type EdgeChange, type NodeChange, useStoreApi } from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { select, useSession } from '../../store/session.ts'
import { moveNodes } from './actions.ts'
import { type CardNode, cardNodes, type WireEdge, wireEdges } from './elements.ts'
import type { Graph } from './graph.ts'
import type { Positions } from './layout-file.ts'

const nothingChosen: ReadonlySet<string> = new Set()

/**
 * Cards are of one size and say where their ports are. React Flow measures them all the same when they come into view,
 * finds no ports on those seen from afar, and drops their wires: nothing is measured, then.
 */
export function useNoMeasuring(): void {
  const store = useStoreApi()
  useState(() => store.setState({ updateNodeInternals: () => undefined }))
}

/** Cards, wires and what moves them. */
export function useElements(graph: Graph, places: Positions | null, readOnly: boolean) {
  const selection = useSession((state) => state.selection)
  const dragging = useRef(false)
  const [nodes, setNodes] = useState<CardNode[]>([])
  const [chosenWires, setChosenWires] = useState(nothingChosen)
  const drawn = useRef<WireEdge[]>([])
  const edges = useMemo(() => {
    drawn.current = wireEdges(graph, places ?? {}, chosenWires, !readOnly, drawn.current)
    return drawn.current
  }, [graph, places, chosenWires, readOnly])
  useEffect(() => {
    if (places && !dragging.current) setNodes((before) => cardNodes(graph, places, new Set(selection), before))
  }, [graph, places, selection])
  const chosen = useMemo(() => {
    const ids = new Set(selection)
    return graph.nodes.filter((node) => ids.has(node.id))
  }, [graph, selection])

  const onNodesChange = useCallback((changes: NodeChange<CardNode>[]) => {
    setNodes((before) => applyNodeChanges(changes, before))
    const picks = changes.filter((change) => change.type === 'select')
    if (picks.length > 0) select(withPicks(useSession.getState().selection, picks))
    // Moves by the keyboard come without a drag: each press is part of one step.
    const nudged = changes.flatMap((change) =>
      change.type === 'position' && change.position && !dragging.current ? [[change.id, change.position] as const] : [],
    )
    if (nudged.length > 0) moveNodes(Object.fromEntries(nudged), 'nudge')
  }, [])
  const onEdgesChange = useCallback((changes: EdgeChange<WireEdge>[]) => {
    const picks = changes.filter((change) => change.type === 'select')
    if (picks.length > 0) setChosenWires((before) => new Set(withPicks([...before], picks)))
  }, [])
  const startDrag = useCallback(() => {
    dragging.current = true
  }, [])
  const endDrag = useCallback((moved: readonly CardNode[]) => {
    dragging.current = false
    moveNodes(Object.fromEntries(moved.map((node) => [node.id, node.position])))
  }, [])
  const forgetWires = useCallback(() => setChosenWires(nothingChosen), [])
  return { nodes, edges, chosen, chosenWires, forgetWires, onNodesChange, onEdgesChange, startDrag, endDrag }
}

/** A selection after picks and their opposites. */
function withPicks(
  before: readonly string[],
  picks: readonly { readonly id: string; readonly selected: boolean }[],
): readonly string[] {
  const after = new Set(before)
  for (const { id, selected } of picks) {
    if (selected) after.add(id)
    else after.delete(id)
  }
  return [...after]
}
