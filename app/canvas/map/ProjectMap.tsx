import { ReactFlow, ReactFlowProvider, useReactFlow, useStore } from '@xyflow/react'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useViewHandlers } from '../../commands/view-handlers.ts'
import { go } from '../../route.ts'
import { runPipes } from '../../store/project/runs.ts'
import { CanvasBackground } from '../../ui/CanvasBackground.tsx'
import { ZoomButtons } from '../../ui/ZoomButtons.tsx'
import { Card } from '../flow/Card.tsx'
import { CardMenu } from '../flow/CardMenu.tsx'
import type { CardNode } from '../flow/elements.ts'
import { useNoMeasuring } from '../flow/elements-state.ts'
import { useFitOnResize } from '../flow/fit-on-resize.ts'
import { useFlowWords } from '../flow/flow-words.ts'
import { cardHeight, cardWidth } from '../flow/layout.ts'
import { LevelOfDetailContext, levelAt } from '../flow/level-of-detail.ts'
import { Miniature } from '../flow/Miniature.tsx'
import { miniatureSize } from '../flow/miniature-size.ts'
import { overviewFrom } from '../flow/Overview.tsx'
import { Bundle } from './Bundle.tsx'
import { ColumnHeads } from './ColumnHeads.tsx'
import { isInCorner, viewportFor } from './framing.ts'
import { GroupCard } from './GroupCard.tsx'
import { groupOfCard } from './group-elements.ts'
import { MapBar } from './MapBar.tsx'
import { MapPath } from './MapPath.tsx'
import type { BundleEdge, GroupFacts, GroupNode } from './map-elements.ts'
import { nextGroup } from './map-layout.ts'
import { closeOnMap, openOnMap, useMapState } from './map-state.ts'
import { useProjectMap } from './use-map.ts'
import { useMapElements } from './use-map-elements.ts'

const nodeTypes = { 'group-card': GroupCard, card: Card }
const edgeTypes = { bundle: Bundle }
const arrowDirections = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' } as const

type MapNode = GroupNode | CardNode

/** Room around what is shown, for the tools in the corners; the map in the corner covers no card. */
const defaultMargins = { top: 88, bottom: 64, left: 32, right: 32 }
const frameMargins = { plain: defaultMargins, besideMap: { ...defaultMargins, bottom: miniatureSize.height + 40 } }
/** Below these zooms the names of groups and of pipes are too small to read. */
const minGroupZoom = 0.625
const minPipeZoom = 0.93
/** In less width the map in the corner would take more than it gives. */
const minWidthForMap = 800

/** What the menus of a group, of a pipe in it and of the empty map offer, where it applies. */
const mapCardCommands = ['canvas.openGroup', 'canvas.data', 'canvas.runGroup', null, 'canvas.allGroups']
const mapPaneCommands = ['canvas.allGroups', 'canvas.fit']

