/**
 * What a pipe would do with a few entities of its source, stage by stage, as it stands in the editor. Nothing is
 * written: no position moves, no payload is captured, and no request leaves: services answer as they did the last time.
 */

import { effectivePipe } from '../connectors/effective.ts'
import { maskedProblem } from '../connectors/mask.ts'
import type { Component } from '../connectors/project.ts'
import type { RunnablePipe, TransformRuntime } from '../connectors/runtime.ts'
import { evaluateBatch } from '../dtl/batch.ts'
import { compileRules } from '../dtl/compile.ts'
import { type Traced, traceRecorder } from '../dtl/trace.ts'
import { readJson } from '../entity/json.ts'
import { printEntity, printValue, readEntities } from '../entity/transit.ts'
import type { Entity } from '../entity/value.ts'
import { Fault, locate, type Problem, problem } from '../problem.ts'
import type { Preview, PreviewRequest, StagePreview, TracePoint } from '../protocol.ts'
import { passThrough } from '../run/chain.ts'
import { Lookups, PipeRunning } from '../run/context.ts'
import { openReader } from '../run/read.ts'
import { Records } from '../run/records.ts'
import { componentOf, type Session } from '../run/session.ts'
import type { Item } from '../run/sources/item.ts'
import type { Surroundings } from '../storage/store.ts'

export const notAPipe = problem<Record<string, never>>({
  code: 'preview-not-a-pipe',
  severity: 'error',
  says: () => 'This is not a pipe: a pipe is a JSON object with a string "_id".',
})

const longestValue = 4000
/** So many source entities are read at most to find the one that is followed. */
const furthest = 200_000

/** Previews one pipe, saved or not. */
export async function preview(session: Session, request: PreviewRequest, around: Surroundings): Promise<Preview> {
  const started = around.now()
  const done = (partial: Omit<Preview, 'milliseconds'>): Preview => ({
    ...partial,
    milliseconds: Number((around.now() - started) / 1000n) / 1000,
  })
  const failed = (problems: readonly Problem[]) => done({ stages: [], trace: [], problems })
  try {
    const component = componentOf(readJson(request.pipe))
    if (!component) return failed([notAPipe({})])
    const { problems } = effectivePipe(session.project, component)
    const pipe = session.runnable(component)
    if (pipe.needs && pipe.needs.severity !== 'error' && !hasPins(request)) {
      return done({ stages: [], trace: [], problems, notRunnable: pipe.needs })
    }
    if (pipe.needs?.severity === 'error') {
      const found = withProblem(problems, pipe.needs)
      const stages = await stagesThatWork(session, component, request, around)
      return done({ stages, trace: [], problems: found })
    }
    return done({ ...(await previewStages(session, pipe, request, around)), problems })
  } catch (error) {
    if (error instanceof Fault) return failed([error.problem])
    throw error
  }
}

function hasPins({ pins = {} }: PreviewRequest): boolean {
  return Object.values(pins).some((texts) => texts.length > 0)
}

/** Of a pipe that is wrong somewhere: its source and the transforms before the first that is wrong. */
async function stagesThatWork(
  session: Session,
  component: Component,
  request: PreviewRequest,
  around: Surroundings,
): Promise<readonly StagePreview[]> {
  const { transform, sink: _, ...rest } = component.config
  const listed = Array.isArray(transform)
  const transforms = listed ? transform : []
  for (let length = Math.max(0, transforms.length - 1); length >= 0; length--) {
    const shorter = length === 0 ? rest : { ...rest, transform: transforms.slice(0, length) }
    const pipe = session.runnable({ ...component, config: shorter })
    if (pipe.needs) continue
    const { stages } = await previewStages(session, pipe, { ...request, trace: false }, around)
    // What comes after the last of them is not what the sink would get.
    return stages.slice(0, -1)
  }
  return []
}

function withProblem(problems: readonly Problem[], needs: Problem): readonly Problem[] {
  return problems.some(({ code, message }) => code === needs.code && message === needs.message)
    ? problems
    : [...problems, needs]
}

async function previewStages(
  session: Session,
  pipe: RunnablePipe,
  request: PreviewRequest,
  around: Surroundings,
): Promise<Pick<Preview, 'stages' | 'trace'>> {
  const { store } = session.runner
  const lookups = new Lookups(store, null)
  const running = new PipeRunning(pipe, around, lookups, new AbortController().signal, null)
  // A source that cannot be read here may still have pinned entities behind it.
  const read = pipe.needs ? [] : await sourceItems(session, pipe, running, request)
  const pins = pinsOf(request)
  const first = withPins(read, pins.get('source'))
  const stages = [stageOf('source', entitiesOf(first), pins.get('source'))]
  const trace: TracePoint[] = []
  let items = first
  for (const some of segmentsOf(pipe.stages, pins)) {
    const processed = await passThrough(some, items, running, null, (number, entities, derived) => {
      const name = some[number]?.stage ?? ''
      const problems = derived.flatMap((each) => (each.problem ? [locate(each.problem, { pipe: pipe.id })] : []))
      const filtered = derived.filter((each) => each.filtered === true || each.discarded === true).length
      const shown = entitiesOf(withPins(itemsOf(entities), pins.get(name)))
      stages.push({ ...stageOf(name, shown, pins.get(name)), filtered, problems })
    })
    // Of a stage that nothing reached nobody has heard.
    for (const { stage } of some) {
      const pinned = pins.get(stage)
      if (pinned && !stages.some((each) => each.stage === stage)) stages.push(stageOf(stage, pinned, pinned))
    }
    const followed = items.find(({ entity }) => entity._id === request.entity) ?? items.find(isPinned(pins)) ?? items[0]
    if (request.trace && followed) trace.push(...(await traceOf(pipe, some, followed, running)))
    const out = processed.flatMap(({ outputs }) =>
      outputs.flatMap(({ state, entity }) => (state === 'out' && entity ? [entity] : [])),
    )
    items = withPins(itemsOf(out), pins.get(some.at(-1)?.stage ?? ''))
  }
  stages.push(stageOf('sink', entitiesOf(items)))
  return { stages, trace }
}

