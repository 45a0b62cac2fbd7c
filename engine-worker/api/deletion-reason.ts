/**
 * Why an entity of a dataset is deleted. A dataset stores the same of an entity that a filter took out and of one whose
 * source entity is gone; passing the source entities through the pipe once more tells them apart.
 */
import type { RunnablePipe } from '../connectors/runtime.ts'
import type { Entity } from '../entity/value.ts'
import { idAfter, passThrough } from '../run/chain.ts'
import type { PipeRunContext } from '../run/context.ts'
import type { SourceRecord } from '../run/sources/item.ts'

/** What took an entity out of the output of a pipe. */
export type DeletionReason =
  | { readonly why: 'filtered' | 'discarded' /** As previews name it: `transform/0`. */; readonly stage: string }
  /** Its source entities are deleted, or are not there. */
  | { readonly why: 'source' }
  /** The pipe would put it out now; it has not run since its rules or its source changed. */
  | { readonly why: 'outdated' }

/**
 * Why a pipe does not put out an entity; null where that cannot be told.
 * @param items its source entities as they are now
 */
export async function deletionReason(
  pipe: RunnablePipe,
  id: string,
  items: readonly SourceRecord[],
  running: PipeRunContext,
): Promise<DeletionReason | null> {
  const there = items.filter(({ entity, gone }) => gone === undefined && entity._deleted !== true)
  if (there.length === 0) return { why: 'source' }
  if (pipe.needs) return null
  const results = await passThrough(pipe.stages, there, running)
  for (const { outputs, item } of results) {
    for (const { state, stage, entity } of outputs) {
      const at = pipe.stages[stage]?.stage
      if (state === 'out' || at === undefined) continue
      if (isOf(pipe, stage, entity ?? item.entity, id)) return { why: state, stage: at }
    }
  }
  const isPutOut = results.some(({ outputs }) =>
    outputs.some(({ state, entity }) => state === 'out' && entity?._id === id && entity._deleted !== true),
  )
  return isPutOut ? { why: 'outdated' } : null
}

/**
 * The keys under which the source may have the entity that became one of the dataset, where no run has recorded them:
 * its own id, or that without its namespace. Empty where another id is possible.
 */
export function likelyKeys({ source, stages }: RunnablePipe, id: string): readonly string[] {
  if (source.reads === 'outside') return []
  return [id, id.slice(id.indexOf(':') + 1)].filter((key) => idAfter(stages, key) === id)
}

/** Whether an entity that was stopped at a stage would have become that of the dataset, as far as its id tells. */
function isOf({ stages }: RunnablePipe, stage: number, { _id }: Entity, id: string): boolean {
  const after = idAfter(stages.slice(stage), String(_id))
  return after === null || after === id
}
