/** Datasets as the views name and group them. */
import { type DatasetSummary, executionLogPrefix } from '../../engine-worker/index.ts'

/** A log is what the pump of a pipe writes about its runs. */
type DatasetGroup = DatasetSummary['role'] | 'log'

/** The group a dataset is listed in. */
export function groupOf({ name, role }: DatasetSummary): DatasetGroup {
  return name.startsWith(executionLogPrefix) ? 'log' : role
}

/** The name without the prefix of what the engine keeps for a pipe; its group says the rest. */
export function shortName({ name }: DatasetSummary): string {
  return name.replace(/^system:(pump_execution|output|source):/, '')
}
