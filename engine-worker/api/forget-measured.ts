/** Counting an environment here again. */
import { capability } from './capability.ts'
import { measuredState } from './used-datasets.ts'

/** Forgets the metrics of an environment: what is stored here counts for it again. */
export const forgetMeasured = capability(
  'forgetMeasured',
  'draft',
  async ({ environment }: { readonly environment: string }, { host }): Promise<null> => {
    await host.current().store.commit({ states: [{ key: measuredState(environment), value: null }] })
    return null
  },
)
