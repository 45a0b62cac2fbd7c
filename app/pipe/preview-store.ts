/**
 * The preview of the open pipe: a few entities, and the trace of one, after every edit. The last good answer stays while
 * a new one is computed or the pipe is broken, marked stale.
 */

import { useEffect, useState } from 'react'
import { create } from 'zustand'
import {
  componentById,
  type JsonObject,
  type JsonPath,
  type Preview,
  type StagePreview,
  type TracePoint,
} from '../../engine-worker/index.ts'
import { EngineStopped } from '../store/engine/connection.ts'
import { requestPreview } from '../store/engine/preview.ts'
import { useEngine } from '../store/engine/state.ts'
import { failureText } from '../store/failure.ts'
import { usePins } from '../store/project/pins.ts'
import { useContent } from '../store/project/project.ts'
import { pathText, valueAtPath } from './json-edits.ts'
import { usePipeView } from './pipe-view.ts'

interface PreviewState {
  readonly pipe: string
  readonly preview: Preview | null
  /** By the path below the pipe, transforms always counted: `transform/0/rules/default/2`. */
  readonly trace: ReadonlyMap<string, TracePoint>
  readonly stale: boolean
  /** Why there is no answer, in the engine's words. */
  readonly failure: string | null
}

const initialState: PreviewState = { pipe: '', preview: null, trace: new Map(), stale: false, failure: null }

export const usePreviewStore = create<PreviewState>(() => initialState)

/** Entities that a preview takes from the source. */
const previewSize = 100

/** Settled when no preview is under way. */
let pendingPreview: Promise<void> = Promise.resolve()

function ignore(): void {}

/** Keeps the preview of a pipe up to date for as long as the component is mounted. */
export function usePreview(pipe: string): void {
  const component = componentById(useContent(), pipe, 'pipe')
  const entity = usePipeView((state) => state.entity)
  const version = useEngine((state) => state.version)
  const ready = useEngine((state) => state.state === 'ready')
  const pins = usePins((state) => state[pipe])
  const [asked, setAsked] = useState(0)
  const text = component?.text
  useEffect(() => {
    void version
    void asked
    if (text === undefined || !ready) return
    let current = true
    if (usePreviewStore.getState().pipe !== pipe) usePreviewStore.setState({ ...initialState, pipe })
    else usePreviewStore.setState({ stale: true })
    const request = {
      pipe: text,
      limit: previewSize,
      trace: true,
      ...(entity === null ? {} : { entity }),
      ...(pins === undefined ? {} : { pins }),
    }
    // One at a time: while one is under way, only the last of the edits that follow is asked for.
    const answered = pendingPreview.then(() => (current ? requestPreview(request) : null))
    pendingPreview = answered.then(ignore, ignore)
    answered.then(
      (answer) => {
        if (current && answer) usePreviewStore.setState((before) => withAnswer(pipe, before, answer))
      },
      (error: unknown) => {
        if (!current) return
        if (error instanceof EngineStopped) setAsked((times) => times + 1)
        else usePreviewStore.setState({ stale: true, failure: failureText(error) })
      },
    )
    return () => {
      current = false
    }
  }, [pipe, text, entity, version, ready, asked, pins])
}

/** A new answer; where the pipe is wrong, what its stages last gave stays in sight, marked stale. */
function withAnswer(pipe: string, before: PreviewState, answer: Preview): PreviewState {
  const broken = answer.problems.some(({ severity }) => severity === 'error') && answer.trace.length === 0
  if (!broken || before.pipe !== pipe || !before.preview) {
    return { pipe, preview: answer, trace: traceByPath(answer.trace), stale: false, failure: null }
  }
  const fresh = new Map(answer.stages.map((each) => [each.stage, each]))
  const kept = before.preview.stages.filter(({ stage }) => !fresh.has(stage))
  const stages = [...answer.stages, ...kept]
  return { pipe, preview: { ...answer, stages }, trace: before.trace, stale: true, failure: null }
}

function traceByPath(trace: readonly TracePoint[]): ReadonlyMap<string, TracePoint> {
  return new Map(trace.map((point) => [point.path.replace(/^transform\/(?=\D)/, 'transform/0/'), point]))
}

/** The trace's name of a place: one transform that is not in a list is counted, too. */
export function tracePath(path: JsonPath): string {
  return path[0] === 'transform' && typeof path[1] !== 'number'
    ? pathText(['transform', 0, ...path.slice(1)])
    : pathText(path)
}

/** What happened at a place, for components. */
export function useTracePoint(path: JsonPath): TracePoint | undefined {
  return usePreviewStore((state) => state.trace.get(tracePath(path)))
}

type Unused = NonNullable<TracePoint['unused']>

/** What calls inside a step left out, without those of steps inside it, for components. */
export function useUnused(path: JsonPath): readonly Unused[] {
  return usePreviewStore((state) => unusedByStep(state.trace).get(tracePath(path))) ?? noneUnused
}

const noneUnused: readonly Unused[] = []
const unusedOf = new WeakMap<ReadonlyMap<string, TracePoint>, ReadonlyMap<string, readonly Unused[]>>()

/** What was left out, by the innermost step around each call. */
function unusedByStep(trace: ReadonlyMap<string, TracePoint>): ReadonlyMap<string, readonly Unused[]> {
  const known = unusedOf.get(trace)
  if (known) return known
  const found = new Map<string, Unused[]>()
  for (const [path, { unused }] of trace) {
    if (!unused) continue
    let step = path
    while (step !== '' && trace.get(step)?.target === undefined)
      step = step.slice(0, Math.max(0, step.lastIndexOf('/')))
    found.set(step, [...(found.get(step) ?? []), unused])
  }
  unusedOf.set(trace, found)
  return found
}

/**
 * The properties that steps at or below a place (all when null) write although values were left out there: what stands in
 * them is not what was meant.
 */
export function doubtfulProperties(
  trace: ReadonlyMap<string, TracePoint>,
  pipe: JsonObject,
  within: JsonPath | null,
): ReadonlySet<string> {
  const root = within === null ? '' : tracePath(within)
  const isList = Array.isArray(pipe.transform)
  const found = new Set<string>()
  for (const path of unusedByStep(trace).keys()) {
    if (root !== '' && path !== root && !path.startsWith(`${root}/`)) continue
    const names = path.split('/').filter((_, index) => isList || index !== 1)
    const property = valueAtPath(pipe, [...names.map((name) => (/^\d+$/.test(name) ? Number(name) : name)), 1])
    if (typeof property === 'string') found.add(property)
  }
  return found
}

/** The data after a stage. */
export function stageData(live: PreviewState, stage: string): StagePreview | undefined {
  return live.preview?.stages.find((each) => each.stage === stage)
}

/** A value short enough for a line. */
export function shortText(text: string, most = 60): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}
