/** The situation that commands look at, read from the stores. */
import { parseRoute, projectOf, useRoute } from '../route.ts'
import { useEngine } from '../store/engine/state.ts'
import { useProject } from '../store/project/project.ts'
import type { Situation } from './command.ts'
import { offered, useOffered } from './view-handlers.ts'

/** The situation now. */
export function situation(): Situation {
  const route = parseRoute(location.hash)
  const { past, future, readOnly } = useProject.getState()
  return {
    route,
    project: projectOf(route),
    readOnly,
    canUndo: past.length > 0 && !readOnly,
    canRedo: future.length > 0 && !readOnly,
    running: useEngine.getState().running !== null,
    offered: offered(),
  }
}

/** The situation, for components that show commands. */
export function useSituation(): Situation {
  useRoute()
  useOffered()
  useProject((state) => `${state.past.length > 0} ${state.future.length > 0} ${state.readOnly}`)
  useEngine((state) => state.running !== null)
  return situation()
}
