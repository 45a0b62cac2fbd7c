/** What the graph shows of each pipe. */

import { factsOfPipes } from '../run/session-facts.ts'
import { capability } from './capability.ts'

/** The facts of all pipes of the open project. */
export const facts = capability('facts', 'draft', async (_: null, { host }) => factsOfPipes(host.current().session))
