/**
 * `transform-share-rest`: writes each entity to a REST system as an insert, an update or a delete, whichever is due, and
 * gives a row that says what was done (configuration-transforms-template.rst, connector-contract.rst).
 *
 * An update is sent only where the payload differs from what was collected (`$based_on`) and the system still has what
 * was collected. An insert is sent once: the share dataset remembers the ids of what was inserted.
 */

import { flagSetting, objectSetting, textSetting } from '../../../config/model/setting.ts'
import type { Part } from '../../../config/project/effective.ts'
import { equalityCall, identifierCall } from '../../../dtl/syntax.ts'
import { get, put } from '../../../entity/dict.ts'
import type { Dict, Entity, Value } from '../../../entity/value.ts'
import { Fault, problem } from '../../../problem.ts'
import type { OpenContext } from '../../open-context.ts'
import { here, type OpenTransform } from '../../open-context.ts'
import type { RunContext, StageOutcome } from '../../runtime.ts'
import { asEntityProblem, plainStage } from '../each-entity.ts'
import { compareStates, patched } from './compare.ts'
import {
  type DatasetLookup,
  datasetLookup,
  dictOf,
  firstItem,
  type NamedRule,
  namedRule,
  needsOfOperations,
  type Operation,
  type OperationResponse,
  operationNamed,
  pickedMembers,
  rowRule,
  type TemplateContext,
  templateContext,
} from './parts.ts'
import { keyNames, keyValues } from './settings.ts'

const operationNames = ['lookup', 'insert', 'update', 'delete'] as const
type OperationName = (typeof operationNames)[number]

/** Status codes by which an operation has done its work; with others its row has `$error`. */
const successCodes: Readonly<Record<OperationName, readonly number[]>> = {
  lookup: [200],
  insert: [200, 201],
  update: [200, 201, 204],
  delete: [200, 204],
}

const anyStatus = '100-599'

const insertWithoutOrigin = problem<{ id: string }>({
  code: 'share-insert-without-origin',
  severity: 'error',
  says: ({ id }) => `${id} would be inserted, but has no "$origin".`,
  fix: () => 'Let the transform before the share pipe set "$origin" to the "_id" of the entity.',
})

const noGeneratedId = problem<{ id: string; key: string }>({
  code: 'share-no-generated-id',
  severity: 'error',
  says: ({ id, key }) => `The answer to the insert of ${id} has no primary key "${key}".`,
  fix: () => 'Name the key of the answer in "primary_key_insert", or pick it by the rule "rewrite_insert".',
})

/** What the transform works with, opened once for a run. */
interface ShareParts {
  readonly keys: readonly string[]
  readonly insertKeys: readonly string[]
  readonly hasNaturalKey: boolean
  readonly patches: boolean
  readonly payloadProperty: string
  readonly operations: Readonly<Record<OperationName, Operation>>
  readonly insertedBefore: DatasetLookup
  readonly previousRow: DatasetLookup
  /** Rewrites a lookup before it is compared with `$based_on`, and before a payload is put on top of it. */
  readonly rewriteBasedOn: NamedRule | null
  readonly rewriteForUpdate: NamedRule | null
  readonly rewriteAnswer: Readonly<Record<OperationName, NamedRule | null>>
  readonly rewritePayload: Readonly<Record<'insert' | 'update', ReturnType<typeof rowRule>>>
  readonly rewriteAfterPatch: NamedRule | null
}

/** Opens the transform; a rule that cannot be compiled makes the pipe unable to run. */
export const openShare: OpenTransform = (part, open, stage) => {
  const context = templateContext(part, open, stage)
  const parts = partsOf(context)
  const transform = async (batch: readonly Entity[], running: RunContext): Promise<readonly StageOutcome[]> => {
    const results: StageOutcome[] = []
    for (const [index, entity] of batch.entries()) {
      running.at(index)
      results.push(
        await asEntityProblem(async () => ({ main: await shareEntity(entity, parts, running, whereOf(part, open)) })),
      )
      await running.pause()
    }
    return results
  }
  const hops = [...parts.insertedBefore.hops, ...parts.previousRow.hops]
  return { ...here(plainStage(part, stage, transform, { hops })), needs: needsOfOperations(context) }
}

function whereOf(part: Part, open: OpenContext) {
  return { pipe: open.pipe.id, path: part.path, function: part.type }
}

