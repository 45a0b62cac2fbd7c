/**
 * The facts of a project's pipes as far as configuration alone tells them: enough to draw the graph at once, before the
 * engine has compiled anything. `needs` is not known yet, so it is null; and before the
 * functions are known, only joins are found in rules, not single look-ups.
 */
import { effectivePipes } from '../config/project/effective.ts'
import { type PipeFacts, pipeFacts } from '../config/project/facts.ts'
import { type ConfigComponent, loadProject } from '../config/project/project.ts'
import type { FunctionTable } from '../dtl/tree/functions.ts'
import { componentValue, textInRoot } from './project.ts'
import type { Project } from './project-files.ts'

/** The facts of all pipes, with the variables of a profile. */
export function provisionalFacts(project: Project, profile: string, functions: FunctionTable): readonly PipeFacts[] {
  const variables = `${profile}-env.json`
  const text = textInRoot(project, variables)
  const settings = loadProject(text === null ? {} : { [variables]: text }, { profile })
  const pipes = new Map<string, ConfigComponent>()
  let { metadata } = settings
  for (const component of Object.values(project.components)) {
    const { id, kind, file } = component
    const configComponent: ConfigComponent = { id, config: componentValue(component), file, index: null }
    if (kind === 'metadata') metadata ??= configComponent
    else if (kind === 'pipe' && !pipes.has(id)) pipes.set(id, configComponent)
  }
  return effectivePipes({ ...settings, pipes, metadata }).map((pipe) => pipeFacts(pipe, null, functions))
}
