/**
 * Where each node stands: where a person put it (saved with the project), otherwise where the automatic layout put it
 * when the project was first seen in this browser. Nothing that stands somewhere ever moves unasked: a new node is given
 * a free place beside its neighbours.
 */
import { useEffect, useMemo } from 'react'
import { create } from 'zustand'
import { editContent, useContent, useProject } from '../../store/project.ts'
import { arrangementOf, movedTo, type Point } from './arrangement.ts'
import type { Graph, Grouping } from './graph.ts'
import { groupsOf } from './groups.ts'
import { cardWidth, freePlace, layout } from './layout.ts'

export type Places = Readonly<Record<string, Point>>

interface Derived {
  readonly project: string | null
  readonly places: Places
  readonly busy: boolean
}

const useDerived = create<Derived>(() => ({ project: null, places: {}, busy: false }))

/**
 * Places of all nodes of the graph, or null while the first layout is computed. `complete` says whether the wires are
 * known: a first layout without them would be of no use.
 */
export function usePlaces(graph: Graph, complete: boolean): { readonly places: Places | null; readonly busy: boolean } {
  const id = useProject((state) => state.id)
  const stored = arrangementOf(useContent()).positions
  const derived = useDerived()
  const own = derived.project === id ? derived.places : null

  useEffect(() => {
    if (id !== null && useDerived.getState().project !== id) {
      useDerived.setState({ project: id, places: remembered(id), busy: false })
    }
  }, [id])

  // A canvas that has been shown stays: what is new stands beside its neighbours at once.
  const places = useMemo(() => {
    if (own === null) return null
    const known = { ...own, ...stored }
    const missing = graph.nodes.filter((node) => !known[node.id]).length
    if (missing === 0) return known
    return missing < graph.nodes.length ? beside(graph, known) : null
  }, [graph, stored, own])

  useEffect(() => {
    if (id === null || own === null || graph.nodes.length === 0 || !complete) return
    if (places === null) void first(id, graph)
    else if (graph.nodes.some((node) => !stored[node.id] && !own[node.id])) keep(id, { ...places, ...own })
  }, [id, graph, stored, own, places, complete])
  return { places, busy: derived.busy }
}

/** Lays the whole graph out again, groups together: one step of history. */
export async function layOut(graph: Graph, grouping: Grouping, label: string): Promise<void> {
  useDerived.setState({ busy: true })
  try {
    const places = await layout(graph, groupsOf(graph, grouping))
    editContent(label, (content) => movedTo(content, places))
  } finally {
    useDerived.setState({ busy: false })
  }
}

/** Says where a node that is about to be made shall stand. */
export function placeNext(id: string, at: Point): void {
  const { project, places } = useDerived.getState()
  if (project !== null) keep(project, { ...places, [id]: at })
}

async function first(id: string, graph: Graph): Promise<void> {
  if (useDerived.getState().busy) return
  useDerived.setState({ busy: true })
  try {
    const places = await layout(graph)
    if (useDerived.getState().project === id) keep(id, { ...useDerived.getState().places, ...places })
  } finally {
    useDerived.setState({ busy: false })
  }
}

/** Free places for the nodes that have none, right of what they read, or left of what reads them. */
export function beside(graph: Graph, known: Places): Places {
  const places: Record<string, Point> = { ...known }
  for (const { id } of graph.nodes) {
    if (places[id]) continue
    const before = graph.edges.find((edge) => edge.to === id && places[edge.from])
    const after = graph.edges.find((edge) => edge.from === id && places[edge.to])
    const near = before ? places[before.from] : after ? places[after.to] : undefined
    const shift = before ? cardWidth + 88 : after ? -cardWidth - 88 : 0
    const wish = near ? { x: near.x + shift, y: near.y } : { x: 0, y: lowest(places) }
    places[id] = freePlace(Object.values(places), wish)
  }
  return places
}

function lowest(places: Places): number {
  const all = Object.values(places)
  return all.length === 0 ? 0 : Math.max(...all.map((place) => place.y)) + 96
}

function keep(id: string, places: Places): void {
  useDerived.setState({ project: id, places })
  try {
    localStorage.setItem(storageKey(id), JSON.stringify(places))
  } catch {
    // Storage is full or switched off: the places hold until the tab closes.
  }
}

function remembered(id: string): Places {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey(id)) ?? '{}')
    return typeof stored === 'object' && stored !== null ? (stored as Places) : {}
  } catch {
    return {}
  }
}

function storageKey(id: string): string {
  return `pipewright.places.${id}`
}
