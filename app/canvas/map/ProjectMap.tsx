import { ReactFlow, ReactFlowProvider, useReactFlow, useStore } from '@xyflow/react'
import { ChevronRight } from 'lucide-react'
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useFlowWords } from '../../canvas/flow/flow-words.ts'
import { useViewHandlers } from '../../commands/view-handlers.ts'
import { count } from '../../i18n/numbers.ts'
import { go } from '../../route.ts'
import { runPipes } from '../../store/project/runs.ts'
import { CanvasBackground } from '../../ui/CanvasBackground.tsx'
import { ZoomButtons } from '../../ui/ZoomButtons.tsx'
import { Card } from '../flow/Card.tsx'
import { CardMenu } from '../flow/CardMenu.tsx'
import type { CardNode } from '../flow/elements.ts'
import { useNoMeasuring } from '../flow/elements-state.ts'
import { cardHeight, cardWidth, layered } from '../flow/layout.ts'
import type { Point } from '../flow/layout-file.ts'
import { LevelOfDetailContext, levelAt } from '../flow/level-of-detail.ts'
import { Miniature } from '../flow/Miniature.tsx'
import { overviewFrom } from '../flow/Overview.tsx'
import { Bundle } from './Bundle.tsx'
import { GroupCard } from './GroupCard.tsx'
import { memberCards, memberEdges, neighbourPlaces, neighboursOf, wiresInside } from './group-elements.ts'
import { MapBar } from './MapBar.tsx'
import { type BundleEdge, bundleEdges, type GroupFacts, type GroupNode, groupNodes } from './map-elements.ts'
import { mapLayout, nextGroup } from './map-layout.ts'
import { useMapState } from './map-state.ts'
import { useProjectMap } from './use-map.ts'

const nodeTypes = { 'group-card': GroupCard, card: Card }
const edgeTypes = { bundle: Bundle }
const arrows = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' } as const

type MapNode = GroupNode | CardNode

/** Room around what is shown, for the tools in the corners; the map in the corner covers no card. */
const room = { top: '64px', bottom: '64px', left: '32px', right: '32px' } as const
const roomBesideMap = { ...room, right: '224px' } as const
/** In less width the map in the corner would take more than it gives. */
const leastForMap = 800

/** What the menus of a group, of a pipe in it and of the empty map offer, where it applies. */
const mapCardCommands = ['canvas.openGroup', 'canvas.data', 'canvas.runGroup', null, 'canvas.allGroups']
const mapPaneCommands = ['canvas.allGroups', 'canvas.fit']

const roomId = 'project-map'

interface ProjectMapProps {
  readonly project: string
  /** What chooses between the map and all pipes. */
  readonly levels: ReactNode
}

/** The project from far: groups of pipes and what flows between them; a group opens to its pipes. */
export function ProjectMapCanvas(props: ProjectMapProps) {
  return (
    <ReactFlowProvider>
      <MapCanvas {...props} />
    </ReactFlowProvider>
  )
}

