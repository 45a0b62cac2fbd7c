/**
 * What a pipe would do with a few entities of its source, stage by stage, as it stands in the editor. Nothing is
 * written: no position moves, no payload is captured, and no request leaves: services answer as they did the last time.
 */

import { type UnusedValues, ValueWatch } from '../analysis/unused-values.ts'
import { rulesProperty } from '../config/model/nested.ts'
import { effectivePipe } from '../config/project/effective.ts'
import type { ConfigComponent } from '../config/project/project.ts'
import { maskedProblem } from '../connectors/mask.ts'
import type { RunnablePipe, TransformRuntime } from '../connectors/runtime.ts'
import { evaluateBatch } from '../dtl/batch.ts'
import { compileRules } from '../dtl/compile/compile.ts'
import { type TraceEntry, traceRecorder } from '../dtl/compile/trace.ts'
import { get } from '../entity/dict.ts'
import { readJson } from '../entity/json.ts'
import { printEntity, printValue } from '../entity/transit.ts'
import type { Entity } from '../entity/value.ts'
import type { Environment } from '../environment.ts'
import { Fault, locate, type Problem } from '../problem.ts'
import { passThrough } from '../run/chain.ts'
import { Lookups, PipeRunContext } from '../run/context.ts'
import { componentOf, type Session } from '../run/session.ts'
import type { SourceRecord } from '../run/sources/item.ts'
import { capability } from './capability.ts'
import {
  type Pins,
  type PreviewItem,
  pinsOf,
  type StagePreview,
  StageResult,
  withNumberedPins,
  withPins,
} from './preview-items.ts'
import { notAPipe } from './preview-problems.ts'
import { noItems, placeInSource, sourceItems } from './source-items.ts'

/** A preview never writes. */
export interface PreviewRequest {
  /** The pipe as JSON text, saved or not. */
  readonly pipe: string
  /** Entities to take from the source. */
  readonly limit: number
  /** One entity to follow, by `_id`; otherwise the first. */
  readonly entity?: string
  /** Also evaluate every step and expression of the followed entity. */
  readonly trace?: boolean
  /**
   * Entities that a person pinned behind a stage, as JSON texts: they go on from there in the place of those with the
   * same `_id`, or beside them.
   */
  readonly pins?: Pins
}

/** What one traced node of the DTL evaluated to. */
export interface TracePoint {
  /** JSON path below the pipe, e.g. `transform/0/rules/default/2/2`. */
  readonly path: string
  /** Transit text of the value (cut when long), or null for a transform. */
  readonly value: string | null
  /** For a transform: the target after it, as transit text. */
  readonly target?: string
  /** How often it was evaluated; the last value is kept. */
  readonly times: number
  /** The transform filtered out or discarded the entity. */
  readonly stopped?: true
  /** For a call that left values out or could not read them: how many, and what would convert them. */
  readonly unused?: Omit<UnusedValues, 'call'>
  readonly problem?: Problem
}

/** What the stages of a pipe make of example entities, step by step. */
export interface Preview {
  readonly stages: readonly StagePreview[]
  readonly trace: readonly TracePoint[]
  readonly problems: readonly Problem[]
  /**
   * Number of the followed entity, as in `origins`; null where the source has no such entity. A source that merges
   * entities follows the entity that the wanted one was merged into.
   */
  readonly followed: number | null
  readonly milliseconds: number
  /** Why the source could not give data, with what the user can do. */
  readonly notRunnable?: Problem
}

const MAX_VALUE_LENGTH = 4000
/** What the stages of a pipe make of a few entities; never writes. */
export const preview = capability('preview', 'draft', (request: PreviewRequest, { host }) =>
  previewPipe(host.current().session, request, host.platform.environment),
)

