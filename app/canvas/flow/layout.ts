/**
 * Automatic layout: layers from sources to sinks, computed in a worker so that the page never waits.
 */
// elkjs: Eclipse's layered layout, the field's reference for directed graphs with ports. dagre is lighter but took four
// times as long at 2,000 nodes, and sets cycles (merge ← enrich ← merge) less readably. No eval in its worker.
import ELK, { type ELK as Elk } from 'elkjs/lib/elk-api.js'
import elkWorker from 'elkjs/lib/elk-worker.min.js?url'
import type { Point } from './arrangement.ts'
import type { Graph } from './graph.ts'

/** Size of a node card in canvas units; fixed, so that only what is visible needs to be drawn. */
export const cardWidth = 216
export const cardHeight = 60

let elk: Elk | null = null

/** Places for all nodes. Rejects only when the layout itself fails. */
export async function layout(graph: Graph): Promise<Record<string, Point>> {
  elk ??= new ELK({ workerFactory: () => new Worker(elkWorker) })
  const known = new Set(graph.nodes.map((node) => node.id))
  const edges = graph.edges.filter(({ from, to }) => from !== to && known.has(from) && known.has(to))
  const placed = await elk.layout({
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.layered.spacing.nodeNodeBetweenLayers': '88',
      'elk.spacing.nodeNode': '28',
      'elk.spacing.componentComponent': '64',
      'elk.aspectRatio': '2.2',
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      // Blocks need one row of layers for everything.
      'elk.separateConnectedComponents': String(graph.nodes.length <= wide),
      ...(graph.nodes.length > 600
        ? { 'elk.layered.thoroughness': '3', 'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF' }
        : {}),
    },
    children: graph.nodes.map(({ id }) => ({ id, width: cardWidth, height: cardHeight })),
    edges: edges.map(({ id, from, to, kind }) => ({
      id,
      sources: [from],
      targets: [to],
      // Hops are side inputs: they bend before what flows does.
      layoutOptions: { 'elk.layered.priority.direction': kind === 'hops' ? '1' : '10' },
    })),
  })
  const places = (placed.children ?? []).map(({ id, x = 0, y = 0 }) => ({ id, x, y }))
  return Object.fromEntries(
    (graph.nodes.length > wide ? inBlocks(places) : places).map(({ id, x, y }) => [id, { x, y }]),
  )
}

/** From this many nodes on, layers are broken into blocks. */
const wide = 120

interface Placed extends Point {
  readonly id: string
}

/**
 * A project of hundreds of pipes has layers of hundreds of sources, one above the other: nobody can look at that. Each
 * layer becomes a block of several columns, as high as keeps the whole in the shape of a screen; the order within the
 * layer, which keeps wires from crossing, stays.
 */
export function inBlocks(nodes: readonly Placed[]): readonly Placed[] {
  const cellWidth = cardWidth + 24
  const cellHeight = cardHeight + 24
  const rows = Math.max(8, Math.ceil(Math.sqrt((nodes.length * cellWidth) / cellHeight / 1.7)))
  const layers = new Map<number, Placed[]>()
  for (const node of nodes) {
    const layer = Math.round(node.x / (cardWidth / 2))
    layers.set(layer, [...(layers.get(layer) ?? []), node])
  }
  const placed: Placed[] = []
  let left = 0
  for (const [, layer] of [...layers].sort(([a], [b]) => a - b)) {
    const inOrder = [...layer].sort((a, b) => a.y - b.y)
    const columns = Math.ceil(inOrder.length / rows)
    const high = Math.ceil(inOrder.length / columns)
    const top = Math.round(((rows - high) * cellHeight) / 2)
    for (const [index, { id }] of inOrder.entries()) {
      const column = Math.floor(index / high)
      placed.push({ id, x: left + column * cellWidth, y: top + (index % high) * cellHeight })
    }
    left += columns * cellWidth + 120
  }
  return placed
}

/** A free place for a new node: beside what it follows, below what already stands there. */
export function freePlace(taken: Iterable<Point>, wish: Point): Point {
  const places = [...taken]
  let { x, y } = wish
  const overlaps = (other: Point) => Math.abs(other.x - x) < cardWidth + 16 && Math.abs(other.y - y) < cardHeight + 16
  for (let tries = 0; tries < 400 && places.some(overlaps); tries++) {
    y += cardHeight + 24
    if (tries % 20 === 19) {
      y = wish.y
      x += cardWidth + 40
    }
  }
  return { x, y }
}