function partsOf(context: TemplateContext): ShareParts {
  const { properties } = context
  const keys = keyNames(properties, 'primary_key')
  const insertKeys = keyNames(properties, 'primary_key_insert')
  const dataset = textSetting(properties, 'share_dataset', '')
  const rules = objectSetting(properties, 'rules')
  const lookupRules = objectSetting(properties, 'rewrite_rules_lookup')
  const mutationRules = objectSetting(properties, 'rewrite_rules_mutation')
  const payloadRules = objectSetting(properties, 'rewrite_rules_payload')
  const rewriteLookup = namedRule(context, rules, 'lookup_rewrite')
  return {
    keys,
    insertKeys: insertKeys.length > 0 ? insertKeys : keys,
    hasNaturalKey: flagSetting(properties, 'is_natural_key', false),
    patches: flagSetting(properties, 'client_side_patching', false),
    payloadProperty: textSetting(properties, 'payload_property', 'payload'),
    operations: byOperation((name) => shareOperation(context, name)),
    insertedBefore: datasetLookup(context, dataset, equalityCall(identifierCall('d._id'), '_S.$ids')),
    previousRow: datasetLookup(context, dataset, equalityCall('d._id', '_S._id')),
    rewriteBasedOn: namedRule(context, rules, 'lookup_rewrite_based_on') ?? rewriteLookup,
    rewriteForUpdate: namedRule(context, rules, 'lookup_rewrite_update') ?? rewriteLookup,
    rewriteAnswer: byOperation((name) =>
      namedRule(context, name === 'lookup' ? lookupRules : mutationRules, `rewrite_${name}`),
    ),
    rewritePayload: {
      insert: rowRule(context, payloadRules, 'rewrite_insert_payload'),
      update: rowRule(context, payloadRules, 'rewrite_update_payload'),
    },
    rewriteAfterPatch: namedRule(context, payloadRules, 'rewrite_update_payload_after_patch'),
  }
}

function byOperation<T>(make: (name: OperationName) => T): Record<OperationName, T> {
  return { lookup: make('lookup'), insert: make('insert'), update: make('update'), delete: make('delete') }
}

function shareOperation(context: TemplateContext, name: OperationName): Operation {
  const { properties } = context
  return operationNamed(
    context,
    textSetting(properties, `operation_${name}`, name),
    objectSetting(properties, `operation_${name}_properties`),
    textSetting(properties, `${name}_allowed_status_codes`, anyStatus),
  )
}

/** What is known of an entity on its way: what was decided, sent and answered. */
interface Progress {
  /** `insert`, `update`, `delete`, `lookup` (it failed), or `discard-…`. */
  operation: string
  failed: boolean
  generatedId: Value
  readonly traces: Dict
}

async function shareEntity(entity: Entity, parts: ShareParts, running: RunContext, where: ReturnType<typeof whereOf>) {
  const progress: Progress = { operation: '', failed: false, generatedId: null, traces: {} }
  const [previous = null] = await parts.previousRow.find(entity, running)
  const perform = (name: OperationName, payload: Value) => send(name, entity, payload, parts, progress, running)
  const planned = await firstOperation(entity, parts, running)
  progress.operation = planned
  if (planned === 'lookup') {
    const lookup = await perform('lookup', null)
    if (lookup.status === 200) await update(entity, lookup, parts, progress, running, perform)
    else if (parts.hasNaturalKey && lookup.status === 404) progress.operation = 'insert'
    else progress.failed = true
  } else if (planned === 'delete') await perform('delete', null)
  if (progress.operation === 'insert') {
    const id = String(entity._id)
    if ((get(entity, '$origin') ?? null) === null)
      throw new Fault(insertWithoutOrigin({ id }, { ...where, entity: id }))
    const { body } = await perform('insert', await payloadOf('insert', entity, parts, running))
    if (!progress.failed) {
      const answered = keyValues(dictOf(firstItem(body)), parts.insertKeys)
      // A natural key is known even where the service does not repeat it.
      const generated = answered ?? (parts.hasNaturalKey ? keyValues(entity, parts.keys) : null)
      const key = parts.insertKeys.join(', ')
      if (generated === null) throw new Fault(noGeneratedId({ id, key }, { ...where, entity: id }))
      progress.generatedId = generated.length === 1 ? (generated[0] ?? null) : [...generated]
    }
  }
  return rowOf(entity, parts, progress, previous)
}

/** What is to be done before anything is known of the system. */
async function firstOperation(entity: Entity, parts: ShareParts, running: RunContext): Promise<string> {
  const isDeleted = entity._deleted === true
  if (isDeleted && get(entity, '$replaced') === true) return 'discard-replaced'
  if (keyValues(entity, parts.keys) !== null) return isDeleted ? 'delete' : 'lookup'
  if (isDeleted) return 'discard-delete-non-existent'
  const rows = await parts.insertedBefore.find(entity, running)
  const wasInserted = rows.some((row) => (get(row, '$generated_id') ?? null) !== null)
  return wasInserted ? 'discard-already-inserted' : 'insert'
}