/** Previews one pipe, saved or not. */
export async function previewPipe(session: Session, request: PreviewRequest, around: Environment): Promise<Preview> {
  const started = around.now()
  const previewOf = (partial: Omit<Preview, 'milliseconds'>): Preview => ({
    ...partial,
    milliseconds: Number((around.now() - started) / 1000n) / 1000,
  })
  const failedPreview = (problems: readonly Problem[]) => previewOf({ stages: [], trace: [], followed: null, problems })
  try {
    const component = componentOf(readJson(request.pipe))
    if (!component) return failedPreview([notAPipe({})])
    const { problems } = effectivePipe(session.project, component)
    const pipe = session.runnable(component)
    if (pipe.needs && pipe.needs.severity !== 'error' && !hasPins(request)) {
      return previewOf({ stages: [], trace: [], followed: null, problems, notRunnable: pipe.needs })
    }
    if (pipe.needs?.severity === 'error') {
      const found = withProblem(problems, pipe.needs)
      const { stages, followed } = await workingStages(session, component, request, around)
      return previewOf({ stages, trace: [], followed, problems: found })
    }
    const found = await previewStages(session, pipe, request, around)
    return previewOf({ ...found, problems: [...problems, ...found.problems] })
  } catch (error) {
    if (error instanceof Fault) return failedPreview([error.problem])
    throw error
  }
}

function hasPins({ pins = {} }: PreviewRequest): boolean {
  return Object.values(pins).some((texts) => texts.length > 0)
}

/** The source of a pipe with an error, and the transforms before the first one with an error. */
async function workingStages(
  session: Session,
  component: ConfigComponent,
  request: PreviewRequest,
  around: Environment,
): Promise<Pick<PreviewContent, 'stages' | 'followed'>> {
  const { transform, sink: _, ...rest } = component.config
  const listed = Array.isArray(transform)
  const transforms = listed ? transform : []
  for (let length = Math.max(0, transforms.length - 1); length >= 0; length--) {
    const shorter = length === 0 ? rest : { ...rest, transform: transforms.slice(0, length) }
    const pipe = session.runnable({ ...component, config: shorter })
    if (pipe.needs) continue
    const { stages, followed } = await previewStages(session, pipe, { ...request, trace: false }, around)
    // What comes after the last of them is not what the sink would get.
    return { stages: stages.slice(0, -1), followed }
  }
  return { stages: [], followed: null }
}

function withProblem(problems: readonly Problem[], needs: Problem): readonly Problem[] {
  return problems.some(({ code, message }) => code === needs.code && message === needs.message)
    ? problems
    : [...problems, needs]
}

/** What a preview found before it was told how long it took. */
type PreviewContent = Pick<Preview, 'stages' | 'trace' | 'followed' | 'problems'>

async function previewStages(
  session: Session,
  pipe: RunnablePipe,
  request: PreviewRequest,
  around: Environment,
): Promise<PreviewContent> {
  const { store } = session.runner
  const lookups = new Lookups(store, null)
  const running = new PipeRunContext(pipe, around, lookups, new AbortController().signal, null)
  // A source that cannot be read here may still have pinned entities behind it.
  const read = pipe.needs ? noItems : await sourceItems(session, pipe, running, request)
  const pins = pinsOf(request.pins ?? {})
  const source = withPins(read.items, pins.get('source'))
  let numbered: readonly PreviewItem[] = source.map((item, origin) => ({ item, origin }))
  let count = numbered.length
  const warnings = pipe.source.reads === 'outside' ? (pipe.source.warnings?.() ?? []) : []
  const noticed = warnings.map((problem) => locate(problem, { pipe: pipe.id }))
  const stages: StagePreview[] = [{ ...stageOf('source', numbered, pins.get('source')), problems: noticed }]
  const trace: TracePoint[] = []
  let followed =
    request.entity === undefined ? (count > 0 ? 0 : null) : placeInSource(source, request.entity, read.followed)
  for (const segment of segmentsOf(pipe.stages, pins)) {
    const inputs = numbered
    const results = segment.map(() => new StageResult(pipe.id, inputs))
    const items = inputs.map(({ item }) => item)
    const stopped = await passThrough(segment, items, running, null, (number, entities, derived, origins) =>
      results[number]?.add(entities, derived, origins),
    ).then(
      () => null,
      (error: unknown) => {
        if (error instanceof Fault) return error.problem
        throw error
      },
    )
    for (const [number, { stage }] of segment.entries()) {
      const result = results[number]
      const pinned = pins.get(stage)
      if (!result?.reached && !pinned) continue
      numbered = pinned ? withNumberedPins(result?.outputs() ?? [], pinned, count) : (result?.outputs() ?? [])
      count = Math.max(count, ...numbered.map(({ origin }) => origin + 1))
      stages.push({ ...stageOf(stage, numbered, pinned), ...result?.counts() })
    }
    if (segment.length > 0 && !results.at(-1)?.reached && !pins.has(segment.at(-1)?.stage ?? '')) numbered = []
    const followedItems = inputs.filter(({ origin }) => origin === followed).map(({ item }) => item)
    if (request.trace && followedItems.length > 0) trace.push(...(await traceOf(pipe, segment, followedItems, running)))
    if (stopped) return { stages, trace, followed, problems: [locate(stopped, { pipe: pipe.id })] }
    if (followed === null) {
      const pinned = numbered.find(({ item }) => request.entity === undefined || item.entity._id === request.entity)
      followed = pinned?.origin ?? null
    }
  }
  stages.push(stageOf('sink', numbered))
  return { stages, trace, followed, problems: [] }
}

