/** What the pipes of a model would send now, for the records that are stored. Nothing is sent. */
import { componentById, componentValue, projectOf } from '../text/project.ts'
import { type CallContext, capability } from './capability.ts'
import { soundModel } from './checked-model.ts'
import { modelSession } from './model-session.ts'

/** The most changes of a kind that are shown for each mapping; all are counted. */
const shown = 200

/** How far a dry run is: how many of its pipes are done, and one that is at work. */
interface SharingProgress {
  readonly done: number
  readonly of: number
  readonly pipe: string | null
}

/**
 * What would be sent now for the records that are stored: the pipes of the model as they are in the project, with their
 * edits by hand, run in memory.
 */
export const modelSharing = capability(
  'modelSharing',
  'draft',
  async ({ text }: { readonly text: string }, { host, signal, onEvent }: CallContext<SharingProgress>) => {
    const { planOf } = await import('../model/generate/plan.ts')
    const { generate, testProfile } = await import('../model/generate/pipes.ts')
    const { regenerate } = await import('../model/regenerate.ts')
    const { changesIn, countChanges } = await import('../model/test/changes.ts')
    const { changeReasons } = await import('../model/test/explain.ts')
    const { collectedRecords } = await import('../model/live/run.ts')
    const model = await soundModel(text)
    const { reader, dryRun } = await modelSession(host)
    const { session } = host.current()
    const entries = Object.entries(session.contents).map(([path, content]) => ({ path, content }))
    const { project } = regenerate(projectOf(entries).value, model)
    const components = generate(model).flatMap(({ id }) => {
      const component = componentById(project, id)
      return component ? [{ id, file: component.key, config: componentValue(component) }] : []
    })
    const variables = entries.filter(({ path }) => path.endsWith('-env.json'))
    const files = Object.fromEntries(variables.map(({ path, content }) => [path, content]))
    const { records, ...state } = await collectedRecords(model, reader)
    let standing = new Map<string, number>()
    const { store, problems } = await dryRun.run(components, records, state, {
      files: { ...testProfile, ...files },
      signal,
      progress: ({ pipes }) => {
        standing = new Map([...standing, ...pipes.map(({ pipe, state: is }) => [pipe, is === 'done' ? 1 : 0] as const)])
        const done = [...standing.values()].filter((each) => each > 0).length
        onEvent({ done, of: standing.size, pipe: pipes.find(({ state: is }) => is === 'running')?.pipe ?? null })
      },
    })
    const plan = planOf(model)
    const counts = await countChanges(store, plan)
    const changes: ReturnType<typeof changeReasons>[] = []
    for await (const change of changesIn(store, plan, shown)) changes.push(changeReasons(model, change))
    return { counts, changes, problems }
  },
)
