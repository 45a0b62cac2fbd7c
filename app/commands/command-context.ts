/** What decides which commands can run now, read from the stores. */
import { parseRoute, projectOfRoute, useRoute } from '../route.ts'
import { useEngine } from '../store/engine/state.ts'
import { useProject } from '../store/project/project.ts'
import type { CommandContext } from './command.ts'
import { handledCommandIds, useHandledCommands } from './view-handlers.ts'

/** The context of commands now. */
export function commandContext(): CommandContext {
  const route = parseRoute(location.hash)
  const { past, future, readOnly } = useProject.getState()
  return {
    route,
    project: projectOfRoute(route),
    readOnly,
    canUndo: past.length > 0 && !readOnly,
    canRedo: future.length > 0 && !readOnly,
    running: useEngine.getState().running !== null,
    handled: handledCommandIds(),
  }
}

/** The context of commands, for components that show commands. */
export function useCommandContext(): CommandContext {
  useRoute()
  useHandledCommands()
  useProject((state) => `${state.past.length > 0} ${state.future.length > 0} ${state.readOnly}`)
  useEngine((state) => state.running !== null)
  return commandContext()
}
