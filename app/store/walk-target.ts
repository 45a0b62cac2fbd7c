/** What shall be walked next: set wherever an entity or a wrong value is in sight, taken by the view of the pipe. */
import { create } from 'zustand'
import { go } from '../route.ts'
import { ask } from './engine/open-project.ts'
import { useProject } from './project/project.ts'

/** An entity of a dataset, and the property whose maker is looked for; null: none in particular. */
interface WalkTarget {
  readonly pipe: string
  /** `_id` of the source entity. */
  readonly entity: string
  readonly output: string
  readonly property: string | null
}

export const useWalkTarget = create<{ readonly target: WalkTarget | null }>(() => ({ target: null }))

/** Goes to the pipe that made an entity, at the step that made a property of it. False where no pipe of the project made it. */
export async function walkTo(dataset: string, id: string, property: string | null): Promise<boolean> {
  const project = useProject.getState().id
  const { made } = await ask('provenance', { dataset, id })
  const [maker] = made
  if (project === null || !maker) return false
  useWalkTarget.setState({
    target: { pipe: maker.pipe, entity: maker.sources[0]?.id ?? id, output: id, property },
  })
  go({ at: 'pipe', project, pipe: maker.pipe })
  return true
}
