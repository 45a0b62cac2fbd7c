/** Columns that are kept beside the datasets and follow them. */
import { type CallContext, capability } from './capability.ts'
import { searchedDatasets } from './searched-datasets.ts'

/** Which datasets. */
interface ColumnsRequest {
  /** The one that is looked at; without it all that are searched. */
  readonly dataset?: string
}

/** The entities of smaller datasets are read as quickly as their columns would be found. */
const MIN_ENTITIES = 10_000

/** What the columns of each dataset take, in bytes. */
type ColumnsSize = readonly { readonly dataset: string; readonly bytes: number }[]

/**
 * Brings the kept columns up to date, of datasets that are searched, and tells what they take. When it is not wanted any
 * more it stops; what was made is kept.
 */
export const followColumns = capability(
  'follow-columns',
  'draft',
  async ({ dataset }: ColumnsRequest, { host, signal }: CallContext): Promise<ColumnsSize> => {
    const opened = host.current()
    const { storedColumns } = opened
    const names: string[] = []
    for (const name of await searchedDatasets(opened)) {
      if (((await opened.store.info(name))?.live ?? 0) >= MIN_ENTITIES) names.push(name)
    }
    await storedColumns.removeStale(new Set(names))
    for (const name of names) {
      if (signal.aborted) break
      if (dataset === undefined || name === dataset) await storedColumns.follow(name, signal)
    }
    return Promise.all(names.map(async (name) => ({ dataset: name, bytes: await storedColumns.bytes(name) })))
  },
)
