/** The comparison for the canvas: React Flow with its default nodes and edges at the same positions. */
import { type Edge, type Node, ReactFlow } from '@xyflow/react'
import { createRoot } from 'react-dom/client'

declare global {
  interface Window {
    readonly graph: { readonly nodes: Node[]; readonly edges: Edge[] }
  }
}

const { nodes, edges } = window.graph
const root = document.getElementById('root')
if (root) createRoot(root).render(<ReactFlow defaultNodes={nodes} defaultEdges={edges} fitView minZoom={0.05} />)
