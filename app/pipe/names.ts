/** Names of a pipe's text: what stands at the cursor, where it leads, and the dialog of its uses. */
import { create } from 'zustand'
import {
  componentById,
  componentValue,
  type JsonPath,
  type Project,
  type Reference,
  type RenameRequest,
} from '../../engine-worker/index.ts'
import { go } from '../route.ts'
import { useEngine } from '../store/engine/state.ts'
import { useProject } from '../store/project/project.ts'
import { select } from '../store/session.ts'
import { focusGoesElsewhere } from '../ui/focus.ts'
import { showPlace } from './focus.ts'
import { choosePlace, usePipeView } from './pipe-view.ts'

/** What the dialog of uses is about. */
export type RenameTarget = Omit<RenameRequest, 'to'>

export const useNames = create<{ readonly asked: RenameTarget | null }>(() => ({ asked: null }))

/** Shows where a name is used, with the way to change it everywhere. */
export function showUses({ what, name, component, scope }: Reference): void {
  if (what === 'namespace') return
  const local = what === 'rule' || what === 'alias'
  useNames.setState({
    asked: { what, from: name, ...(local ? { component, ...(scope === undefined ? {} : { scope }) } : {}) },
  })
}

/** Goes to the pipe that makes what is named. True when that is another place than this text. */
export function goTo({ what, name }: Pick<Reference, 'what' | 'name'>): boolean {
  const project = useProject.getState().id ?? ''
  if (what === 'pipe') go({ at: 'pipe', project, pipe: name })
  else if (what === 'dataset') {
    const producer = useEngine.getState().facts.find(({ writes }) => writes === name)?.pipe
    if (producer !== undefined) go({ at: 'pipe', project, pipe: producer })
    else go({ at: 'data', project, dataset: name, entity: null })
  } else if (what === 'system') {
    select([`system:${name}`])
    go({ at: 'flow', project })
  } else return false
  return true
}

/** Shows a place of any pipe, with the entity that is to be followed there. */
export function goToPlace(
  content: Project,
  component: string,
  path: JsonPath | null,
  entity: string | null = null,
): void {
  const project = useProject.getState().id ?? ''
  if (!componentById(content, component, 'pipe')) {
    select([`system:${component}`])
    go({ at: 'flow', project })
    return
  }
  go({ at: 'pipe', project, pipe: component })
  usePipeView.setState({ pipe: component, entity, adding: null })
  choosePlace(path)
  focusGoesElsewhere()
  showPlace(path)
}

/** The configurations of all components. */
export function valuesOf(content: Project) {
  return Object.values(content.components).map(componentValue)
}
