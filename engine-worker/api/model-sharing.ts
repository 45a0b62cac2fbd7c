/** What the pipes of a model would send now, for the records that are stored. Nothing is sent. */
import { componentById, componentValue, projectOf } from '../text/project.ts'
import { type CallContext, capability } from './capability.ts'
import { soundModel } from './checked-model.ts'
import { modelSession } from './model-session.ts'

/** The most changes of a kind that are shown for each mapping; all are counted. */
const MAX_CHANGES = 200

/**
 * How far a dry run is: how many records are done, and what was found in them; or how many pipes are, where they run on
 * all records at once.
 */
interface SharingProgress {
  readonly done: number
  readonly of: number
  /** A pipe that is at work; null while records are counted. */
  readonly pipe: string | null
  readonly found: SharingAnswer | null
}

type SharingFound = Awaited<ReturnType<import('../model/live/sharing.ts').SharingRun['find']>>
type ExplainedSharing = ReturnType<typeof import('../model/test/explain.ts').changeReasons>
type SharingAnswer = Omit<SharingFound, 'changes'> & { readonly changes: readonly ExplainedSharing[] }

/**
 * What would be sent now for the records that are stored: the pipes of the model as they are in the project, with their
 * edits by hand, run in memory.
 */
export const modelSharing = capability(
  'modelSharing',
  'draft',
  async (
    { text }: { readonly text: string },
    { host, signal, onEvent }: CallContext<SharingProgress>,
  ): Promise<SharingAnswer> => {
    const { generate, testProfile } = await import('../model/generate/pipes.ts')
    const { regenerate } = await import('../model/regenerate.ts')
    const { changeReasons } = await import('../model/test/explain.ts')
    const model = await soundModel(text)
    const { sharing } = await modelSession(host)
    const { session } = host.current()
    const entries = Object.entries(session.contents).map(([path, content]) => ({ path, content }))
    const regenerated = regenerate(projectOf(entries).value, model)
    const components = generate(model).flatMap(({ id }) => {
      const component = componentById(regenerated.project, id)
      return component ? [{ id, file: component.key, config: componentValue(component) }] : []
    })
    const variables = entries.filter(({ path }) => path.endsWith('-env.json'))
    const files = Object.fromEntries(variables.map(({ path, content }) => [path, content]))
    const answerOf = ({ counts, changes, problems }: SharingFound): SharingAnswer => ({
      // What is counted further is no part of what was told before.
      counts: Object.fromEntries(Object.entries(counts).map(([mapping, each]) => [mapping, { ...each }])),
      problems,
      changes: changes.map((change) => changeReasons(model, change)),
    })
    let standing = new Map<string, number>()
    const found = await sharing.find(model, {
      components,
      isEdited: regenerated.components.some(({ is }) => ['edited', 'conflict', 'kept', 'missing'].includes(is)),
      files: { ...testProfile, ...files },
      signal,
      most: MAX_CHANGES,
      found: (soFar, done, of) => onEvent({ done, of, pipe: null, found: answerOf(soFar) }),
      progress: ({ pipes }) => {
        standing = new Map([...standing, ...pipes.map(({ pipe, state: is }) => [pipe, is === 'done' ? 1 : 0] as const)])
        const done = [...standing.values()].filter((each) => each > 0).length
        const pipe = pipes.find(({ state: is }) => is === 'running')?.pipe ?? ''
        onEvent({ done, of: standing.size, pipe, found: null })
      },
    })
    return answerOf(found)
  },
)
