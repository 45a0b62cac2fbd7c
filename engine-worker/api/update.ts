/** Edits of the open project. */

import type { FileContent } from '../config/project/read.ts'
import { checkProject } from '../connectors/check.ts'
import { capability } from './capability.ts'

/** Files that were written, replaced or removed (null), by path. */
interface UpdateRequest {
  readonly files: Readonly<Record<string, FileContent | null>>
}

/** Takes edits over, and says everything that is wrong with the project now. */
export const update = capability('update', 'draft', async ({ files }: UpdateRequest, { host }) => {
  const { session } = host.current()
  session.update(files)
  host.followEngines()
  await host.followDurable()
  return { problems: checkProject(session.project) }
})
