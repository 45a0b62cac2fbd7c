import {
  BaseEdge,
  type EdgeProps,
  getSmoothStepPath,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from '@xyflow/react'
import { FoldVertical } from 'lucide-react'
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import {
  type FunctionTable,
  type JsonObject,
  type JsonPath,
  NO_FUNCTIONS,
  referencesIn,
  type SplitPoint,
  splitPoints,
} from '../../../engine-worker/index.ts'
import { useViewHandlers } from '../../commands/view-handlers.ts'
import { valueAtPath } from '../../pipe/json-edits.ts'
import { usePipe } from '../../pipe/pipe.ts'
import { choosePlace, usePipeView } from '../../pipe/pipe-view.ts'
import { usePipeWords } from '../../pipe/pipe-words.ts'
import { tracePath } from '../../pipe/preview-store.ts'
import { stagesOf } from '../../pipe/stages.ts'
import { stepAt } from '../../pipe/step-place.ts'
import { useFunctionTable } from '../../store/catalogue.ts'
import { useEngine } from '../../store/engine/state.ts'
import { CanvasBackground } from '../../ui/CanvasBackground.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { ZoomButtons } from '../../ui/ZoomButtons.tsx'
import { useNoMeasuring } from '../flow/elements-state.ts'
import { type PipeEdge, type PipeNode, type SideGroup, sideGroups, stageNodes, stageWidth } from './canvas-elements.ts'
import { foldAll } from './folded.ts'
import { MeasureContext } from './measure.ts'
import { ScrollToPan } from './ScrollToPan.tsx'
import { SideCard } from './SideCard.tsx'
import { StageOnCanvas } from './StageOnCanvas.tsx'
import { StageStrip } from './StageStrip.tsx'

const nodeTypes = { stage: memo(StageOnCanvas), side: memo(SideCard) }
const edgeTypes = { pipe: memo(PipeWire) }
const initialViewport = { x: 16, y: 12, zoom: 1 }
const fitOptions = { duration: 150, padding: 0.04, maxZoom: 1 }
/** The zoom at which texts are still read without effort. */
const minZoom = 0.8
const noTexts: readonly string[] = []

/**
 * A pipe as a whole: all stages in a strip, and below it the stages themselves from top to bottom, with the datasets that
 * come in from the side. The canvas is panned by wheel, hand and keyboard, and zoomed.
 */
export function PipeCanvas() {
  const w = usePipeWords()
  const { id, value } = usePipe()
  const functions = useFunctionTable()
  const stages = useMemo(() => stagesOf(value), [value])
  const cuts = useMemo(() => splitsBefore(value, functions), [value, functions])
  return (
    <section aria-label={w.pipe.label(id)} className="flex min-h-0 min-w-0 flex-1 flex-col">
      {stages.length > 2 && <StageStrip stages={stages} cuts={cuts} />}
      <ReactFlowProvider>
        <Stages cuts={cuts} />
      </ReactFlowProvider>
    </section>
  )
}

function Stages({ cuts }: { readonly cuts: ReadonlyMap<number, SplitPoint> }) {
  const w = usePipeWords()
  const { id, value } = usePipe()
  const functions = useFunctionTable()
  const flow = useReactFlow()
  const stages = useMemo(() => stagesOf(value), [value])
  const reached = useEngine((state) => state.facts.find(({ pipe }) => pipe === id)?.hops) ?? noTexts
  const groups = useMemo(
    () => sideGroups(value, stages, hopsOf(value, reached, functions)),
    [value, stages, reached, functions],
  )
  const room = useStore((state) => state.width)
  const [scale, setScale] = useState(1)
  const { measured, measure } = useMeasured(value, groups, functions)
  useNoMeasuring()
  const { nodes, edges, height } = useMemo(
    () =>
      stageNodes(
        stages.map((stage, number) => ({
          stage,
          number,
          before: stages[number - 1]?.id ?? null,
          cut: cuts.get(number - 1) ?? null,
        })),
        groups,
        {
          ...measured,
          pansOver: matchMedia('(pointer: coarse)').matches,
          width: stageWidth(room === 0 ? 1200 : room / scale, groups.length > 0),
        },
      ),
    [stages, cuts, groups, measured, room, scale],
  )
  const fitAll = () => void flow.fitView(fitOptions)
  // A pipe that is opened is shown as a whole where its texts stay legible.
  const high = useStore((state) => state.height)
  const fitted = useRef<{ readonly x: number; readonly y: number; readonly zoom: number } | null>(null)
  const untouched = usePipeView(({ selected }) => selected === null)
  useEffect(() => {
    if (!untouched || high === 0 || stages.some((stage) => measured.heights[stage.id] === undefined)) return
    const before = fitted.current
    const now = flow.getViewport()
    if (before !== null && (now.x !== before.x || now.y !== before.y || now.zoom !== before.zoom)) return
    // What comes in later only makes it smaller, so that it comes to rest.
    const zoom = Math.max(minZoom, Math.min(before?.zoom ?? 1, (high - 24) / Math.max(1, height)))
    if (before?.zoom === zoom) return
    fitted.current = { x: 16, y: 12, zoom }
    setScale(zoom)
    void flow.setViewport(fitted.current)
  }, [untouched, high, height, stages, measured, flow])
  const chosen = usePipeView(({ selected }) => selected)
  useViewHandlers({
    'pipe.whole': fitAll,
    'pipe.fold': () => foldAll(stages, chosen),
  })
  return (
    <div className="relative min-h-0 min-w-0 flex-1">
      <MeasureContext value={measure}>
        <ScrollToPan>
          <ReactFlow<PipeNode, PipeEdge>
            nodes={[...nodes]}
            edges={[...edges]}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            defaultViewport={initialViewport}
            minZoom={0.2}
            maxZoom={2}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            deleteKeyCode={null}
            disableKeyboardA11y
            panOnScroll
            zoomOnDoubleClick={false}
            onPaneClick={() => choosePlace(null)}
          >
            <CanvasBackground />
          </ReactFlow>
        </ScrollToPan>
      </MeasureContext>
      <div className="absolute right-3 bottom-5 z-10 flex overflow-hidden rounded-md border border-line bg-surface shadow-low">
        <ZoomButtons
          onZoom={(closer) => void (closer ? flow.zoomIn({ duration: 120 }) : flow.zoomOut({ duration: 120 }))}
          onFit={fitAll}
          fitShortcut="F"
        />
        <IconButton label={w.pipe.strip.foldAll} shortcut="O" onClick={() => foldAll(stages, chosen)}>
          <FoldVertical size={15} aria-hidden />
        </IconButton>
      </div>
    </div>
  )
}

const edgeStyles = {
  flow: { stroke: 'var(--line-strong)', strokeWidth: 1.5 },
  cut: { stroke: 'var(--warn)', strokeWidth: 2, strokeDasharray: '2 4' },
  source: { stroke: 'var(--source)', strokeWidth: 1.5 },
  hops: { stroke: 'var(--hops)', strokeWidth: 1.5, strokeDasharray: '5 4' },
} as const

function PipeWire(wire: EdgeProps<PipeEdge>) {
  const [path] = getSmoothStepPath({ ...wire, borderRadius: 8, offset: 14 })
  return <BaseEdge id={wire.id} path={path} interactionWidth={0} style={edgeStyles[wire.data?.how ?? 'flow']} />
}

/** Heights of the stages as they are drawn, and where in them the steps stand that datasets at the side belong to. */
function useMeasured(pipe: JsonObject, groups: readonly SideGroup[], functions: FunctionTable) {
  const [measured, setMeasured] = useState<{
    readonly heights: Readonly<Record<string, number>>
    readonly offsets: Readonly<Record<string, number>>
  }>({ heights: {}, offsets: {} })
  const latest = useRef({ pipe, groups, functions })
  const drawn = useRef(new Map<string, HTMLElement>())
  latest.current = { pipe, groups, functions }
  const measureStage = useCallback((stage: string, element: HTMLElement) => {
    drawn.current.set(stage, element)
    const offsets = offsetsIn(stage, element, latest.current)
    setMeasured((before) => {
      const height = element.offsetHeight
      const same = Object.entries(offsets).every(([name, offset]) => before.offsets[name] === offset)
      if (before.heights[stage] === height && same) return before
      return { heights: { ...before.heights, [stage]: height }, offsets: { ...before.offsets, ...offsets } }
    })
  }, [])
  // A step may have moved in a stage that has kept its height.
  useEffect(() => {
    void groups
    for (const [stage, element] of drawn.current) if (element.isConnected) measureStage(stage, element)
  }, [groups, measureStage])
  return { measured, measure: measureStage }
}

function offsetsIn(
  stage: string,
  element: HTMLElement,
  { pipe, groups, functions }: { pipe: JsonObject; groups: readonly SideGroup[]; functions: FunctionTable },
): Record<string, number> {
  const found: Record<string, number> = {}
  const card = element.lastElementChild
  if (!(card instanceof HTMLElement)) return found
  for (const group of groups) {
    if (group.stage !== stage) continue
    const step = group.path === null ? null : stepAt(pipe, group.path, functions)
    const row =
      step === null ? null : element.querySelector<HTMLElement>(`[data-path="${CSS.escape(tracePath(step))}"]`)
    let top = 0
    for (let each: HTMLElement | null = row; each !== null && each !== card; ) {
      top += each.offsetTop
      each = each.offsetParent instanceof HTMLElement ? each.offsetParent : null
    }
    found[group.id] = row === null ? 18 : top + Math.min(16, row.offsetHeight / 2)
  }
  return found
}

/** Where hops name each of the datasets that they reach, and the name that they call it by. */
function hopsOf(pipe: JsonObject, datasets: readonly string[], functions: FunctionTable) {
  const named = referencesIn(pipe, functions).filter(({ what, path }) => what === 'dataset' && path[0] === 'transform')
  return datasets.flatMap((dataset) =>
    named
      .filter(({ name }) => name === dataset)
      .map(({ path }: { readonly path: JsonPath }) => {
        const written = valueAtPath(pipe, path)
        return { dataset, alias: typeof written === 'string' ? (written.split(/\s+/)[1] ?? '') : '', path }
      }),
  )
}

/** The first split before each transform, by its place; none while the functions are not known. */
function splitsBefore(pipe: JsonObject, functions: FunctionTable): ReadonlyMap<number, SplitPoint> {
  const places = new Map<number, SplitPoint>()
  if (functions === NO_FUNCTIONS) return places
  for (const split of splitPoints(pipe, functions)) if (!places.has(split.before)) places.set(split.before, split)
  return places
}
