/** Conditions of the dataset sink on single entities: optimistic locking and `prevent_multiple_versions`. */

import { Fault, problem } from '../../problem.ts'
import type { DatasetWrite } from '../../storage/store.ts'
import type { Settings } from '../settings.ts'

const staleEntity = problem<{ id: string; dataset: string }>({
  code: 'stale-entity',
  severity: 'error',
  says: ({ id, dataset }) => `The entity ${id} in ${dataset} has been changed since it was read; nothing was written.`,
  fix: () => 'Read the entity again, make the change on its latest version and send it with that _updated.',
})

const secondVersionOfEntity = problem<{ id: string; dataset: string }>({
  code: 'second-version',
  severity: 'error',
  says: ({ id, dataset }) => `There is already a version of ${id} in ${dataset}, and prevent_multiple_versions is set.`,
  fix: () => 'Give each entity an _id of its own, or set prevent_multiple_versions to "ignore" or false.',
})

/** The part of a write that enforces the sink's conditions. */
export function acceptConditions(settings: Settings, { dataset }: { dataset: string }): Partial<DatasetWrite> {
  const { preventVersions, optimisticLocking, maxEntityBytes, changeTracking, replicated } = settings
  const limit = {
    ...(maxEntityBytes === undefined ? {} : { maxEntityBytes }),
    ...(changeTracking ? {} : { repeats: true }),
    ...(replicated ? { givenOffsets: true } : {}),
  }
  if (preventVersions === false && !optimisticLocking) return limit
  return {
    ...limit,
    accept: (entity, latest) => {
      const id = String(entity._id)
      if (optimisticLocking && latest && entity._updated !== latest._updated) {
        throw new Fault(staleEntity({ id, dataset }, { entity: id }))
      }
      if (!latest || preventVersions === false) return true
      if (preventVersions === 'ignore') return false
      throw new Fault(secondVersionOfEntity({ id, dataset }, { entity: id }))
    },
  }
}
