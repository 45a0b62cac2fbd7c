/** Transforms that turn each entity into another one, and the `trigger_on` that chooses which. */

import type { Part } from '../../config/project/effective.ts'
import { wildcard } from '../../dtl/wildcard.ts'
import { get } from '../../entity/dict.ts'
import { equal } from '../../entity/order.ts'
import { decodeTransit } from '../../entity/transit.ts'
import { type Entity, isDict, isObject, type Value } from '../../entity/value.ts'
import { Fault } from '../../problem.ts'
import type { RunContext, StageOutcome, TransformRuntime } from '../runtime.ts'

/** What is the same for all transforms that are not DTL. */
export function plainStage(
  part: Part,
  stage: string,
  transform: TransformRuntime['transform'],
  more: Partial<TransformRuntime> = {},
): TransformRuntime {
  return {
    stage,
    type: part.type,
    path: part.path,
    ids: 'kept',
    creates: false,
    createsChildren: false,
    hops: [],
    indexes: [],
    usesPrevious: false,
    transform,
    ...more,
  }
}

/** A stage that passes everything on as it is. */
export function passingStage(part: Part, stage: string, more: Partial<TransformRuntime> = {}): TransformRuntime {
  return plainStage(part, stage, async (batch) => batch.map((main) => ({ main })), more)
}

/** A transform of one entity at a time that keeps its `_id`; a Fault becomes a problem of the entity. */
export function eachEntity(
  part: Part,
  stage: string,
  change: (entity: Entity, running: RunContext) => Entity | Promise<Entity>,
): TransformRuntime {
  const applies = trigger(part)
  return plainStage(part, stage, async (batch, running) => {
    const results: StageOutcome[] = []
    for (const [index, entity] of batch.entries()) {
      running.at(index)
      if (!applies(entity)) results.push({ main: entity })
      else results.push(await asEntityProblem(async () => ({ main: await change(entity, running) })))
    }
    await running.pause()
    return results
  })
}

/** Work on one entity; what it throws as a Fault is a problem of that entity. */
export async function asEntityProblem(work: () => Promise<StageOutcome>): Promise<StageOutcome> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Fault) return { main: null, problem: error.problem }
    throw error
  }
}

/** Whether `trigger_on` lets an entity in; every one where it is not set. */
export function trigger(part: Part): (entity: Entity) => boolean {
  const config = get(part.config, 'trigger_on')
  if (!isObject(config)) return () => true
  const key = get(config, 'key')
  const path = (typeof key === 'string' ? key : '_trigger').split('.')
  const wanted = decodeTransit(get(config, 'value') ?? null)
  const matches = typeof wanted === 'string' ? wildcard(wanted) : null
  return (entity) => {
    const found = valueAt(entity, path)
    const values = Array.isArray(found) ? found : [found]
    return values.some((value) => (matches && typeof value === 'string' ? matches(value) : equal(value, wanted)))
  }
}

/** The value at a path of names, or null. */
function valueAt(value: Value, path: readonly string[]): Value {
  let at: Value = value
  for (const name of path) at = isDict(at) ? (get(at, name) ?? null) : null
  return at
}
