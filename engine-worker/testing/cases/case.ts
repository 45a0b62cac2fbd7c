/**
 * One evaluation case: an expression, the rules of a DTL transform, or any other transform, with everything it looks at
 * given beside it. The format is that of `eval` and of worked examples; product.md section 6.
 */

import { rulesTransform, sourceOfDataset } from '../../config/model/syntax.ts'
import { effectivePipe } from '../../config/project/effective.ts'
import type { Environment } from '../../environment.ts'
import '../../connectors/kinds.ts'
import { type Configuration, loadProject } from '../../config/project/project.ts'
import { runnablePipe } from '../../connectors/runnable.ts'
import type { RunContext, StageOutcome, TransformRuntime } from '../../connectors/runtime.ts'
import { addNamespaces } from '../../connectors/transforms/namespaces.ts'
import { evaluateBatch } from '../../dtl/batch.ts'
import { compileAlone } from '../../dtl/compile/compile.ts'
import { listDatasets, makeContext } from '../../dtl/context.ts'
import type { Context } from '../../dtl/evaluation.ts'
import { get } from '../../entity/dict.ts'
import { printJson } from '../../entity/json.ts'
import { decodeTransit } from '../../entity/transit.ts'
import {
  DateTime,
  type Entity,
  isDict,
  isObject,
  type Json,
  type JsonObject,
  objectOrEmpty,
} from '../../entity/value.ts'
import { Fault, type Problem } from '../../problem.ts'
import { badCase, type CaseResult } from './result.ts'

type Evaluate = (json: JsonObject, environment: Environment) => CaseResult | Promise<CaseResult>

/** What evaluates a case, by the member that holds its question; loaded when it is asked for. */
const evaluators: Readonly<Record<string, () => Evaluate | Promise<Evaluate>>> = {
  expr: () => evaluateExpression,
  rules: () => runTransforms,
  transform: () => runTransforms,
  template: async () => (await import('./template.ts')).evaluateTemplate,
  search: async () => (await import('./search.ts')).evaluateSearch,
  price: async () => (await import('./subscription.ts')).evaluatePrice,
  vpn: async () => (await import('./subscription.ts')).evaluateVpn,
  invoice: async () => (await import('./subscription.ts')).evaluateInvoice,
}

/** Evaluates one case. Whatever is wrong with it is its result, never thrown. */
export async function evaluateCase(json: Json, environment: Environment): Promise<CaseResult> {
  if (!isObject(json)) return { problem: badCase({ reason: 'is not an object' }) }
  const member = Object.keys(evaluators).find((name) => get(json, name) !== undefined)
  const load = member === undefined ? undefined : evaluators[member]
  if (load === undefined) return { problem: badCase({ reason: `has none of ${quotedNames(Object.keys(evaluators))}` }) }
  try {
    const evaluate = await load()
    return await evaluate(json, environment)
  } catch (error) {
    if (error instanceof Fault) return { problem: error.problem }
    throw error
  }
}

function quotedNames(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ')
}

/** The pipe around a case, so that namespaces and transforms mean what they mean in a project. */
function pipeOf(json: JsonObject): { project: Configuration; config: JsonObject } {
  const { pipe_id, ...context } = objectOrEmpty(get(json, 'context'))
  const named = get(json, 'namespaces')
  const defaults = get(context, 'namespaces.default')
  const options = objectOrEmpty(get(json, 'options'))
  const rules = get(json, 'rules')
  const transform = get(json, 'transform') ?? (rules === undefined ? [] : rulesTransform(rules))
  const idRequired = get(options, 'id_required')
  const config: JsonObject = {
    ...objectOrEmpty(named),
    _id: typeof pipe_id === 'string' ? pipe_id : 'pipe',
    type: 'pipe',
    source: sourceOfDataset('source'),
    transform: isObject(transform) && idRequired !== undefined ? { id_required: idRequired, ...transform } : transform,
  }
  const metadata: JsonObject = {
    _id: 'node',
    type: 'metadata',
    ...(isObject(defaults) ? { namespaces: { default: defaults } } : {}),
  }
  const project = loadProject({
    'node-metadata.conf.json': printJson(metadata),
    'pipes/pipe.conf.json': printJson(config),
  })
  return { project, config }
}

function openPipeOfCase(json: JsonObject) {
  const { project, config } = pipeOf(json)
  const component = { id: String(config._id), config, file: '', index: null }
  return { project, pipe: effectivePipe(project, component) }
}

