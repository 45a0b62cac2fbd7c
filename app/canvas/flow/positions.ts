/**
 * Where each node stands: where a person put it (saved with the project), otherwise where the automatic layout put it
 * when this view of the project (with datasets or not, grouped or not) was first seen in this browser. A node that has
 * a position never moves by itself: a new node is given a free place beside its neighbours.
 */
import { useEffect, useMemo } from 'react'
import { create } from 'zustand'
import { editContent, useContent, useProject } from '../../store/project/project.ts'
import type { Graph, Grouping } from './graph.ts'
import { groupsOf } from './groups.ts'
import { cardWidth, freePlace, layout } from './layout.ts'
import { layoutFileOf, movedTo, type Point, type Positions } from './layout-file.ts'

/** What decides where the automatic layout puts things: each such view of a project has its own places. */
interface GraphViewOptions {
  readonly datasets: boolean
  readonly systems: boolean
  readonly grouping: Grouping
}

interface AutomaticPositions {
  readonly project: string | null
  /** The view of the project that the positions belong to, see `graphViewKey`. */
  readonly shape: string
  readonly places: Positions
  readonly busy: boolean
}

const useAutomaticPositions = create<AutomaticPositions>(() => ({ project: null, shape: '', places: {}, busy: false }))

/**
 * Positions of all nodes of the graph, or null while the first layout is computed. `complete` says whether the wires are
 * known: a first layout without them would be of no use.
 */
export function usePositions(
  graph: Graph,
  complete: boolean,
  shown: GraphViewOptions,
): { readonly places: Positions | null; readonly busy: boolean } {
  const id = useProject((state) => state.id)
  const stored = layoutFileOf(useContent()).positions
  const derived = useAutomaticPositions()
  const shape = graphViewKey(shown)
  const { grouping } = shown
  const derivedPlaces = derived.project === id && derived.shape === shape ? derived.places : null

  useEffect(() => {
    if (id !== null && !isAt(id, shape)) {
      useAutomaticPositions.setState({ project: id, shape, places: storedPositions(id, shape), busy: false })
    }
  }, [id, shape])

  // A canvas that has been shown stays: what is new stands beside its neighbours at once.
  const places = useMemo(() => {
    if (derivedPlaces === null) return null
    const known = { ...derivedPlaces, ...stored }
    const missing = graph.nodes.filter((node) => !known[node.id]).length
    if (missing === 0) return known
    // A view that is new here and has little that was placed by hand is laid out as a whole.
    const unseen = Object.keys(derivedPlaces).length === 0 && missing * 2 > graph.nodes.length
    return missing < graph.nodes.length && !unseen ? withNewNodes(graph, known) : null
  }, [graph, stored, derivedPlaces])

  useEffect(() => {
    if (id === null || derivedPlaces === null || graph.nodes.length === 0 || !complete) return
    if (places === null) void layOutFirstTime(id, shape, graph, grouping)
    else if (graph.nodes.some((node) => !stored[node.id] && !derivedPlaces[node.id]))
      storePositions(id, shape, { ...places, ...derivedPlaces })
  }, [id, shape, grouping, graph, stored, derivedPlaces, places, complete])
  return { places, busy: derived.busy }
}

/** Lays the whole graph out again, groups together: one step of history. */
export async function layOut(graph: Graph, grouping: Grouping, label: string): Promise<void> {
  useAutomaticPositions.setState({ busy: true })
  try {
    const places = await layout(graph, groupsOf(graph, grouping))
    editContent(label, (content) => movedTo(content, places))
  } finally {
    useAutomaticPositions.setState({ busy: false })
  }
}

/** Sets the position of a node that is about to be created. */
export function setNextPosition(id: string, at: Point): void {
  const { project, shape, places } = useAutomaticPositions.getState()
  if (project !== null) storePositions(project, shape, { ...places, [id]: at })
}

async function layOutFirstTime(id: string, shape: string, graph: Graph, grouping: Grouping): Promise<void> {
  if (useAutomaticPositions.getState().busy) return
  useAutomaticPositions.setState({ busy: true })
  try {
    const places = await layout(graph, groupsOf(graph, grouping))
    if (isAt(id, shape)) storePositions(id, shape, { ...useAutomaticPositions.getState().places, ...places })
  } finally {
    if (isAt(id, shape)) useAutomaticPositions.setState({ busy: false })
  }
}

function isAt(id: string, shape: string): boolean {
  const derived = useAutomaticPositions.getState()
  return derived.project === id && derived.shape === shape
}

/** The key of a view of a project; empty for the default view. */
export function graphViewKey({ datasets, systems, grouping }: GraphViewOptions): string {
  return [datasets && 'datasets', systems && 'systems', grouping !== 'none' && grouping].filter(Boolean).join('+')
}

/** Free places for the nodes that have none, right of what they read, or left of what reads them. */
function withNewNodes(graph: Graph, known: Positions): Positions {
  const places: Record<string, Point> = { ...known }
  for (const { id } of graph.nodes) {
    if (places[id]) continue
    const before = graph.edges.find((edge) => edge.to === id && places[edge.from])
    const after = graph.edges.find((edge) => edge.from === id && places[edge.to])
    const near = before ? places[before.from] : after ? places[after.to] : undefined
    const shift = before ? cardWidth + 88 : after ? -cardWidth - 88 : 0
    const wish = near ? { x: near.x + shift, y: near.y } : { x: 0, y: bottomOf(places) }
    places[id] = freePlace(Object.values(places), wish)
  }
  return places
}

function bottomOf(places: Positions): number {
  const all = Object.values(places)
  return all.length === 0 ? 0 : Math.max(...all.map((place) => place.y)) + 96
}

function storePositions(id: string, shape: string, places: Positions): void {
  useAutomaticPositions.setState({ project: id, shape, places })
  try {
    localStorage.setItem(storageKey(id, shape), JSON.stringify(places))
  } catch {
    // Storage is full or switched off: the places hold until the tab closes.
  }
}

function storedPositions(id: string, shape: string): Positions {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey(id, shape)) ?? '{}')
    return typeof stored === 'object' && stored !== null ? (stored as Positions) : {}
  } catch {
    return {}
  }
}

function storageKey(id: string, shape: string): string {
  return `pipewright.places.${id}${shape === '' ? '' : `.${shape}`}`
}
