/**
 * Checks of what the datasets hold now, for projects that send nothing to the outside and so have no outputs to compare,
 * such as those of connectors: which properties every entity has, and of which types they are.
 */
import { datasetsRead, datasetWritten } from '../config/project/facts.ts'
import { printJson } from '../entity/json.ts'
import { kindOf } from '../entity/value.ts'
import type { DatasetStore } from '../storage/store.ts'
import { type Check, checkJson } from './checks.ts'
import type { OpenProject } from './outputs.ts'

/** The checks of the last dataset with entities in each row of pipes; what begins with `_` is left out. */
export async function suggestedChecks({ pipes, runner }: OpenProject): Promise<readonly Check[]> {
  const { store } = runner.store
  const found = new Map<string, readonly Check[]>()
  for (const { effective } of pipes) {
    const dataset = datasetWritten(effective.sink)
    const checks = dataset === null ? [] : await checksOfDataset(store, dataset)
    if (dataset !== null && checks.length > 0) found.set(dataset, checks)
  }
  const isFilled = ({ effective }: OpenProject['pipes'][number]) => found.has(datasetWritten(effective.sink) ?? '')
  const read = new Set(pipes.filter(isFilled).flatMap(({ effective }) => datasetsRead(effective.source)))
  return [...found].flatMap(([dataset, checks]) => (read.has(dataset) ? [] : checks))
}

/** Checks as the text of `checks.json`: each on a line of its own. */
export function checksText(checks: readonly Check[]): string {
  const lines = checks.map((check) => printJson(checkJson(check)))
  return lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`
}

async function checksOfDataset(store: DatasetStore, dataset: string): Promise<readonly Check[]> {
  const kinds = new Map<string, Set<string>>()
  const present = new Map<string, number>()
  let count = 0
  for await (const batch of store.scan(dataset, { live: true })) {
    count += batch.length
    for (const entity of batch) {
      for (const [property, value] of Object.entries(entity)) {
        if (property.startsWith('_') || value === null) continue
        present.set(property, (present.get(property) ?? 0) + 1)
        kinds.set(property, (kinds.get(property) ?? new Set()).add(kindOf(value)))
      }
    }
  }
  return [...kinds].flatMap(([property, types]): Check[] => [
    ...(present.get(property) === count ? [{ dataset, property, is: 'present' } as const] : []),
    { dataset, property, is: 'type', types: [...types].sort() },
  ])
}
