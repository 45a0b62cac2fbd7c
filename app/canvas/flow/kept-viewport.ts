/** What each view of the flow shows: all of it until somebody moves it, and from then on what it was moved to. */
import { type FitViewOptions, useReactFlow, type Viewport } from '@xyflow/react'
import { useRef } from 'react'
import { setViewport, useSession } from '../../store/session.ts'
import type { CardNode } from './elements.ts'
import { useFitOnResize } from './fit-on-resize.ts'

const fitOptions = { padding: 0.1, maxZoom: 1 }
const smoothFitOptions = { padding: 0.1, duration: 150 }

/** `seen`: the view of the project. Answers properties of the canvas, and a function that shows all. */
export function useKeptViewport(seen: string) {
  const flow = useReactFlow<CardNode>()
  const keptViewport = useSession.getState().viewports[seen]
  // The first fit is the canvas's own.
  const isFitting = useRef(keptViewport === undefined)
  const fitAll = (options: FitViewOptions<CardNode>) => {
    isMoved.current = false
    isFitting.current = true
    void flow.fitView(options).finally(() => {
      isFitting.current = false
    })
  }
  const { isMoved, markMoved } = useFitOnResize(() => fitAll(fitOptions), keptViewport !== undefined)
  const latestView = useRef(seen)
  latestView.current = seen
  const onMoveEnd = useRef((event: unknown, at: Viewport) => {
    const isFit = isFitting.current && !event
    isFitting.current = false
    isMoved.current = !isFit
    setViewport(latestView.current, isFit ? null : at)
  })
  return {
    canvas: {
      onMoveStart: markMoved,
      onMoveEnd: onMoveEnd.current,
      fitViewOptions: fitOptions,
      ...(keptViewport ? { defaultViewport: keptViewport } : { fitView: true }),
    },
    showAll: () => fitAll(smoothFitOptions),
  }
}
