/**
 * The whole project as a graph. A drag lives in React Flow until it ends and then becomes one edit; everything else on
 * screen is derived from the project and from what the engine last said.
 */
import {
  type FinalConnectionState,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  useStore,
  type Connection as Wiring,
} from '@xyflow/react'
import {
  type DragEvent,
  type MouseEvent as ReactMouseEvent,
  type ReactNode,
  useCallback,
  useMemo,
  useRef,
  useState,
} from 'react'
import { type Alignment, alignments } from '../../commands/alignments.ts'
import { useViewHandlers } from '../../commands/view-handlers.ts'
import { go } from '../../route.ts'
import { useCatalogue } from '../../store/catalogue.ts'
import { useEngine } from '../../store/engine/state.ts'
import { useContent, useProject } from '../../store/project/project.ts'
import { select } from '../../store/session.ts'
import { CanvasBackground } from '../../ui/CanvasBackground.tsx'
import { classes } from '../../ui/classes.ts'
import { useEventCallback } from '../../ui/use-event-callback.ts'
import {
  addOffer,
  connectNodes,
  copyText,
  datasetOut,
  duplicateNodes,
  foldGroup,
  insertInto,
  joinNodes,
  mergeNodes,
  moveNodes,
  pasteComponents,
  removeNodes,
  removeWires,
  unfoldGroup,
} from './actions.ts'
import { CanvasActionsContext } from './actions-context.ts'
import { alignedPositions } from './align.ts'
import { Boxes } from './Boxes.tsx'
import { Card } from './Card.tsx'
import { CardMenu, cardCommands, paneCommands } from './CardMenu.tsx'
import { ConnectionHint } from './ConnectionHint.tsx'
import { useClipboard } from './clipboard.ts'
import { EmptyFlow } from './EmptyFlow.tsx'
import { datasetConnectionOf } from './edits.ts'
import { type CardNode, isHops, type WireEdge } from './elements.ts'
import { useElements, useNoMeasuring } from './elements-state.ts'
import { currentFlowWords, useFlowWords } from './flow-words.ts'
import { type GraphNode, graphOf, reachableNodes } from './graph.ts'
import { foldedGraph, groupNode, groupsOf, middleOf } from './groups.ts'
import { hoverEdge, leaveEdge } from './hovered-edge.ts'
import { useKeptViewport } from './kept-viewport.ts'
import { cardHeight, cardWidth } from './layout.ts'
import { layoutFileOf, type Point } from './layout-file.ts'
import { LevelOfDetailContext, levelAt } from './level-of-detail.ts'
import { useLightPath } from './lit-path.ts'
import { Outline } from './Outline.tsx'
import { Minimap, overviewFrom } from './Overview.tsx'
import { type Popup, Popups } from './Popups.tsx'
import { graphViewKey, layOut, setNextPosition, usePositions } from './positions.ts'
import { dragType, offersOf } from './QuickAdd.tsx'
import { renaming } from './rename-card.ts'
import { Toolbar } from './Toolbar.tsx'
import { useFlowView } from './view.ts'
import { Wire } from './Wire.tsx'

const nodeTypes = { card: Card }
const edgeTypes = { wire: Wire }
// React Flow treats a new object as a change and renders every card again.
const gridSize: [number, number] = [8, 8]
const addToSelectionKeys = ['Shift', 'Control', 'Meta']
const showEdgeButton = (_: unknown, edge: WireEdge) => hoverEdge(edge.id)
const connect = ({ source, target, targetHandle }: Wiring) =>
  connectNodes(source, target, isHops(targetHandle) ? 'hops' : 'flow')

interface FlowCanvasProps {
  readonly project: string
  /** What chooses between groups and pipes; nothing for small projects. */
  readonly levels?: ReactNode
}

/** The Flow canvas of the open project. */
export function FlowCanvas(props: FlowCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  )
}