/** The stages in runs of their own up to each one behind which something is pinned. */
function segmentsOf(
  stages: readonly TransformRuntime[],
  pins: ReadonlyMap<string, readonly Entity[]>,
): readonly (readonly TransformRuntime[])[] {
  const segments: TransformRuntime[][] = [[]]
  for (const stage of stages) {
    segments.at(-1)?.push(stage)
    if (pins.has(stage.stage)) segments.push([])
  }
  return segments
}

function stageOf(stage: string, numbered: readonly PreviewItem[], pinned?: readonly Entity[]): StagePreview {
  return {
    stage,
    entities: numbered.map(({ item }) => printEntity(item.entity)),
    origins: numbered.map(({ origin }) => origin),
    total: numbered.length,
    filtered: 0,
    failed: 0,
    problems: [],
    stopped: [],
    ...(pinned ? { pinned: pinned.length } : {}),
  }
}

/** Every step and expression of the DTL stages for the entities that go into the first of them. */
async function traceOf(
  pipe: RunnablePipe,
  stages: readonly TransformRuntime[],
  followed: readonly SourceRecord[],
  running: PipeRunContext,
): Promise<readonly TracePoint[]> {
  const inputs: (readonly Entity[])[] = [followed.map(({ entity }) => entity)]
  await passThrough(stages, followed, running, null, (number, entities) => {
    inputs[number + 1] = [...(inputs[number + 1] ?? []), ...entities]
  })
  const points: TracePoint[] = []
  for (const [number, stage] of stages.entries()) {
    const entities = inputs[number]
    if (!entities || entities.length === 0) continue
    const part = pipe.effective.transforms.find(({ path }) => path.join('/') === stage.path.join('/'))
    const rules = part ? rulesProperty(part.config) : null
    if (!part || rules === null) continue
    const recorder = traceRecorder()
    const watch = new ValueWatch(get(part.config, rules) ?? null, [...part.path, rules])
    const { dtl } = compileRules(part.config, {
      namespaces: pipe.effective.namespaces,
      at: part.path,
      tracer: watch.listening(recorder),
    })
    const evaluated = await evaluateBatch(entities, dtl.run, running.context, (index) => watch.begin(index))
    const unused = new Map(watch.unused(running.context).map((each) => [each.call.join('/'), each]))
    points.push(...recorder.traced().map((traced) => tracePoint(traced, pipe, unused.get(traced.at.join('/')))))
    for (const one of evaluated) {
      if (!('problem' in one)) continue
      const path = (one.problem.where.path ?? part.path).join('/')
      points.push({
        path,
        value: null,
        times: 1,
        problem: locate(maskedProblem(one.problem, pipe.mask), { pipe: pipe.id }),
      })
    }
  }
  return points
}

function tracePoint(
  { at, times, value, after, stopped, problem }: TraceEntry,
  { mask }: RunnablePipe,
  unused: UnusedValues | undefined,
): TracePoint {
  return {
    path: at.join('/'),
    value: value === undefined ? null : shortened(printValue(value)),
    times,
    ...(after === undefined ? {} : { target: shortened(printValue(after)) }),
    ...(stopped ? { stopped } : {}),
    ...(unused ? { unused: { ...unused, problem: maskedProblem(unused.problem, mask) } } : {}),
    ...(problem === undefined ? {} : { problem: maskedProblem(problem, mask) }),
  }
}

function shortened(text: string): string {
  return text.length <= MAX_VALUE_LENGTH ? text : `${text.slice(0, MAX_VALUE_LENGTH)}…`
}
