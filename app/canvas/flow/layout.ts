/** Automatic layout: layers from sources to sinks, computed in a worker so that the page is never blocked. */
// elkjs: Eclipse's layered layout, the field's reference for directed graphs with ports. dagre is lighter but took four
// times as long at 2,000 nodes, and sets cycles (merge ← enrich ← merge) less readably. No eval in its worker.
import ELK, { type ELK as Elk } from 'elkjs/lib/elk-api.js'
import elkWorker from 'elkjs/lib/elk-worker.min.js?url'
import { startWorker } from '../../store/engine/start-worker.ts'
import type { Graph, GraphEdge, GraphNode } from './graph.ts'
import type { Point } from './layout-file.ts'

/** Size of a node card in canvas units; fixed, so that only what is visible needs to be drawn. */
export const cardWidth = 216
export const cardHeight = 60

let loadedElk: Elk | null = null

interface Item {
  readonly id: string
  readonly width: number
  readonly height: number
}

type Wire = Pick<GraphEdge, 'id' | 'from' | 'to' | 'kind'>

/**
 * Positions for all nodes. The members of a group are laid out together and the group is then one large item among the
 * others. Rejects only when the layout itself fails.
 */
export async function layout(
  graph: Graph,
  groups: ReadonlyMap<string, readonly GraphNode[]> = new Map(),
): Promise<Record<string, Point>> {
  const owner = new Map([...groups].flatMap(([name, members]) => members.map(({ id }) => [id, name] as const)))
  const inner = new Map<string, readonly PlacedNode[]>()
  for (const [name, members] of groups) {
    const ids = new Set(members.map(({ id }) => id))
    const edges = graph.edges.filter(({ from, to }) => ids.has(from) && ids.has(to))
    inner.set(name, await layeredLayout(members.map(cardItem), edges, true))
  }
  const items: Item[] = [
    ...[...inner].map(([name, members]) => ({ id: groupId(name), ...groupSize(members) })),
    ...graph.nodes.filter(({ id }) => !owner.has(id)).map(cardItem),
  ]
  const ownerId = (id: string) => (owner.has(id) ? groupId(owner.get(id) ?? '') : id)
  const outer = await layeredLayout(items, mergedWires(graph.edges, ownerId), groups.size === 0)
  const places: [string, Point][] = []
  for (const { id, x, y } of outer) {
    const members = id.startsWith(groupPrefix) ? inner.get(id.slice(groupPrefix.length)) : undefined
    if (!members) places.push([id, { x, y }])
    else
      for (const each of members) places.push([each.id, { x: x + each.x + groupMargin, y: y + each.y + groupHeading }])
  }
  return Object.fromEntries(places)
}

const groupPrefix = 'group '
const groupId = (name: string) => `${groupPrefix}${name}`
const cardItem = ({ id }: { readonly id: string }): Item => ({ id, width: cardWidth, height: cardHeight })
/** Room that a group's box takes around its members. */
const groupMargin = 24
const groupHeading = 48

/** The room a group needs, its margin and heading included. */
function groupSize(members: readonly PlacedNode[]): { width: number; height: number } {
  const right = Math.max(...members.map(({ x }) => x)) + cardWidth
  const bottom = Math.max(...members.map(({ y }) => y)) + cardHeight
  return { width: right + 2 * groupMargin, height: bottom + groupHeading + groupMargin }
}

/** Wires between the owners of their ends, each pair once. */
function mergedWires(edges: readonly Wire[], ownerOf: (id: string) => string): readonly Wire[] {
  const found = new Map<string, Wire>()
  for (const edge of edges) {
    const from = ownerOf(edge.from)
    const to = ownerOf(edge.to)
    const id = `${edge.kind} ${from} ${to}`
    if (!found.has(id)) found.set(id, { id, from, to, kind: edge.kind })
  }
  return [...found.values()]
}

/** One layered layout of items of any size; `blocks` breaks long layers of equal cards into several columns. */
export async function layeredLayout(
  items: readonly Item[],
  edges: readonly Wire[],
  blocks: boolean,
): Promise<readonly PlacedNode[]> {
  loadedElk ??= new ELK({ workerFactory: () => startWorker(elkWorker, { name: 'layout', classic: true }) })
  const known = new Set(items.map(({ id }) => id))
  const large = blocks && items.length > wideLayer
  const placed = await loadedElk.layout({
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.layered.spacing.nodeNodeBetweenLayers': '88',
      'elk.spacing.nodeNode': '28',
      'elk.spacing.componentComponent': '64',
      'elk.aspectRatio': '2.2',
      // Wires are drawn by the canvas: routing them here would only take time.
      'elk.edgeRouting': 'POLYLINE',
      // Blocks need one row of layers for everything, and only the order in each layer: places are given anew.
      'elk.separateConnectedComponents': String(!large),
      ...(large
        ? { ...largeLayoutOptions, 'elk.layered.thoroughness': items.length > largeGraph ? '1' : '3' }
        : edges.length > manyWires
          ? { 'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF' }
          : layoutOptions),
    },
    children: items.map(({ id, width, height }) => ({ id, width, height })),
    edges: edges
      .filter(({ from, to }) => from !== to && known.has(from) && known.has(to))
      .map(({ id, from, to, kind }) => ({
        id,
        sources: [from],
        targets: [to],
        // Hops are side inputs: they bend before what flows does.
        layoutOptions: { 'elk.layered.priority.direction': kind === 'hops' ? '1' : '10' },
      })),
  })
  const places = (placed.children ?? []).map(({ id, x = 0, y = 0 }) => ({ id, x, y }))
  return large ? inBlocks(places) : places
}

/** From this many wires on, the layout that looks best takes many seconds. */
const manyWires = 80
const layoutOptions = {
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
}

/** Gives the same layers as the options above; 2,000 nodes take a second. */
const largeLayoutOptions = {
  'elk.layered.nodePlacement.strategy': 'SIMPLE',
  'elk.layered.crossingMinimization.greedySwitch.type': 'OFF',
}
const largeGraph = 600

/** From this many nodes on, layers are broken into blocks. */
const wideLayer = 120

interface PlacedNode extends Point {
  readonly id: string
}

/**
 * A project of hundreds of pipes has layers of hundreds of sources, one above the other, too high for any screen. Each
 * layer becomes a block of several columns, as high as keeps the whole in the shape of a screen; the order within the
 * layer, which keeps wires from crossing, stays.
 */
export function inBlocks(nodes: readonly PlacedNode[]): readonly PlacedNode[] {
  const cellWidth = cardWidth + 24
  const cellHeight = cardHeight + 24
  const rows = Math.max(8, Math.ceil(Math.sqrt((nodes.length * cellWidth) / cellHeight / 1.7)))
  const layers = new Map<number, PlacedNode[]>()
  for (const node of nodes) {
    const layer = Math.round(node.x / (cardWidth / 2))
    const known = layers.get(layer)
    if (known) known.push(node)
    else layers.set(layer, [node])
  }
  const placed: PlacedNode[] = []
  let columnLeft = 0
  for (const [, layer] of [...layers].sort(([a], [b]) => a - b)) {
    const inOrder = [...layer].sort((a, b) => a.y - b.y)
    const columns = Math.ceil(inOrder.length / rows)
    const high = Math.ceil(inOrder.length / columns)
    const top = Math.round(((rows - high) * cellHeight) / 2)
    for (const [index, { id }] of inOrder.entries()) {
      const column = Math.floor(index / high)
      placed.push({ id, x: columnLeft + column * cellWidth, y: top + (index % high) * cellHeight })
    }
    columnLeft += columns * cellWidth + 120
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
