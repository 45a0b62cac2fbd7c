/** A component that was edited by hand, taken into the model. */
import { componentById, componentValue, projectOf } from '../text/project.ts'
import { capability } from './capability.ts'
import { soundModel } from './checked-model.ts'

/** What the model has to say so that a component that was edited by hand is as it makes it; null where it cannot. */
export const modelTakeOver = capability(
  'modelTakeOver',
  'draft',
  async ({ text, id }: { readonly text: string; readonly id: string }, { host }) => {
    const model = await soundModel(text)
    const { takenOver } = await import('../model/take-over.ts')
    const { session } = host.current()
    const entries = Object.entries(session.contents).map(([path, content]) => ({ path, content }))
    const component = componentById(projectOf(entries).value, id)
    return component === undefined ? null : takenOver(model, id, componentValue(component))
  },
)