function contextOf(json: JsonObject, environment: Environment): Context {
  const { pipe } = openPipeOfCase(json)
  const context = objectOrEmpty(get(json, 'context'))
  const secrets = objectOrEmpty(get(context, 'secrets'))
  const parameters = decodeTransit(get(context, '_B') ?? {})
  const previous = get(json, 'previous')
  const target = decodeTransit(get(json, 'target') ?? null)
  const completeness = objectOrEmpty(get(context, 'completeness'))
  return makeContext({
    environment,
    pipe: pipe.id,
    namespaces: pipe.namespaces,
    secret: (name) => {
      const secret = get(secrets, name)
      return typeof secret === 'string' ? secret : null
    },
    parameters: isDict(parameters) ? parameters : {},
    ...(previous === undefined ? {} : { previous: entityOrNull(previous) }),
    ...(isDict(target) ? { target } : {}),
    completeness: (via, dataset) => {
      const time = decodeTransit(get(objectOrEmpty(get(completeness, via)), dataset) ?? null)
      return time instanceof DateTime ? time : null
    },
    datasets: listDatasets(datasetsOf(json)),
  })
}

function datasetsOf(json: JsonObject): { [dataset: string]: Entity[] } {
  const datasets: { [dataset: string]: Entity[] } = Object.create(null)
  for (const [name, list] of Object.entries(objectOrEmpty(get(json, 'datasets'))))
    if (Array.isArray(list)) datasets[name] = list.map(entityOrNull).filter((each) => each !== null)
  return datasets
}

async function evaluateExpression(json: JsonObject, environment: Environment): Promise<CaseResult> {
  const { pipe } = openPipeOfCase(json)
  const { namespaces } = pipe
  const { expression, problems } = compileAlone(get(json, 'expr') ?? null, {
    namespaces,
    at: ['expr'],
    rules: objectOrEmpty(get(json, 'rules')),
  })
  const error = problems.find(({ severity }) => severity === 'error')
  if (error !== undefined) return { problem: error }
  const sourceValue = decodeTransit(get(json, 'source') ?? null)
  const source = pipe.addNamespaces && isDict(sourceValue) ? addNamespaces(sourceValue, namespaces) : sourceValue
  const target = decodeTransit(get(json, 'target') ?? {})
  const [evaluated] = await evaluateBatch(
    [source],
    (item, ctx) => expression.evaluate(item, ctx, isDict(target) ? target : {}),
    contextOf(json, environment),
  )
  if (evaluated === undefined) return { problem: badCase({ reason: 'gave nothing' }) }
  return 'problem' in evaluated ? evaluated : { value: evaluated.result }
}

async function runTransforms(json: JsonObject, environment: Environment): Promise<CaseResult> {
  const { project, pipe } = openPipeOfCase(json)
  const context = contextOf(json, environment)
  const runnable = runnablePipe({
    pipe,
    project,
    supplied: () => null,
    files: {},
    network: false,
    secret: context.secret,
  })
  if (runnable.needs !== null) return { problem: withoutTransform(runnable.needs, json) }
  const source = entityOrNull(get(json, 'source') ?? {})
  if (source === null) return { problem: badCase({ reason: 'has a "source" that is not an object' }) }
  const toDataset = get(objectOrEmpty(get(json, 'options')), 'sink') === 'dataset'
  const running: RunContext = {
    pipe: pipe.id,
    environment,
    context,
    at: () => {},
    signal: new AbortController().signal,
    pause: async () => {},
    fetch: null,
  }
  let entities: readonly Entity[] = [source]
  for (const stage of runnable.stages) {
    const next = await runStage(stage, entities, running, toDataset)
    if ('problem' in next) return { problem: withoutTransform(next.problem, json) }
    entities = next.entities
  }
  return { entities }
}

async function runStage(
  stage: TransformRuntime,
  batch: readonly Entity[],
  running: RunContext,
  toDataset: boolean,
): Promise<{ readonly problem: Problem } | { readonly entities: readonly Entity[] }> {
  const derived = await stage.transform(batch, running)
  const problem = derived.find((each) => each.problem !== undefined)?.problem
  if (problem !== undefined) return { problem }
  return { entities: derived.flatMap((each) => emittedEntities(each, toDataset)) }
}

/** What comes out of one entity: what was created, then the entity itself; a filtered one only for a dataset sink. */
function emittedEntities({ main, filtered, created }: StageOutcome, toDataset: boolean): Entity[] {
  const all = [...(created ?? [])]
  if (main !== null && (!filtered || toDataset)) all.push(filtered ? { ...main, _filtered: true } : main)
  return all
}

/** Paths of a case with `rules` begin at the rules. */
function withoutTransform(found: Problem, json: JsonObject): Problem {
  const { path } = found.where
  if (get(json, 'rules') === undefined || get(json, 'transform') !== undefined || path?.[0] !== 'transform')
    return found
  return { ...found, where: { ...found.where, path: path.slice(1) } }
}

function entityOrNull(json: Json): Entity | null {
  const value = decodeTransit(json)
  return isDict(value) ? value : null
}
