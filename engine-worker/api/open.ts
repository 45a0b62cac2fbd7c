/** Opening a project. */
import { checkProject } from '../connectors/check.ts'
import { capability } from './capability.ts'
import type { OpenRequest } from './host.ts'

/**
 * Opens a project, and says everything that is wrong with its files, components and rules. `interrupted` names the files
 * whose taking-in was cut short by the end of a tab; nothing of them was kept.
 */
export const open = capability('open', 'draft', async (request: OpenRequest, { host }) => {
  const { session, interrupted } = await host.open(request)
  return { problems: checkProject(session.project), interrupted }
})
