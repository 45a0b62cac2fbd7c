/** What waits to be read. */
import { type PipeQueue, queueOf } from '../run/queues.ts'
import { factsOfPipes } from '../run/session-facts.ts'
import { capability } from './capability.ts'

/** What each pipe has not read yet, by its `_id`. */
export const queues = capability(
  'queues',
  'draft',
  async (_: null, { host }): Promise<Readonly<Record<string, PipeQueue>>> => {
    const { session, store } = host.current()
    const all = factsOfPipes(session).map(async (fact) => [fact.pipe, await queueOf(store, fact)] as const)
    return Object.fromEntries(await Promise.all(all))
  },
)
