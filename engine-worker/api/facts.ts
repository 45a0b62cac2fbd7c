/** What the graph shows of each pipe. */
import { capability } from './capability.ts'
import { factsOfPipes } from './queue-totals.ts'

/** The facts of all pipes of the open project. */
export const facts = capability('facts', 'draft', async (_: null, { host }) => factsOfPipes(host.current().session))