/** After a successful lookup: whether an update is due, and sending it. */
async function update(
  entity: Entity,
  lookup: OperationResponse,
  parts: ShareParts,
  progress: Progress,
  running: RunContext,
  perform: (name: OperationName, payload: Value) => Promise<OperationResponse>,
): Promise<void> {
  const payload = await payloadOf('update', entity, parts, running)
  const rewrittenBody = async (rule: NamedRule | null) =>
    firstItem(rule ? await rule(lookup.body, entity, running) : lookup.body)
  const current = await rewrittenBody(parts.rewriteBasedOn)
  const state = compareStates(payload, get(entity, '$based_on') ?? null, current, parts.keys)
  const isForced = get(entity, '$unsafe_skip_optimistic_locking') === true
  if (state === 'unchanged') progress.operation = 'discard-entity-not-changed'
  else if (state === 'modified-in-system' && !isForced) progress.operation = 'discard-modified-in-system'
  else {
    progress.operation = 'update'
    const whole = parts.patches
      ? await withPatch(entity, payload, await rewrittenBody(parts.rewriteForUpdate), parts, running)
      : payload
    await perform('update', whole)
  }
}

async function withPatch(
  entity: Entity,
  payload: Value,
  current: Value,
  parts: ShareParts,
  running: RunContext,
): Promise<Value> {
  const whole = patched(dictOf(current), dictOf(payload))
  if (parts.rewriteAfterPatch === null) return whole
  const result = await parts.rewriteAfterPatch({ _payload: whole }, { ...entity, $source: entity }, running)
  return get(dictOf(firstItem(result)), '$payload') ?? whole
}

/** The payload: by the rule that rewrites it, as `$payload` gives it, or the entity without Sesam's own properties. */
async function payloadOf(
  name: 'insert' | 'update',
  entity: Entity,
  parts: ShareParts,
  running: RunContext,
): Promise<Value> {
  const rewrite = parts.rewritePayload[name]
  if (rewrite !== null) {
    const { $payload: _, ...plain } = entity
    const rewritten = await rewrite({ ...plain, $source: entity }, running)
    const payload = get(rewritten, '$payload')
    if (payload !== undefined) return payload
  }
  const given = get(entity, '$payload')
  if (given !== undefined) return given
  const payload: Dict = {}
  for (const [property, value] of Object.entries(entity)) if (!/^[_$]/.test(property)) put(payload, property, value)
  return payload
}

/** Sends an operation, keeps what was sent and answered, and says whether it succeeded. */
async function send(
  name: OperationName,
  entity: Entity,
  payload: Value,
  parts: ShareParts,
  progress: Progress,
  running: RunContext,
): Promise<OperationResponse> {
  const request: Entity = {
    _id: entity._id ?? null,
    ...pickedMembers(entity, [...parts.keys, '$origin']),
    $operation: name,
  }
  if (payload !== null) put(request, parts.payloadProperty, payload)
  const answer = await parts.operations[name]({ ...request, $source: entity }, running)
  const rule = parts.rewriteAnswer[name]
  const isSuccess = successCodes[name].includes(answer.status)
  const body = rule !== null && isSuccess ? await rule(answer.body, request, running) : answer.body
  put(progress.traces, `$trace_${name}`, { ...request, response_status: answer.status, response_body: body })
  if (name !== 'lookup') progress.failed = !isSuccess
  return { body, status: answer.status }
}

/** The row of the share dataset: what was done, and what goes on from the row before. */
function rowOf(entity: Entity, parts: ShareParts, progress: Progress, previous: Dict | null): Entity {
  const { operation, failed, generatedId, traces } = progress
  const carried = previous === null ? null : (get(previous, '$generated_id') ?? null)
  const before = previous === null ? null : (get(previous, '$success') ?? null)
  const row: Entity = {
    _id: entity._id ?? null,
    ...pickedMembers(entity, [...parts.keys, '$origin', '$replaced']),
    $source: entity,
  }
  if (entity._deleted === true) row._deleted = true
  put(row, '$last_operation', operation)
  for (const [name, trace] of Object.entries(traces)) put(row, name, trace)
  const id = generatedId ?? carried
  if (id !== null) put(row, '$generated_id', id)
  if (operation === 'discard-replaced') {
    const origin = previous === null ? undefined : get(previous, '$origin')
    if (get(row, '$origin') === undefined && origin !== undefined) put(row, '$origin', origin)
    // What was inserted under this id stays known.
    if (id !== null) row._deleted = false
  }
  if (before !== null) put(row, '$previous_success', before)
  if (failed) put(row, '$error', `error-${operation}`)
  const success = failed ? false : operation.startsWith('discard-') ? before : true
  if (success !== null) put(row, '$success', success)
  return row
}