/** What was pinned behind which stage. A text that is no entity is a Fault. */
function pinsOf({ pins = {} }: PreviewRequest): ReadonlyMap<string, readonly Entity[]> {
  return new Map(Object.entries(pins).map(([stage, texts]) => [stage, texts.flatMap((text) => readEntities(text))]))
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

/** Items with pinned entities in the place of those with the same `_id`, or behind the others. */
function withPins(items: readonly Item[], pinned: readonly Entity[] | undefined): readonly Item[] {
  if (!pinned) return items
  const own = new Map(itemsOf(pinned).map((item) => [item.key, item]))
  const kept = items.map((item) => {
    const id = String(item.entity._id)
    const pin = own.get(id)
    own.delete(id)
    return pin ? { ...item, entity: pin.entity } : item
  })
  return [...kept, ...own.values()]
}

function isPinned(pins: ReadonlyMap<string, readonly Entity[]>): (item: Item) => boolean {
  const all = new Set([...pins.values()].flat())
  return ({ entity }) => all.has(entity)
}

function itemsOf(entities: readonly Entity[]): readonly Item[] {
  return entities.map((entity, order) => ({
    key: typeof entity._id === 'string' ? entity._id : `#${order}`,
    entity,
    order,
  }))
}

function entitiesOf(items: readonly Item[]): readonly Entity[] {
  return items.map(({ entity }) => entity)
}

function stageOf(stage: string, entities: readonly Entity[], pinned?: readonly Entity[]): StagePreview {
  return {
    stage,
    entities: entities.map(printEntity),
    total: entities.length,
    filtered: 0,
    problems: [],
    ...(pinned ? { pinned: pinned.length } : {}),
  }
}

/** The first entities of the source, and the one that is followed. */
async function sourceItems(
  session: Session,
  pipe: RunnablePipe,
  running: PipeRunning,
  { limit, entity }: PreviewRequest,
): Promise<readonly Item[]> {
  const { store } = session.runner
  const items: Item[] = []
  const wanted = (item: Item) => entity === undefined || item.key === entity || item.entity._id === entity
  let found = entity === undefined
  let read = 0
  const take = (item: Item): boolean => {
    read += 1
    if (item.gone !== undefined || item.entity._deleted === true) return false
    if (items.length < limit) {
      items.push(item)
      found ||= wanted(item)
    } else if (!found && wanted(item)) {
      items.unshift(item)
      found = true
    }
    return (items.length >= limit && found) || read >= furthest
  }
  if (pipe.source.reads === 'outside') {
    const most = entity === undefined ? { limit } : {}
    for await (const batch of pipe.source.read({ since: null, ...most }, running)) {
      for (const one of batch) {
        const key = typeof one._id === 'string' ? one._id : `#${read}`
        if (take({ key, entity: one, order: read })) return items
      }
    }
    return items
  }
  const reader = openReader(pipe, {
    store,
    components: await Records.load(store.store, `preview/${pipe.id}/`),
    running,
    batch: Math.max(100, Math.min(limit, 2000)),
    wanted: true,
    heldBack: async () => null,
  })
  for await (const { items: batch } of reader.changes(null)) {
    for (const item of batch) if (take(item)) return items
  }
  return items
}

/** Every step and expression of the DTL stages for one entity that goes into the first of them. */
async function traceOf(
  pipe: RunnablePipe,
  stages: readonly TransformRuntime[],
  followed: Item,
  running: PipeRunning,
): Promise<readonly TracePoint[]> {
  const inputs: (readonly Entity[])[] = [[followed.entity]]
  await passThrough(stages, [followed], running, null, (number, entities) => {
    inputs[number + 1] = entities
  })
  const points: TracePoint[] = []
  for (const [number, stage] of stages.entries()) {
    const entities = inputs[number]
    if (stage.type !== 'dtl' || !entities || entities.length === 0) continue
    const part = pipe.effective.transforms.find(({ path }) => path.join('/') === stage.path.join('/'))
    if (!part) continue
    const recorder = traceRecorder()
    const { dtl } = compileRules(part.config, {
      namespaces: pipe.effective.namespaces,
      at: part.path,
      tracer: recorder,
    })
    const evaluated = await evaluateBatch(entities, dtl.run, running.context)
    points.push(...recorder.traced().map((traced) => pointOf(traced, pipe)))
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

function pointOf({ at, times, value, after, problem }: Traced, { mask }: RunnablePipe): TracePoint {
  return {
    path: at.join('/'),
    value: value === undefined ? null : cut(printValue(value)),
    times,
    ...(after === undefined ? {} : { target: cut(printValue(after)) }),
    ...(problem === undefined ? {} : { problem: maskedProblem(problem, mask) }),
  }
}

function cut(text: string): string {
  return text.length <= longestValue ? text : `${text.slice(0, longestValue)}…`
}
