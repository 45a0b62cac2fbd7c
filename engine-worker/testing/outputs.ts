/** What comes out of the pipes of an open project, for tests and for files: nothing is written to datasets. */

import { declaredKind } from '../config/model/declared.ts'
import { datasetWritten } from '../config/project/facts.ts'
import type { Configuration } from '../config/project/project.ts'
import type { FileContents } from '../config/project/read.ts'
import type { OpenPipe } from '../connectors/open.ts'
import type { CapturedOutput, RunnablePipe, SinkRuntime, TransformRuntime } from '../connectors/runtime.ts'
import { get } from '../entity/dict.ts'
import type { Dict, Entity } from '../entity/value.ts'
import type { Problem } from '../problem.ts'
import type { PipeProgress, RunResult } from '../run/progress.ts'
import type { Runner } from '../run/run.ts'
import type { RunOptions } from '../run/run-options.ts'
import type { Session } from '../run/session.ts'
import type { CoverageOfPipes } from './coverage.ts'

/** A project that is open for running. */
export interface OpenProject {
  readonly project: Configuration
  readonly pipes: readonly OpenPipe[]
  readonly files: FileContents
  readonly problems: readonly Problem[]
  readonly runner: Runner
  /** Where the pipes report which steps of their rules are reached, when that is asked for. */
  readonly coverage?: CoverageOfPipes
}

/** The project of a session, with problems that were found besides its own. */
export function openProjectOf(
  session: Session,
  more: { readonly problems?: readonly Problem[]; readonly coverage?: CoverageOfPipes | undefined } = {},
): OpenProject {
  const { project, runner, contents } = session
  const { problems = [], coverage } = more
  return {
    project,
    pipes: session.openPipes(),
    files: contents,
    problems: [...project.problems, ...problems],
    runner,
    ...(coverage ? { coverage } : {}),
  }
}

/** How far a pipe is followed; `sink` is everything (the client's `stage` of a test). */
export type TestStage = 'source' | 'before-transforms' | 'after-transforms' | 'sink'

/** Whether a pipe fills a dataset, so that others may read it. */
export function isInternal({ effective }: OpenPipe): boolean {
  return datasetWritten(effective.sink) !== null
}

/** Runs all pipes that fill datasets until nothing changes any more, or the signal is aborted. */
export async function runInternal(
  { runner, pipes }: OpenProject,
  options: Pick<RunOptions, 'signal' | 'progress'> = {},
): Promise<RunResult> {
  const internal = pipes.filter(isInternal).map(({ runnable }) => runnable)
  return runner.run(internal, { run: 'project', ...options })
}

/** What came out of a pipe, and how the run went. */
interface TestOutput {
  readonly entities: readonly Entity[]
  readonly captured: readonly CapturedOutput[]
  readonly progress: PipeProgress
}

/** Receives the output of a pipe while it runs; a Fault that it throws is a write error of the pipe. */
export interface OutputListener {
  /** A batch that reaches the stage. */
  entities?(batch: readonly Entity[]): void | Promise<void>
  /** What the sink would send for it, or before everything else. */
  captured?(captured: readonly CapturedOutput[]): void | Promise<void>
}

/** Runs one pipe from its beginning and collects what reaches the stage; nothing is written to datasets. */
export async function outputOf(
  open: OpenProject,
  pipe: OpenPipe,
  stage: TestStage = 'sink',
  parameters: Dict = {},
): Promise<TestOutput> {
  const entities: Entity[] = []
  const captured: CapturedOutput[] = []
  const listener: OutputListener = {
    entities: (batch) => void entities.push(...batch),
    captured: (sent) => void captured.push(...sent),
  }
  const progress = await followOutput(open, pipe, listener, stage, parameters)
  return { entities, captured, progress }
}