function MapCanvas({ project, levels }: ProjectMapProps) {
  const w = useFlowWords()
  useNoMeasuring()
  const { graph, map, facts, counts } = useProjectMap()
  const chosen = useMapState((state) => state.chosen)
  const opened = useMapState((state) => (map.groups.some(({ id }) => id === state.opened) ? state.opened : null))
  const flow = useReactFlow<MapNode, BundleEdge>()
  const level = useStore((state) => levelAt(state.transform[2]))
  const inside = useMemberPlaces(graph, map, opened)

  const labelOf = useCallback(
    ({ group, marks, entities }: GroupFacts) => {
      const failed = marks.filter((mark) => mark === 'failed').length
      return [
        group.name,
        w.flow.map.sides[group.side],
        w.flow.pipesInGroup(group.pipes.length),
        ...(entities === null ? [] : [`${count(entities)} ${w.flow.map.entities}`]),
        ...(failed === 0 ? [] : [w.flow.map.failed(failed)]),
      ].join(', ')
    },
    [w],
  )
  const { nodes, edges, places } = useMemo(() => {
    if (opened === null) {
      const places = mapLayout(map)
      return { places, nodes: groupNodes(facts, places, chosen, labelOf), edges: bundleEdges(map, chosen) }
    }
    if (inside === null) return { places: {}, nodes: [], edges: [] }
    const neighbours = neighboursOf(map, opened)
    const beside = neighbourPlaces(neighbours, Object.values(inside))
    const shown = facts.filter(({ group }) => Object.hasOwn(beside, group.id))
    const members = facts.find(({ group }) => group.id === opened)?.group.pipes ?? []
    return {
      places: { ...inside, ...beside },
      nodes: [...memberCards(members, inside, chosen), ...groupNodes(shown, beside, chosen, labelOf)],
      edges: memberEdges(graph, map, opened, chosen),
    }
  }, [graph, map, facts, chosen, opened, inside, labelOf])

  const shown = nodes.length === 0 ? null : (opened ?? 'all')
  const hasMiniature = useStore(({ width }) => width >= leastForMap) && nodes.length >= overviewFrom
  const around = useRef<typeof room | typeof roomBesideMap>(room)
  around.current = hasMiniature ? roomBesideMap : room
  const before = useRef<string | null>(null)
  useEffect(() => {
    if (shown === null) return
    // Once what is shown has been drawn.
    const frame = requestAnimationFrame(() => {
      void flow.fitView({ padding: around.current, maxZoom: 1.1 })
      // The card that had the focus may be gone with its level, and the focus outside: keys go on to work.
      const section = document.getElementById(roomId)
      if (before.current !== null && section && document.activeElement?.contains(section))
        section.focus({ preventScroll: true })
      before.current = shown
    })
    return () => cancelAnimationFrame(frame)
  }, [flow, shown])

  const open = (id: string) => {
    if (id.startsWith('pipe:')) go({ at: 'pipe', project, pipe: id.slice('pipe:'.length) })
    else useMapState.setState({ opened: id, chosen: null })
  }
  const close = () => useMapState.setState({ opened: null, chosen: opened })
  const [menu, setMenu] = useState<{ left: number; top: number; commands: readonly (string | null)[] } | null>(null)
  const openMenu = (event: MouseEvent | globalThis.MouseEvent, commands: readonly (string | null)[]) => {
    event.preventDefault()
    const room = document.getElementById(roomId)?.getBoundingClientRect()
    setMenu({ left: event.clientX - (room?.left ?? 0), top: event.clientY - (room?.top ?? 0), commands })
  }
  const fit = () => void flow.fitView({ duration: 150, padding: around.current })
  const pipe = chosen?.startsWith('pipe:') ? chosen.slice('pipe:'.length) : null
  const group = map.groups.find(({ id }) => id === chosen)
  useViewHandlers({
    'canvas.fit': fit,
    ...(chosen === null ? {} : { 'canvas.openGroup': () => open(chosen) }),
    ...(pipe === null ? {} : { 'canvas.data': () => go({ at: 'data', project, dataset: pipe, entity: null }) }),
    ...(group === undefined
      ? {}
      : { 'canvas.runGroup': () => void runPipes({ pipes: group.pipes.map(({ name }) => name) }) }),
    ...(opened === null ? {} : { 'canvas.allGroups': close }),
  })
  const boxes = useMemo(() => {
    const failed = new Set(
      facts.flatMap(({ group: { id, pipes }, marks }) => [
        ...(marks.includes('failed') ? [id] : []),
        ...pipes.flatMap((each, at) => (marks[at] === 'failed' ? [each.id] : [])),
      ]),
    )
    return nodes.map(({ id, position, width = cardWidth, height = cardHeight }) => ({
      ...position,
      width,
      height,
      bad: failed.has(id),
    }))
  }, [nodes, facts])
  const pressed = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement) return
    const way = Object.entries(arrows).find(([key]) => key === event.key)?.[1]
    if (event.key === 'Escape' && opened !== null) close()
    else if (event.key === 'Enter' && chosen !== null) open(chosen)
    else if (way !== undefined) {
      const from = chosen ?? nodes[0]?.id ?? ''
      const to = chosen === null ? from : nextGroup(places, from, way)
      if (to === null) return
      useMapState.setState({ chosen: to })
      document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(to)}"]`)?.focus()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const systems = useMemo(
    () => [...new Set(graph.nodes.filter(({ kind }) => kind === 'system').map(({ name }) => name))].sort(),
    [graph],
  )
  const title = map.groups.find(({ id }) => id === opened)?.name
  return (
    <section
      id={roomId}
      tabIndex={-1}
      aria-label={w.flow.map.label}
      className="relative min-h-0 flex-1"
      onKeyDownCapture={pressed}
    >
      <LevelOfDetailContext value={level}>
        <ReactFlow<MapNode, BundleEdge>
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodeClick={(_, node) => useMapState.setState({ chosen: node.id })}
          onNodeDoubleClick={(_, node) => open(node.id)}
          onPaneClick={() => useMapState.setState({ chosen: null })}
          onNodeContextMenu={(event, node) => {
            useMapState.setState({ chosen: node.id })
            openMenu(event, mapCardCommands)
          }}
          onPaneContextMenu={(event) => openMenu(event, mapPaneCommands)}
          minZoom={0.05}
          maxZoom={2}
          nodesDraggable={false}
          nodesConnectable={false}
          deleteKeyCode={null}
          zoomOnDoubleClick={false}
          panOnScroll
          onlyRenderVisibleElements
        >
          <CanvasBackground />
          {hasMiniature && <Miniature boxes={boxes} />}
        </ReactFlow>
      </LevelOfDetailContext>
      {opened === null ? (
        <MapBar counts={counts} systems={systems} />
      ) : (
        <nav
          aria-label={w.flow.map.path}
          className="absolute top-3 left-3 z-10 flex items-center gap-1 rounded-md border border-line bg-surface px-2 py-1 shadow-low"
        >
          <button type="button" onClick={close} className="link">
            {w.flow.allGroups}
          </button>
          <ChevronRight size={14} aria-hidden className="text-ink-faint" />
          <span aria-current="page" className="font-semibold">
            {title}
          </span>
        </nav>
      )}
      <div className="absolute bottom-3 left-3 z-10 flex items-center overflow-hidden rounded-md border border-line bg-surface shadow-low">
        {levels}
        <ZoomButtons
          onZoom={(closer) => void (closer ? flow.zoomIn({ duration: 120 }) : flow.zoomOut({ duration: 120 }))}
          onFit={fit}
        />
      </div>
      {menu && <CardMenu {...menu} onClose={() => setMenu(null)} />}
    </section>
  )
}

/** Places of the pipes of an opened group; null until they are laid out. */
function useMemberPlaces(
  graph: ReturnType<typeof useProjectMap>['graph'],
  map: ReturnType<typeof useProjectMap>['map'],
  group: string | null,
): Readonly<Record<string, Point>> | null {
  const [laidOut, setLaidOut] = useState<{ readonly group: string; readonly places: Record<string, Point> } | null>(
    null,
  )
  const members = useMemo(
    () => map.groups.find(({ id }) => id === group)?.pipes.map(({ id }) => id) ?? [],
    [map, group],
  )
  useEffect(() => {
    if (group === null) return
    let isWanted = true
    const items = members.map((id) => ({ id, width: cardWidth, height: cardHeight }))
    void layered(items, wiresInside(graph, map, group), true).then((placed) => {
      if (isWanted) setLaidOut({ group, places: Object.fromEntries(placed.map(({ id, x, y }) => [id, { x, y }])) })
    })
    return () => {
      isWanted = false
    }
  }, [graph, map, group, members])
  return laidOut !== null && laidOut.group === group ? laidOut.places : null
}
