/** What is on the way to and from the chosen nodes; everything else recedes. */
import { useEffect, useMemo } from 'react'
import { create } from 'zustand'
import { type Graph, type GraphNode, reachableNodes } from './graph.ts'

const useLitPath = create<{ readonly lit: ReadonlySet<string> | null }>(() => ({ lit: null }))

/** Lights the ways up and down from the chosen nodes; nothing recedes where none is chosen, or all of them are. */
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

/** Whether a node, or a wire by its two ends, is beside the way of what is chosen. */
export function useRecedes(...ids: readonly string[]): boolean {
  return useLitPath(({ lit }) => lit !== null && ids.some((id) => !lit.has(id)))
}
