/** What the pipes of a model would send now, for the records that are stored. Nothing is sent. */
import { componentById, componentValue, projectOf } from '../text/project.ts'
import { capability } from './capability.ts'
import { modelSession, soundModel } from './model-session.ts'

/** So many changes of a kind are shown for each mapping; all are counted. */
const shown = 200

/**
 * What would be sent now for the records that are stored: the pipes of the model as they are in the project, with their
 * edits by hand, run in memory.
 */
export const modelSharing = capability(
  'modelSharing',
  'draft',
  async ({ text }: { readonly text: string }, { host, signal }) => {
    const { planOf } = await import('../model/generate/plan.ts')
    const { generate, testProfile } = await import('../model/generate/pipes.ts')
    const { regenerate } = await import('../model/regenerate.ts')
    const { changesIn } = await import('../model/test/changes.ts')
    const { withReasons } = await import('../model/test/explain.ts')
    const { collectedRecords, runInMemory } = await import('../model/live/run.ts')
    const model = await soundModel(text)
    const { reader, environment } = await modelSession(host)
    const { session } = host.current()
    const entries = Object.entries(session.contents).map(([path, content]) => ({ path, content }))
    const { project } = regenerate(projectOf(entries).value, model)
    const components = generate(model).flatMap(({ id }) => {
      const component = componentById(project, id)
      return component ? [{ id, file: component.key, config: componentValue(component) }] : []
    })
    const variables = entries.filter(({ path }) => path.endsWith('-env.json'))
    const files = Object.fromEntries(variables.map(({ path, content }) => [path, content]))
    const { store, problems } = await runInMemory(components, await collectedRecords(model, reader), environment, {
      files: { ...testProfile, ...files },
      signal,
    })
    const counts = new Map(model.mappings.map(({ name }) => [name, { insert: 0, update: 0, delete: 0, none: 0 }]))
    const changes: ReturnType<typeof withReasons>[] = []
    for await (const change of changesIn(store, planOf(model))) {
      const count = counts.get(change.mapping)
      if (count === undefined || ++count[change.operation] > shown || change.operation === 'none') continue
      changes.push(withReasons(model, change))
    }
    return { counts: Object.fromEntries(counts), changes, problems }
  },
)