const canvasId = 'project-map'

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
  const known = useProjectMap()
  const { graph, map, parts, part, opened, facts, counts } = known
  const chosen = useMapState((state) => state.chosen)
  const flow = useReactFlow<MapNode, BundleEdge>()
  const level = useStore((state) => levelAt(state.transform[2]))
  const screen = useStore(({ width, height }) => `${width} ${height}`)
  const [width = 0, height = 0] = screen.split(' ').map(Number)
  const aspect = Math.round(((width - 64) / Math.max(1, height - 152)) * 10) / 10
  const { nodes, edges, places, columns } = useMapElements(known, aspect)

  const shown = nodes.length === 0 ? null : (opened ?? part ?? '')
  const boxes = useBoxes(nodes, facts)
  const hasMiniature = width >= minWidthForMap && nodes.length >= overviewFrom
  const bestFrame = () => {
    const least = opened === null ? minGroupZoom : minPipeZoom
    const frame = (room: typeof frameMargins.plain) => viewportFor(boxes, { width, height, room, least, most: 1.1 })
    const whole = frame(frameMargins.plain)
    const isBehindMap = whole !== null && boxes.some((box) => isInCorner(box, whole, width, height))
    return hasMiniature && isBehindMap ? frame(frameMargins.besideMap) : whole
  }
  const best = useRef(bestFrame)
  best.current = bestFrame
  const showAll = () => {
    isMoved.current = false
    const frame = best.current()
    if (frame !== null) void flow.setViewport(frame)
  }
  const before = useRef<string | null>(null)
  const { isMoved, markMoved } = useFitOnResize(() => showAll(), false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a frame for each thing that is shown
  useEffect(() => {
    if (shown === null) return
    // Once what is shown has been drawn.
    const draw = requestAnimationFrame(() => {
      showAll()
      // The card that had the focus may be gone with its level, and the focus outside: keys go on to work.
      const section = document.getElementById(canvasId)
      if (before.current !== null && before.current !== shown && section && document.activeElement?.contains(section))
        section.focus({ preventScroll: true })
      before.current = shown
    })
    return () => cancelAnimationFrame(draw)
  }, [flow, shown])

  const open = (id: string) => {
    if (id.startsWith('pipe:')) go({ at: 'pipe', project, pipe: id.slice('pipe:'.length) })
    else openOnMap(groupOfCard(id), parts)
  }
  const isInside = opened !== null || part !== null
  const [menu, setMenu] = useState<{ left: number; top: number; commands: readonly (string | null)[] } | null>(null)
  const openMenu = (event: MouseEvent | globalThis.MouseEvent, commands: readonly (string | null)[]) => {
    event.preventDefault()
    const room = document.getElementById(canvasId)?.getBoundingClientRect()
    setMenu({ left: event.clientX - (room?.left ?? 0), top: event.clientY - (room?.top ?? 0), commands })
  }
  const pipe = chosen?.startsWith('pipe:') ? chosen.slice('pipe:'.length) : null
  const group = chosen === null ? undefined : map.groups.find(({ id }) => id === groupOfCard(chosen))
  useViewHandlers({
    'canvas.fit': showAll,
    ...(chosen === null ? {} : { 'canvas.openGroup': () => open(chosen) }),
    ...(pipe === null ? {} : { 'canvas.data': () => go({ at: 'data', project, dataset: pipe, entity: null }) }),
    ...(group === undefined
      ? {}
      : { 'canvas.runGroup': () => void runPipes({ pipes: group.pipes.map(({ name }) => name) }) }),
    ...(isInside ? { 'canvas.allGroups': closeOnMap } : {}),
  })
  const handleKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement) return
    const way = Object.entries(arrowDirections).find(([key]) => key === event.key)?.[1]
    if (event.key === 'Escape' && isInside) closeOnMap()
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
  const title = map.groups.find(({ id }) => id === opened)?.name ?? null
  return (
    <section
      id={canvasId}
      tabIndex={-1}
      aria-label={w.flow.map.label}
      className="relative min-h-0 flex-1"
      onKeyDownCapture={handleKeyDown}
    >
      <LevelOfDetailContext value={level}>
        <ReactFlow<MapNode, BundleEdge>
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodeClick={(_, node) => useMapState.setState({ chosen: node.id })}
          onNodeDoubleClick={(_, node) => open(node.id)}
          onMoveStart={markMoved}
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
          <ColumnHeads columns={columns} />
          {hasMiniature && <Miniature boxes={boxes} />}
        </ReactFlow>
      </LevelOfDetailContext>
      <div className="absolute top-3 left-3 z-10 flex flex-wrap items-center gap-2">
        {isInside && <MapPath part={part} group={title} />}
        {opened === null && <MapBar counts={counts} systems={systems} />}
      </div>
      <div className="absolute bottom-3 left-3 z-10 flex items-center overflow-hidden rounded-md border border-line bg-surface shadow-low">
        {levels}
        <ZoomButtons
          onZoom={(closer) => {
            isMoved.current = true
            void (closer ? flow.zoomIn({ duration: 120 }) : flow.zoomOut({ duration: 120 }))
          }}
          onFit={showAll}
        />
      </div>
      {menu && <CardMenu {...menu} onClose={() => setMenu(null)} />}
    </section>
  )
}

/** The cards as boxes, for the frame and the map in the corner. */
function useBoxes(nodes: readonly MapNode[], facts: readonly GroupFacts[]) {
  return useMemo(() => {
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
      bad: failed.has(groupOfCard(id)),
    }))
  }, [nodes, facts])
}
