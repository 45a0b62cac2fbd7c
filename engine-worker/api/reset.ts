/** Emptying datasets. */
import { inboxOwner } from '../run/inbox.ts'
import { capability } from './capability.ts'
import { datasetsOf } from './datasets.ts'

/** The datasets to empty; all results when absent. */
interface ResetRequest {
  readonly datasets?: readonly string[]
}

/** Empties datasets and forgets the positions of the pipes that fill them, when the runs under way have ended. */
export const reset = capability('reset', 'deployed-data', async ({ datasets }: ResetRequest, { host }) => {
  const opened = host.current()
  await host.idle()
  // What a person supplied is not a result, so it stays when everything else goes.
  const chosen = (await datasetsOf(opened)).filter(({ name }) =>
    datasets ? datasets.includes(name) : inboxOwner(name) === null,
  )
  const pipes = new Set(chosen.flatMap(({ producer }) => (producer === null ? [] : [producer])))
  await opened.session.runner.empty(
    chosen.map(({ name }) => name),
    [...pipes],
  )
})