function Canvas({ project, levels = null }: FlowCanvasProps) {
  const w = useFlowWords()
  const content = useContent()
  const facts = useEngine((state) => state.facts)
  const known = useEngine((state) => state.facts.length > 0 || state.state === 'ready' || state.state === 'failed')
  const kinds = useCatalogue()?.kinds
  const readOnly = useProject((state) => state.readOnly)
  const view = useFlowView()
  const flow = useReactFlow<CardNode, WireEdge>()
  const level = useStore((state) => levelAt(state.transform[2]))
  const room = useRef<HTMLDivElement>(null)
  const [popup, setPopup] = useState<Popup | null>(null)
  const [menu, setMenu] = useState<{
    readonly left: number
    readonly top: number
    readonly commands: readonly (string | null)[]
  } | null>(null)

  const arrangement = layoutFileOf(content)
  const whole = useMemo(() => graphOf(content, facts, view), [content, facts, view])
  const graph = useMemo(
    () => foldedGraph(whole, view.grouping, arrangement.folded),
    [whole, view.grouping, arrangement.folded],
  )
  const { places, busy } = usePositions(graph, known, view)

  useNoMeasuring()
  const { nodes, edges, chosen, chosenWires, forgetWires, onNodesChange, onEdgesChange, startDrag, endDrag } =
    useElements(graph, places, readOnly)
  const byId = useMemo(() => new Map(graph.nodes.map((node) => [node.id, node])), [graph])

  const isLegalConnection = useCallback(
    ({ source, target, targetHandle }: Wiring | WireEdge) =>
      datasetConnectionOf(
        useProject.getState().document.content,
        datasetOut(useProject.getState().document.content, source),
        target.replace(/^pipe:/, ''),
        isHops(targetHandle) ? 'hops' : 'flow',
      ).legal,
    [],
  )

  const screenPoint = (clientX: number, clientY: number) => {
    const box = room.current?.getBoundingClientRect()
    return { left: clientX - (box?.left ?? 0), top: clientY - (box?.top ?? 0) }
  }
  const openPopupAt = (is: 'add' | 'follow', clientX: number, clientY: number, dataset = '') =>
    setPopup({
      is,
      ...screenPoint(clientX, clientY),
      at: flow.screenToFlowPosition({ x: clientX, y: clientY }),
      dataset,
    })
  const centre = () => {
    const box = room.current?.getBoundingClientRect()
    return box ? { x: box.left + box.width / 2, y: box.top + Math.min(box.height / 3, 220) } : { x: 0, y: 0 }
  }
  const openAddPopup = () => {
    const { x, y } = centre()
    openPopupAt('add', x - 160, y)
  }
  const handleConnectEnd = useEventCallback((event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    if (state.toNode || !state.fromNode || state.fromHandle?.type !== 'source') return
    const dataset = datasetOut(content, state.fromNode.id)
    const point = 'clientX' in event ? event : event.changedTouches[0]
    const under =
      point && document.elementFromPoint(point.clientX, point.clientY)?.closest<HTMLElement>('.react-flow__node')
    const card = under?.dataset.id
    if (card !== undefined) {
      // A wire may be dropped anywhere on a card.
      if (card !== state.fromNode.id) connectNodes(state.fromNode.id, card, 'flow')
      return
    }
    if (dataset !== null && point) openPopupAt('follow', point.clientX, point.clientY, dataset)
  })
  const openFollowMenu = (node: GraphNode) => {
    const dataset = datasetOut(content, node)
    const at = flow.getNode(node.id)?.position
    if (dataset === null || !at) return
    const { x, y } = flow.flowToScreenPosition({ x: at.x + cardWidth + 24, y: at.y + cardHeight })
    const box = room.current?.getBoundingClientRect()
    openPopupAt('follow', Math.min(x, (box?.right ?? x) - 300), Math.min(y, (box?.bottom ?? y) - 220), dataset)
  }
  const open = (node: GraphNode | undefined) => {
    if (node?.kind === 'pipe') go({ at: 'pipe', project, pipe: node.name })
    else if (node?.kind === 'dataset') go({ at: 'data', project, dataset: node.name, entity: null })
    else if (node?.kind === 'group') unfoldGroup(node.name)
  }
  const selectAndShow = useCallback(
    (id: string) => {
      select([id])
      const at = flow.getNode(id)?.position
      if (at)
        void flow.setCenter(at.x + cardWidth / 2, at.y + cardHeight / 2, {
          zoom: Math.max(flow.getZoom(), 0.8),
          duration: 150,
        })
    },
    [flow],
  )
  const align = (how: Alignment) => {
    if (places)
      moveNodes(
        alignedPositions(
          chosen.map(({ id }) => id),
          places,
          how,
        ),
      )
  }
  const one = chosen.length === 1 ? chosen[0] : undefined
  useLightPath(graph, chosen)
  const datasets = chosen.flatMap((node) => datasetOut(content, node) ?? [])
  const addAroundChosen = (make: (names: readonly string[], at: Point) => void) => {
    const at = middleOf(chosen, places ?? {})
    make(datasets, { x: at.x + cardWidth + 90, y: at.y })
  }
  const selectReachable = (way: 'up' | 'down') =>
    select([...new Set(chosen.flatMap(({ id }) => [...reachableNodes(graph.edges, id, way)]))])

  const { canvas, showAll } = useKeptViewport(`flow ${project} ${graphViewKey(view)}`)
  useViewHandlers({
    'canvas.fit': showAll,
    'canvas.outline': () => useFlowView.setState({ outline: !useFlowView.getState().outline }),
    'canvas.selectAll': () => select(graph.nodes.map(({ id }) => id)),
    ...(readOnly
      ? {}
      : {
          'canvas.add': openAddPopup,
          'canvas.layout': () => layOut(graph, view.grouping, currentFlowWords().flow.laidOut),
        }),
    ...(one ? { 'canvas.open': () => open(one) } : {}),
    ...(one && datasetOut(content, one) !== null
      ? { 'canvas.data': () => go({ at: 'data', project, dataset: datasetOut(content, one) ?? '', entity: null }) }
      : {}),
    ...(one ? renaming(one) : {}),
    ...(readOnly || datasets.length < 2
      ? {}
      : { 'canvas.merge': () => addAroundChosen(mergeNodes), 'canvas.join': () => addAroundChosen(joinNodes) }),
    ...(chosen.length > 0
      ? { 'canvas.up': () => selectReachable('up'), 'canvas.down': () => selectReachable('down') }
      : {}),
    ...(readOnly || (chosen.length === 0 && chosenWires.size === 0)
      ? {}
      : {
          'canvas.remove': () => {
            if (chosen.length > 0) removeNodes(chosen)
            else removeWires(graph.edges.filter(({ id }) => chosenWires.has(id)))
            forgetWires()
          },
        }),
    ...(readOnly || chosen.length === 0 ? {} : { 'canvas.duplicate': () => duplicateNodes(chosen) }),
    ...(readOnly || !one || datasetOut(content, one) === null
      ? {}
      : {
          'canvas.connect': () => setPopup({ is: 'connect', from: one.id }),
          'canvas.follow': () => openFollowMenu(one),
        }),
    ...(readOnly || chosen.length < 2
      ? {}
      : Object.fromEntries(alignments.map((how) => [`canvas.align.${how}`, () => align(how)]))),
  })
  useClipboard({
    copy: () => copyText(chosen),
    ...(readOnly ? {} : { cut: () => removeNodes(chosen), paste: pasteComponents }),
  })

  const handleDrop = (event: DragEvent) => {
    // Files are taken by the frame, wherever they are dropped.
    if (event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
    const offer = offersOf(kinds ?? [], ['source', 'system']).find(
      ({ id }) => id === event.dataTransfer.getData(dragType),
    )
    setPopup(null)
    if (offer) addOffer(offer, at)
  }
  const openNode = useEventCallback((_: unknown, node: CardNode) => open(byId.get(node.id)))
  const menuOfNode = useEventCallback((event: MouseEvent | ReactMouseEvent, node: CardNode) => {
    event.preventDefault()
    if (!chosen.some(({ id }) => id === node.id)) select([node.id])
    setMenu({ ...screenPoint(event.clientX, event.clientY), commands: cardCommands })
  })
  const menuOfPane = useEventCallback((event: MouseEvent | ReactMouseEvent) => {
    event.preventDefault()
    setMenu({ ...screenPoint(event.clientX, event.clientY), commands: paneCommands })
  })
  const dropNodes = useEventCallback((_: unknown, __: unknown, moved: CardNode[]) => endDrag(moved))
  const dropSelection = useEventCallback((_: unknown, moved: CardNode[]) => endDrag(moved))
  const actions = useMemo(() => ({ insert: readOnly ? null : insertInto }), [readOnly])
  const empty = whole.nodes.length === 0

  return (
    <div className="flex min-h-0 flex-1">
      {view.outline && <Outline graph={graph} onOpen={open} onReveal={selectAndShow} />}
      <section
        ref={room}
        aria-label={w.flow.label}
        className={classes('flow-room relative min-h-0 min-w-0 flex-1', level !== 'near' && 'flow-far')}
        onDragOver={(event) => {
          if (!readOnly && !event.dataTransfer.types.includes('Files')) event.preventDefault()
        }}
        onDrop={readOnly ? undefined : handleDrop}
        onDoubleClick={(event) => {
          const pane = event.target instanceof HTMLElement && event.target.classList.contains('react-flow__pane')
          if (pane && !readOnly) openPopupAt('add', event.clientX, event.clientY)
        }}
      >
        <CanvasActionsContext value={actions}>
          <LevelOfDetailContext value={level}>
            {places && (
              <ReactFlow<CardNode, WireEdge>
                nodes={nodes}
                edges={edges}
                nodeTypes={nodeTypes}
                edgeTypes={edgeTypes}
                onNodesChange={onNodesChange}
                onEdgesChange={onEdgesChange}
                onEdgeMouseEnter={showEdgeButton}
                onEdgeMouseLeave={leaveEdge}
                onNodeDragStart={startDrag}
                onNodeDragStop={dropNodes}
                onSelectionDragStart={startDrag}
                onSelectionDragStop={dropSelection}
                onNodeDoubleClick={openNode}
                onConnect={connect}
                onConnectEnd={handleConnectEnd}
                isValidConnection={isLegalConnection}
                {...canvas}
                minZoom={0.05}
                maxZoom={2}
                snapToGrid
                snapGrid={gridSize}
                nodesDraggable={!readOnly}
                nodesConnectable={!readOnly}
                elevateNodesOnSelect={false}
                onlyRenderVisibleElements
                deleteKeyCode={null}
                multiSelectionKeyCode={addToSelectionKeys}
                onNodeContextMenu={menuOfNode}
                onPaneContextMenu={menuOfPane}
                selectionMode={SelectionMode.Partial}
                panOnScroll
                zoomOnDoubleClick={false}
                nodeDragThreshold={3}
              >
                <CanvasBackground />
                <Boxes
                  graph={whole}
                  grouping={view.grouping}
                  places={places}
                  folded={arrangement.folded}
                  onFold={(name) => {
                    const members = groupsOf(whole, view.grouping).get(name) ?? []
                    setNextPosition(groupNode(view.grouping, name), middleOf(members, places))
                    foldGroup(name)
                  }}
                />
                {view.minimap && graph.nodes.length >= overviewFrom && <Minimap graph={graph} places={places} />}
              </ReactFlow>
            )}
          </LevelOfDetailContext>
        </CanvasActionsContext>
        <Toolbar
          busy={busy}
          levels={levels}
          cards={graph.nodes.length}
          chosen={chosen.length}
          onAdd={readOnly ? null : openAddPopup}
          onLayOut={readOnly ? null : () => void layOut(graph, view.grouping, w.flow.laidOut)}
          onAlign={readOnly ? null : align}
          onMerge={readOnly || datasets.length < 2 ? null : () => addAroundChosen(mergeNodes)}
          onJoin={readOnly || datasets.length < 2 ? null : () => addAroundChosen(joinNodes)}
          onFit={showAll}
          onZoom={(closer) => void (closer ? flow.zoomIn({ duration: 120 }) : flow.zoomOut({ duration: 120 }))}
        />
        {empty && <EmptyFlow onAdd={readOnly ? null : openAddPopup} />}
        <ConnectionHint />
        {menu && <CardMenu {...menu} onClose={() => setMenu(null)} />}
        <Popups popup={popup} graph={graph} onClose={() => setPopup(null)} />
      </section>
    </div>
  )
}
