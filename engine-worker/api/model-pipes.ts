/** The pipes of a model in the open project: what generating them would change, and what was edited by hand. */
import type { FileContent } from '../config/project/read.ts'
import type { Json } from '../entity/value.ts'
import { formatComponent } from '../text/format.ts'
import { componentById, componentValue, engineChanges, projectOf } from '../text/project.ts'
import type { Project } from '../text/project-files.ts'
import { capability } from './capability.ts'
import { soundModel } from './checked-model.ts'
import { modelSession } from './model-session.ts'

interface ModelPipesRequest {
  readonly text: string
  /** Only systems and the pipes that collect their records; default all. */
  readonly only?: 'systems'
  /** Edits by hand that are given up. */
  readonly reset?: readonly string[]
}

/** A component of a model: what happens to it; texts as canonical JSON, null where there is none. */
export interface ModelComponent {
  readonly id: string
  readonly is: 'added' | 'changed' | 'removed' | 'same' | 'edited' | 'conflict' | 'kept' | 'missing'
  /** The part of the model that makes it. */
  readonly from: readonly string[]
  readonly now: string | null
  readonly next: string | null
  readonly generated: string | null
  /** Places where the model and the edit by hand want different things; the edit stays. */
  readonly conflicts: readonly string[]
}

/** What happens to each component, and the files of the project that become others (null: none). */
export const modelPipes = capability('modelPipes', 'draft', async (request: ModelPipesRequest, { host }) => {
  const { text, only, reset } = request
  const model = await soundModel(text)
  await modelSession(host)
  const { partOfModel, regenerate } = await import('../model/regenerate.ts')
  const { generate } = await import('../model/generate/pipes.ts')
  const { session } = host.current()
  const entries = Object.entries(session.contents).map(([path, content]) => ({ path, content }))
  const before = projectOf(entries).value
  const partFilter = only === undefined ? {} : { only: ([part]: readonly string[]) => part === only }
  const { project, components } = regenerate(before, model, { ...partFilter, ...(reset ? { reset } : {}) })
  const generatedConfigs = new Map(generate(model).map(({ id, config }) => [id, config]))
  const files: Readonly<Record<string, FileContent | null>> = engineChanges(before, project)
  return {
    files,
    components: components.map(({ id, is, places }): ModelComponent => {
      const generated = generatedConfigs.get(id)
      const next = textOf(project, id)
      return {
        id,
        is,
        from: partOfModel(generated ?? configOf(before, id)),
        now: textOf(before, id),
        next,
        generated: generated === undefined ? null : formatComponent(generated),
        conflicts: places.map((place) => place.join('.')),
      }
    }),
  }
})

function configOf(project: Project, id: string): Json {
  const component = componentById(project, id)
  return component === undefined ? null : componentValue(component)
}

function textOf(project: Project, id: string): string | null {
  const config = configOf(project, id)
  return config === null ? null : formatComponent(config)
}
