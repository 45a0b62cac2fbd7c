/** From an effective pipe to one that can run: source, stages and sink with their behaviour, and what they need. */

import { declaredKind } from '../config/model/declared.ts'
import type { EffectivePipe } from '../config/project/effective.ts'
import { datasetsRead } from '../config/project/facts.ts'
import type { Configuration } from '../config/project/project.ts'
import { listOf } from '../dtl/coerce.ts'
import { compileAlone } from '../dtl/compile/compile.ts'
import { indexId } from '../dtl/compile/join-index.ts'
import { makeContext } from '../dtl/context.ts'
import type { Context, JoinIndex } from '../dtl/evaluation.ts'
import { get } from '../entity/dict.ts'
import { joinKey } from '../entity/order.ts'
import type { Json, Value } from '../entity/value.ts'
import { Fault, locate, type Problem, problem } from '../problem.ts'
import { deliveringSink } from './deliver.ts'
import { openSink, openSource, openTransform } from './kind.ts'
import './kinds.ts'
import { maskedSink, maskedSource, maskedTransform, maskOf } from './mask.ts'
import type { OpenContext, OpenResult } from './open-context.ts'
import { emptyName, firstWrong } from './part-check.ts'
import type {
  DatasetSink,
  DatasetsSource,
  OutsideSource,
  RunnablePipe,
  SinkRuntime,
  TransformRuntime,
} from './runtime.ts'
import { subsetProblem } from './subset.ts'
import { passingStage } from './transforms/each-entity.ts'
import { addStage, removeStage } from './transforms/namespaces.ts'

const unknownKind = problem<{ role: string; type: string }>({
  code: 'kind-cannot-run',
  severity: 'error',
  says: ({ role, type }) => `There is no ${role} of type ${type === '' ? '(none)' : type} that can run.`,
  fix: () => 'Check the spelling of the type.',
})

const noDatasets = problem<{ type: string }>({
  code: 'source-without-dataset',
  severity: 'error',
  says: ({ type }) => `The ${type} source names no dataset to read.`,
  fix: () => 'Name at least one.',
})

const forbiddenDataset = problem<{ dataset: string }>({
  code: 'forbidden-dataset',
  severity: 'error',
  says: ({ dataset }) => `A pipe cannot write to the dataset ${dataset}.`,
  fix: () => 'Name a dataset without a slash that does not begin with "system:".',
})

/** Makes a pipe ready. What it cannot do here is in `needs`; the first reason counts. */
export function runnablePipe(context: OpenContext): RunnablePipe {
  const pipe = makePipe(context)
  return canBeSupplied(pipe, context) ? makePipe({ ...context, pipe: asInbox(context.pipe) }) : pipe
}

/** Whether a transform that cannot work here keeps the pipe from running, and its output was supplied instead. */
function canBeSupplied({ needs, id }: RunnablePipe, context: OpenContext): boolean {
  if (!needs || needs.severity === 'error') return false
  return context.supplied(id) !== null || (context.inbox?.(id) ?? null) !== null
}

/** The pipe with what was supplied as its output: another source, no transforms. */
function asInbox(pipe: EffectivePipe): EffectivePipe {
  const source = { type: 'json', config: { type: 'json' }, path: pipe.source.path }
  return { ...pipe, source, transforms: [], addNamespaces: false }
}

/** Everything that keeps a pipe from running wherever it is, apart from what may be missing here. Validation asks for it. */
export function openingProblems(pipe: EffectivePipe, project: Configuration): Problem[] {
  const context = { pipe, project, supplied: () => null, files: {}, network: true, secret: () => '' }
  return reasonsOf(pipe, openParts(context)).filter(({ severity }) => severity === 'error')
}

interface OpenParts {
  readonly source: OpenResult<DatasetsSource | OutsideSource>
  readonly stages: readonly OpenResult<TransformRuntime>[]
  readonly sink: OpenResult<DatasetSink | SinkRuntime>
}

function openParts(context: OpenContext): OpenParts {
  const { pipe } = context
  const source = sourceOf(context)
  const stages = pipe.transforms.map((part, index) => {
    const open = openTransform(part.type)
    const stage = `transform/${index}`
    const nothing = passingStage(part, stage)
    return open
      ? openedOrFallback(nothing, pipe, () => open(part, context, stage))
      : { runtime: nothing, needs: missingOpener('transform', part, pipe) }
  })
  return { source, stages, sink: sinkOf(context) }
}

/** What the parts need, the most telling first. */
function reasonsOf(pipe: EffectivePipe, { source, stages, sink }: OpenParts): Problem[] {
  const needs = [...stages.map((stage) => stage.needs), sink.needs, source.needs, namelessLetters(pipe)]
  return needs.filter((found) => found !== null)
}

/** Dead letters for which a dataset is named that has no name. */
function namelessLetters({ id, file, pump }: EffectivePipe): Problem | null {
  const key = 'dead_letter_dataset'
  const named = get(pump.config, key)
  if (typeof named !== 'string' || named.trim() !== '') return null
  return emptyName({ key, to: 'dataset' }, { pipe: id, file, path: [...pump.path, key] })
}

