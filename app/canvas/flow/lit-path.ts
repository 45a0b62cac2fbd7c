/** The nodes upstream and downstream of the chosen ones; all others are dimmed. */
import { useEffect, useMemo } from 'react'
import { create } from 'zustand'
import { type Graph, type GraphNode, reachableNodes } from './graph.ts'

const useLitPath = create<{ readonly lit: ReadonlySet<string> | null }>(() => ({ lit: null }))

/** Finds the nodes upstream and downstream of the chosen ones; nothing is dimmed where none or all are chosen. */
export function useLightPath({ nodes, edges }: Graph, chosen: readonly GraphNode[]): void {
  const lit = useMemo(() => {
    if (chosen.length === 0 || chosen.length === nodes.length) return null
    const ways = (['up', 'down'] as const).flatMap((way) => chosen.map(({ id }) => reachableNodes(edges, id, way)))
    return new Set(ways.flatMap((way) => [...way]))
  }, [nodes, edges, chosen])
  useEffect(() => {
    useLitPath.setState({ lit })
    return () => useLitPath.setState({ lit: null })
  }, [lit])
}

/** Whether a node, or a wire by its two ends, is dimmed. */
export function useRecedes(...ids: readonly string[]): boolean {
  return useLitPath(({ lit }) => lit !== null && ids.some((id) => !lit.has(id)))
}
