/** What a pipe, saved or not, does with the first entities of its source, stage by stage; nothing is written. */
import { compileRules } from '../dtl/compile.ts'
import { type Traced, type Tracer, traceRecorder } from '../dtl/trace.ts'
import { printEntity, printValue } from '../entity/transit.ts'
import type { Entity } from '../entity/value.ts'
import type { RunnablePipe, TransformRuntime } from '../pipe/runtime.ts'
import { dtlStage } from '../pipe/transforms/dtl.ts'
import { Fault, locate, type Problem } from '../problem.ts'
import type { Preview, StagePreview, TracePoint } from '../protocol.ts'
import { passThrough } from './chain.ts'
import { firstItems, openProduction, type Producing } from './produce.ts'
import { visible } from './scenario.ts'

export interface PreviewOptions {
  readonly limit: number
  readonly entity?: string
  readonly trace?: boolean
}

/** Longer values of a trace are cut. */
const LONGEST = 2000

/** Previews a pipe over the store as it is. */
export async function previewPipe(pipe: RunnablePipe, around: Producing, options: PreviewOptions): Promise<Preview> {
  const started = around.surroundings.now()
  const stages: StagePreview[] = []
  const trace: TracePoint[] = []
  const problems: Problem[] = pipe.effective.problems.slice()
  const milliseconds = () => Number((around.surroundings.now() - started) / 1_000_000n)
  if (pipe.needs && pipe.needs.severity === 'error') {
    if (!problems.includes(pipe.needs)) problems.push(pipe.needs)
    return { stages, trace, problems, milliseconds: milliseconds() }
  }
  if (pipe.needs) {
    const { message, fix } = pipe.needs
    const notRunnable = fix ? `${message} ${fix}` : message
    return { stages, trace, problems, milliseconds: milliseconds(), notRunnable }
  }
  try {
    const { running, reader } = await openProduction(pipe, around)
    const items = await firstItems(reader, options.limit, options.entity)
    stages.push(
      stagePreview(
        'source',
        items.map(({ entity }) => entity),
        0,
        [],
      ),
    )
    const seen: { stage: string; entities: Entity[]; filtered: number; problems: Problem[] }[] = pipe.stages.map(
      ({ stage }) => ({ stage, entities: [], filtered: 0, problems: [] }),
    )
    const previous = pipe.stages.some(({ usesPrevious }) => usesPrevious)
      ? (reader.previous?.bind(reader) ?? null)
      : null
    const passed = await passThrough(pipe.stages, items, running, previous, (number, entities, derived) => {
      const at = seen[number]
      if (!at) return
      for (const entity of entities) at.entities.push(entity)
      for (const { filtered, discarded, problem } of derived) {
        if (filtered || discarded) at.filtered++
        if (problem) at.problems.push(locate(problem, { pipe: pipe.id }))
      }
    })
    for (const { stage, entities, filtered, problems } of seen) {
      stages.push(stagePreview(stage, entities, filtered, problems))
    }
    const out = passed.flatMap(({ outputs, problem }) =>
      problem ? [] : outputs.filter(({ state }) => state === 'out'),
    )
    stages.push(
      stagePreview(
        'sink',
        out.map(({ entity }) => entity ?? {}),
        0,
        [],
      ),
    )
    for (const { problem } of passed) if (problem) problems.push(problem)
    const followed = items.find(({ entity }) => entity._id === options.entity) ?? items[0]
    if (options.trace && followed) {
      const tracer = traceRecorder()
      await passThrough(tracedStages(pipe, tracer), [followed], running, previous)
      for (const point of tracer.traced()) trace.push(tracePoint(point))
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    problems.push(locate(error.problem, { pipe: pipe.id }))
  }
  return { stages, trace, problems, milliseconds: milliseconds() }
}

function stagePreview(
  stage: string,
  entities: readonly Entity[],
  filtered: number,
  problems: readonly Problem[],
): StagePreview {
  const texts = entities.map((entity) => printEntity(visible(entity)))
  return { stage, entities: texts, total: entities.length, filtered, problems }
}

/** The stages with their DTL compiled anew so that the tracer hears of it. */
function tracedStages(pipe: RunnablePipe, tracer: Tracer): TransformRuntime[] {
  const { transforms, namespaces } = pipe.effective
  return pipe.stages.map((stage) => {
    if (stage.type !== 'dtl') return stage
    const part = transforms.find(({ path }) => path.join('/') === stage.path.join('/'))
    if (!part) return stage
    const { dtl } = compileRules(part.config, { namespaces, at: part.path, tracer })
    return dtlStage(dtl, stage.stage, part.path)
  })
}

function tracePoint({ at, value, after, times, problem }: Traced): TracePoint {
  return {
    path: at.join('/'),
    value: value === undefined ? null : cut(printValue(value)),
    ...(after === undefined ? {} : { target: cut(printEntity(after)) }),
    times,
    ...(problem ? { problem } : {}),
  }
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