function makePipe(context: OpenContext): RunnablePipe {
  const { pipe } = context
  const parts = openParts(context)
  const { source, stages, sink } = parts
  const wrong = firstWrong(pipe)
  const needs = [wrong && locate(wrong, { pipe: pipe.id, file: pipe.file }), ...reasonsOf(pipe, parts)]
  const mask = maskOf(context.project.hidden)
  return {
    id: pipe.id,
    effective: pipe,
    source: source.runtime.reads === 'outside' ? maskedSource(source.runtime, mask) : source.runtime,
    stages: [
      ...(pipe.addNamespaces ? [addStage(pipe.namespaces)] : []),
      ...stages.map(({ runtime }) => maskedTransform(runtime, mask)),
      ...(pipe.removeNamespaces ? [removeStage()] : []),
    ],
    sink: sink.runtime.writes === 'outside' ? maskedSink(sink.runtime, mask) : sink.runtime,
    secret: context.secret,
    mask,
    needs: needs.find((found) => found !== null) ?? null,
  }
}

/** An opened part; one that cannot be opened (a setting or a file of it is broken) does nothing and says why. */
function openedOrFallback<T, U extends T>(nothing: U, pipe: EffectivePipe, open: () => OpenResult<T>): OpenResult<T> {
  try {
    return open()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { runtime: nothing, needs: locate(error.problem, { pipe: pipe.id, file: pipe.file }) }
  }
}

function missingOpener(
  role: string,
  part: { type: string; path: readonly (string | number)[] },
  pipe: EffectivePipe,
): Problem {
  return unknownKind({ role, type: part.type }, { pipe: pipe.id, file: pipe.file, path: [...part.path, 'type'] })
}

function sourceOf(context: OpenContext): OpenResult<DatasetsSource | OutsideSource> {
  const { source } = context.pipe
  if (declaredKind('source', source.type)?.readsDatasets) {
    const runtime = datasetsSource(context.pipe)
    const names = runtime.datasets.filter((name) => name.trim() !== '')
    const where = { pipe: context.pipe.id, file: context.pipe.file }
    const path = 'dataset' in source.config ? [...source.path, 'dataset'] : source.path
    const none = names.length > 0 ? null : noDatasets({ type: source.type }, { ...where, path })
    const wrong = none ?? subsetProblem(context.pipe)
    return { runtime, needs: wrong && locate(wrong, where) }
  }
  const open = openSource(source.type)
  const nothing: OutsideSource = {
    reads: 'outside',
    config: source.config,
    since: null,
    whole: false,
    async *read() {},
  }
  if (open) return openedOrFallback(nothing, context.pipe, () => open(source, context))
  return { runtime: nothing, needs: missingOpener('source', source, context.pipe) }
}

function sinkOf(context: OpenContext): OpenResult<DatasetSink | SinkRuntime> {
  const { sink, id } = context.pipe
  if (declaredKind('sink', sink.type)?.writesDataset) {
    const named = sink.config.dataset
    const dataset = typeof named === 'string' ? named : id
    const forbidden = dataset !== id && (dataset.startsWith('system:') || dataset.includes('/'))
    const where = { pipe: id, file: context.pipe.file, path: [...sink.path, 'dataset'] }
    const nameless = dataset.trim() === '' ? emptyName({ key: 'dataset', to: 'dataset' }, where) : null
    const needs = forbidden ? forbiddenDataset({ dataset }, where) : nameless
    return { runtime: { writes: 'dataset', config: sink.config, dataset }, needs }
  }
  const open = openSink(sink.type)
  const nothing: SinkRuntime = { writes: 'outside', config: sink.config, batchSize: 100, send: async () => [] }
  if (open) {
    const { runtime, needs } = openedOrFallback(nothing, context.pipe, () => open(sink, context))
    return { runtime: context.delivers ? deliveringSink(runtime, sink, context) : runtime, needs }
  }
  return { runtime: nothing, needs: missingOpener('sink', sink, context.pipe) }
}

/** The part of a source over datasets that needs the compiler: its expressions. */
function datasetsSource(pipe: EffectivePipe): DatasetsSource {
  const { source, namespaces } = pipe
  const options = { namespaces, at: source.path }
  return {
    reads: 'datasets',
    config: source.config,
    datasets: datasetsRead(source),
    index: (expression, alias) => joinIndex(expression, alias, pipe),
    expression: (expression) => {
      const { expression: compiled, problems } = compileAlone(expression, options)
      failOn(problems, pipe)
      return (context: Context): Value => compiled.evaluate({}, context)
    },
  }
}

function joinIndex(expression: Json, alias: string, pipe: EffectivePipe): JoinIndex {
  const { namespaces } = pipe
  const { expression: compiled, problems } = compileAlone(expression, {
    namespaces,
    at: pipe.source.path,
    aliases: [alias],
  })
  failOn(problems, pipe)
  const context = makeContext({
    environment: { now: () => 0n, random: () => 0, randomBytes: (length) => new Uint8Array(length) },
    pipe: pipe.id,
    namespaces,
    budget: Number.POSITIVE_INFINITY,
  })
  return {
    id: indexId(expression, alias, namespaces),
    keysOf: (entity) => {
      const keys: string[] = []
      for (const value of listOf(compiled.evaluate(entity, context))) {
        const key = joinKey(value)
        if (key !== null) keys.push(key)
      }
      return keys
    },
  }
}

function failOn(problems: readonly Problem[], pipe: EffectivePipe): void {
  const error = problems.find(({ severity }) => severity === 'error')
  if (error) throw new Fault(locate(error, { pipe: pipe.id, file: pipe.file }))
}