/** Runs one pipe from its beginning and hands on what reaches the stage; nothing is kept, nor written to datasets. */
export async function followOutput(
  { runner }: OpenProject,
  { runnable }: OpenPipe,
  listener: OutputListener,
  stage: TestStage = 'sink',
  parameters: Dict = {},
): Promise<PipeProgress> {
  const { sink } = runnable
  const { captured } = listener
  let prepared: readonly CapturedOutput[] = []
  const reportCaptured = async (sent: readonly CapturedOutput[]) => {
    if (sent.length > 0) await captured?.(sent)
  }
  const following: SinkRuntime = {
    writes: 'outside',
    config: sink.config,
    batchSize: sink.writes === 'outside' ? sink.batchSize : 1000,
    prepare: () => {
      prepared = sink.writes === 'outside' ? (sink.prepare?.() ?? []) : []
      return []
    },
    send: async (batch, running) => {
      await reportCaptured(prepared)
      prepared = []
      // What fails is sent again, so nothing is handed on before that.
      const sent = captured && sink.writes === 'outside' ? await sink.send(batch, running) : []
      await listener.entities?.(batch)
      await reportCaptured(sent)
      return []
    },
  }
  const stages = stagesUpTo(runnable.stages, stage).map((each) => withParameters(each, parameters))
  const source = captured ? runnable.source : inSmallBatches(runnable.source)
  const pipe: RunnablePipe = { ...runnable, source, sink: following, stages }
  const result = await runner.run([pipe], { run: runnable.id, pipes: [runnable.id], full: true })
  await reportCaptured(prepared)
  const progress = result.pipes[0]
  if (!progress) throw new Error(`the run of ${runnable.id} gave no progress`)
  return progress
}

/**
 * Where no sink sees how many entities a batch has, this many keep memory low and cost little. A multiple of what stages
 * see at once (chain.ts), so that these see the same.
 */
const SMALL_BATCH = 1000

function inSmallBatches(source: RunnablePipe['source']): RunnablePipe['source'] {
  if (source.reads !== 'outside') return source
  return { ...source, read: (request, running) => source.read({ ...request, batch: SMALL_BATCH }, running) }
}

/** The stages that entities have passed when they reach a point of the pipe. */
export function stagesUpTo(stages: readonly TransformRuntime[], stage: TestStage): readonly TransformRuntime[] {
  if (stage === 'source') return []
  if (stage === 'before-transforms') return stages.filter((each) => each.stage === 'add_namespaces')
  return stage === 'after-transforms' ? stages.filter((each) => each.stage !== 'remove_namespaces') : stages
}

/** The stage with `_B` bound to the parameters of a request. */
function withParameters(stage: TransformRuntime, parameters: Dict): TransformRuntime {
  if (Object.keys(parameters).length === 0) return stage
  return {
    ...stage,
    transform: (batch, running) => {
      const context = Object.create(running.context, { parameters: { value: parameters, enumerable: true } })
      return stage.transform(batch, Object.create(running, { context: { value: context, enumerable: true } }))
    },
  }
}

/** What an endpoint publishes: the whole of a pipe's output as one payload, or null for sinks that do not publish. */
export async function publishedStage(
  pipe: OpenPipe,
  entities: readonly Entity[],
  parameters: Dict = {},
): Promise<CapturedOutput | null> {
  const { sink } = pipe.runnable
  if (sink.writes !== 'outside' || !sink.publish) return null
  async function* entityBatches() {
    yield entities
  }
  return sink.publish(entityBatches(), parameters)
}

/** How Sesam's client sorts pipes; sesam-py-contract section 4. Input pipes and Sesam's own are never verified. */
export function roleOf({ effective }: OpenPipe): 'input' | 'endpoint' | 'internal' | 'output' | 'skipped' {
  const origin = get(effective.metadata, 'origin')
  const foreign = ['system', 'search', 'replica', 'aggregator-storage-node']
  if ((typeof origin === 'string' && foreign.includes(origin)) || effective.id.includes(':singlenode')) return 'skipped'
  if (declaredKind('source', effective.source.type)?.holdsEntities === true) return 'input'
  if (effective.sink.type.endsWith('_endpoint')) return 'endpoint'
  return get(effective.sink.config, 'dataset') === undefined ? 'output' : 'internal'
}
