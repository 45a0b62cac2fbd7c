/**
 * What the built-in templates are made of: an operation of the REST system, a named DTL rule, a look-up in a dataset.
 * Each is the transform of that kind, opened with a configuration that the template makes of its properties.
 */

import { objectSetting, textSetting } from '../../../config/model/setting.ts'
import type { Part } from '../../../config/project/effective.ts'
import { addStep, applyCall, copyStep } from '../../../dtl/syntax.ts'
import { get, put } from '../../../entity/dict.ts'
import { type Dict, type Entity, isDict, type Json, type JsonObject, type Value } from '../../../entity/value.ts'
import { Fault, type Problem } from '../../../problem.ts'
import type { OpenContext } from '../../open-context.ts'
import type { RunContext, TransformRuntime } from '../../runtime.ts'
import { dtlTransform } from '../dtl.ts'
import { missingAnswers } from '../response.ts'
import { restTransform } from '../rest.ts'

/** What the templates call the answer and its status code. */
const responseBody = 'response_body'
const responseStatus = 'response_status'

/** What a part of a template is made with. */
export interface TemplateContext {
  readonly part: Part
  readonly open: OpenContext
  readonly stage: string
  readonly properties: JsonObject
}

/** The answer to an operation. */
export interface OperationResponse {
  readonly body: Value
  readonly status: number
}

export type Operation = (entity: Entity, running: RunContext) => Promise<OperationResponse>

/** The context of a template transform. */
export function templateContext(part: Part, open: OpenContext, stage: string): TemplateContext {
  return { part, open, stage, properties: objectSetting(part.config, 'properties') }
}

/** Why a template that calls operations cannot run here, or null. */
export function needsOfOperations(context: TemplateContext): Problem | null {
  return missingAnswers(restPart(context, {}), context.open)
}

function restPart({ part, properties }: TemplateContext, config: JsonObject): Part {
  return {
    ...part,
    type: 'rest',
    config: { type: 'rest', system: textSetting(properties, 'rest_system', ''), ...config },
  }
}

/** An operation by its name; all of these status codes are answers, others fail the pipe. */
export function operationNamed(
  context: TemplateContext,
  name: string,
  values: JsonObject,
  statusCodes = '200-299',
): Operation {
  const part = restPart(context, {
    operation: name,
    properties: values,
    response_property: responseBody,
    response_status_property: responseStatus,
    allowed_status_codes: statusCodes,
  })
  const { runtime } = restTransform.open(part, context.open, context.stage)
  return async (entity, running) => {
    const { operation: _, properties: __, ...request } = entity
    const answered = await transformOne(runtime, request, running)
    const status = get(answered ?? {}, responseStatus)
    return { body: get(answered ?? {}, responseBody) ?? null, status: typeof status === 'number' ? status : 0 }
  }
}

/** Applies a named rule to a value; `row` is the entity that the rule reaches as `_R._S.`. */
export type NamedRule = (value: Value, row: Entity, running: RunContext) => Promise<Value>

/** A named rule among others that it may apply, or null where it is not defined. */
export function namedRule(context: TemplateContext, rules: JsonObject, name: string): NamedRule | null {
  if (get(rules, name) === undefined) return null
  const argument = '$argument'
  const apply = addStep('result', applyCall(name, `_S.${argument}`))
  const stage = dtlStageOf(context, { ...rules, default: [apply] })
  return async (value, row, running) => {
    const applied = await transformOne(stage, { ...row, [argument]: value }, running)
    return get(applied ?? {}, 'result') ?? null
  }
}

/** A rule that is given the whole row, as its source and its target, and what the row is then. */
export function rowRule(
  context: TemplateContext,
  rules: JsonObject,
  name: string,
): ((row: Entity, running: RunContext) => Promise<Entity>) | null {
  const steps = get(rules, name)
  if (!Array.isArray(steps)) return null
  const stage = dtlStageOf(context, { ...rules, default: [copyStep(), ...steps] })
  return async (row, running) => (await transformOne(stage, row, running)) ?? row
}

/** The entities of a dataset that an equality finds, without tracking: the dataset may be the pipe's own. */
export interface DatasetLookup {
  readonly find: (entity: Entity, running: RunContext) => Promise<readonly Dict[]>
  readonly hops: TransformRuntime['hops']
}

/** `where` is an equality between the alias `d` of the dataset and the entity as `_S.`. */
export function datasetLookup(context: TemplateContext, dataset: string, where: Json): DatasetLookup {
  const hops: Json = ['hops', { datasets: [`${dataset} d`], where: [where], 'track-dependencies': false }]
  const stage = dtlStageOf(context, { default: [['add', 'found', hops]] })
  return {
    hops: stage.hops,
    find: async (entity, running) => {
      const found = get((await transformOne(stage, entity, running)) ?? {}, 'found') ?? []
      return (Array.isArray(found) ? found : [found]).filter((each) => isDict(each))
    },
  }
}

function dtlStageOf({ part, open, stage }: TemplateContext, rules: JsonObject): TransformRuntime {
  const { runtime, needs } = dtlTransform.open({ ...part, type: 'dtl', config: { type: 'dtl', rules } }, open, stage)
  if (needs !== null) throw new Fault(needs)
  return runtime
}

/** What one stage makes of one entity; its problem is thrown. */
async function transformOne(stage: TransformRuntime, entity: Entity, running: RunContext): Promise<Entity | null> {
  const { pipe, environment, context, signal, fetch } = running
  // The look-ups of a part count for the entity that the template works on.
  const inner: RunContext = { pipe, environment, context, signal, fetch, at: () => {}, pause: () => running.pause() }
  const [derived] = await stage.transform([entity], inner)
  if (derived?.problem !== undefined) throw new Fault(derived.problem)
  return derived?.main ?? null
}

/** The first item of a list, or the value itself. */
export function firstItem(value: Value): Value {
  return Array.isArray(value) ? (value[0] ?? null) : value
}

/** The value as a dict; anything else is an empty one. */
export function dictOf(value: Value): Dict {
  return isDict(value) ? value : {}
}

/** A dict of those members of an entity that are there. */
export function pickedMembers(entity: Entity, names: readonly string[]): Dict {
  const result: Dict = {}
  for (const name of names) {
    const value = get(entity, name)
    if (value !== undefined) put(result, name, value)
  }
  return result
}
