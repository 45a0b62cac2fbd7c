/**
 * `transform-collect-rest`: adds `$origin` to what was inserted by the share pipe, and looks entities up
 * (configuration-transforms-template.rst; data-synchronization/establish-origin-pattern.rst, verify-deletes-pattern.rst).
 */

import { objectSetting, textSetting } from '../../../config/model/setting.ts'
import { equalityCall } from '../../../dtl/syntax.ts'
import { get, put } from '../../../entity/dict.ts'
import { equal } from '../../../entity/order.ts'
import { type Dict, type Entity, isDict, type Json } from '../../../entity/value.ts'
import { here, type OpenTransform } from '../../open-context.ts'
import type { RunContext, StageOutcome } from '../../runtime.ts'
import { asEntityProblem, plainStage } from '../each-entity.ts'
import {
  type DatasetLookup,
  datasetLookup,
  dictOf,
  firstItem,
  needsOfOperations,
  operationNamed,
  templateContext,
} from './parts.ts'
import { keyNames, keyValues } from './settings.ts'

/** Every status is an answer: what counts is whether the entity is there. */
const anyStatus = '100-599'

export const openCollect: OpenTransform = (part, open, stage) => {
  const context = templateContext(part, open, stage)
  const { properties } = context
  const keys = keyNames(properties, 'primary_key')
  const share = datasetLookup(context, textSetting(properties, 'share_dataset', ''), generatedIdCondition(keys))
  const lookupDelete = textSetting(properties, 'operation_lookup_delete')
  // The look-up of deletes excludes the other one.
  const lookup = lookupDelete === undefined ? textSetting(properties, 'operation_lookup') : undefined
  const storedEntity =
    lookupDelete === undefined ? null : datasetLookup(context, open.pipe.id, equalityCall('d._id', '_S._id'))
  const verify =
    lookupDelete === undefined
      ? null
      : operationNamed(
          context,
          lookupDelete,
          objectSetting(properties, 'operation_lookup_delete_properties'),
          anyStatus,
        )
  const find =
    lookup === undefined
      ? null
      : operationNamed(context, lookup, objectSetting(properties, 'operation_lookup_properties'))
  const original = textSetting(properties, 'original_property')

  const verifyStored = async (entity: Entity, running: RunContext): Promise<Entity> => {
    if (verify === null || storedEntity === null || entity._deleted !== true) return entity
    const known = await storedEntity.find(entity, running)
    if (!known.some((row) => get(row, '_deleted') !== true)) return entity
    const { status } = await verify(entity, running)
    return status === 200 ? { ...entity, _deleted: false } : entity
  }
  const lookUp = async (entity: Entity, running: RunContext): Promise<Entity> => {
    if (find === null || entity._deleted === true) return entity
    const { body } = await find(entity, running)
    const found = firstItem(body)
    if (!isDict(found)) return entity
    const result: Entity = { ...dictOf(found), _id: entity._id ?? null }
    if (original !== undefined) put(result, original, entity)
    return result
  }
  const transform = async (batch: readonly Entity[], running: RunContext): Promise<readonly StageOutcome[]> => {
    const results: StageOutcome[] = []
    for (const [index, entity] of batch.entries()) {
      running.at(index)
      results.push(
        await asEntityProblem(async () => {
          const origin = await originOf(entity, keys, share, running)
          const main: Entity = { ...(await lookUp(await verifyStored(entity, running), running)) }
          if (origin !== undefined) put(main, '$origin', origin)
          return { main }
        }),
      )
      await running.pause()
    }
    return results
  }
  const hops = [...share.hops, ...(storedEntity?.hops ?? [])]
  const needs = verify === null && find === null ? null : needsOfOperations(context)
  return { ...here(plainStage(part, stage, transform, { hops })), needs }
}

/** Finds the row of an insert by the first part of the key; with several parts all of them are compared afterwards. */
function generatedIdCondition(keys: readonly string[]): Json {
  return equalityCall('d.$generated_id', `_S.${(keys[0] ?? '_id').replaceAll('.', '\\.')}`)
}

async function originOf(entity: Entity, keys: readonly string[], share: DatasetLookup, running: RunContext) {
  const values = keyValues(entity, keys)
  if (values === null) return undefined
  const rows = await share.find(entity, running)
  const wanted = values.length === 1 ? (values[0] ?? null) : [...values]
  const row = rows.find((each: Dict) => equal(get(each, '$generated_id') ?? null, wanted))
  const origin = row === undefined ? undefined : get(row, '$origin')
  return origin === null ? undefined : origin
}
