/** From a reference to the entity that it names: itself, or the one into which it was merged. */
import { currentWords } from '../i18n/i18n.ts'
import { go } from '../route.ts'
import { ask } from '../store/engine/open-project.ts'
import { failureText } from '../store/failure.ts'
import { useProject } from '../store/project/project.ts'
import { toast } from '../store/toasts.ts'

/** Goes to the entity that an identifier names; says so where there is none. */
export async function followIdentifier(id: string): Promise<void> {
  const project = useProject.getState().id
  if (project === null) return
  try {
    const { places } = await ask('identifier-reach', id)
    const same = places.filter(({ how }) => how === 'same')
    // A golden record before the entities that it was merged of.
    const place = same.find((each) => each.properties.includes('$ids')) ?? same[0]
    if (place) go({ at: 'data', project, dataset: place.dataset, entity: place.id })
    else toast(currentWords().data.nowhere(id))
  } catch (error) {
    toast(failureText(error), 'bad')
  }
}
