/**
 * What would be sent to each system for given records, by the model of a project, for the page. Nothing is sent. The code
 * of models is loaded when this is asked for the first time.
 */
import type { JsonObject } from '../entity/value.ts'
import { capability } from './capability.ts'
import { checkedModel } from './checked-model.ts'

/** The text of a model, and records by `system.datatype`. */
interface ModelChangesRequest {
  readonly text: string
  readonly records: Readonly<Record<string, readonly JsonObject[]>>
}

/** The changes of each system with their reasons, and what is wrong with the model. Errors leave no changes. */
export const modelChanges = capability(
  'modelChanges',
  'draft',
  async ({ text, records }: ModelChangesRequest, { host }) => {
    const { dryRun } = await import('../model/test/changes.ts')
    const { changeReasons } = await import('../model/test/explain.ts')
    const { model, problems } = await checkedModel(text)
    if (model === null || problems.some(({ severity }) => severity === 'error')) return { changes: [], problems }
    const { changes, problems: found } = await dryRun(model, records, host.platform.environment)
    const sent = changes.filter(({ operation }) => operation !== 'none').map((change) => changeReasons(model, change))
    return { changes: sent, problems: [...problems, ...found] }
  },
)
