/** The open project as a model: what its pipes say already. */
import { formatPart } from '../text/format.ts'
import { projectOf } from '../text/project.ts'
import { capability } from './capability.ts'

/** The text of the model, and what of the pipes is not in it. */
export const modelReading = capability('modelReading', 'draft', async (_: null, { host }) => {
  const { modelOfProject } = await import('../model/read-project.ts')
  const { session } = host.current()
  const entries = Object.entries(session.contents).map(([path, content]) => ({ path, content }))
  const { model, problems } = modelOfProject(projectOf(entries).value)
  return { text: `${formatPart(model)}\n`, problems }
})
