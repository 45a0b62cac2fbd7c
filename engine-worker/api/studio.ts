/** The studio of connectors: a draft from a description or answers, the files that it makes, and a try of one datatype. */
import { printEntity } from '../entity/transit.ts'
import type { StudioDraft } from '../extensions/studio/draft.ts'
import type { Problem } from '../problem.ts'
import { Session } from '../run/session.ts'
import { memoryStore } from '../storage/memory.ts'
import { openProjectOf, runInternal } from '../testing/outputs.ts'
import { capability } from './capability.ts'
import type { Platform } from './platform.ts'

/** What a connector is designed from. */
interface StudioText {
  /** An OpenAPI file, a HAR file or an answer in JSON. */
  readonly text: string
  /** Where a single answer came from; may be empty. */
  readonly address: string
}

/** A draft from a text. What cannot be read is a Fault. */
export const studioDraft = capability('studioDraft', 'page', async ({ text, address }: StudioText) => {
  const { draftOf } = await import('../extensions/studio/draft.ts')
  return draftOf(text, address)
})

/** The files of the connector that a draft stands for, and what is wrong with them. */
export const studioFiles = capability('studioFiles', 'page', async (draft: StudioDraft) => {
  const { connectorOfDraft } = await import('../extensions/studio/make.ts')
  const { connectorFacts } = await import('../extensions/facts.ts')
  const files = connectorOfDraft(draft)
  return { files, facts: connectorFacts(files) }
})

interface StudioTrial {
  readonly draft: StudioDraft
  /** The datatype that is read. */
  readonly datatype: string
  /** The service is asked; otherwise the example answers count. */
  readonly live: boolean
  readonly variables: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
}

/** What a try read. */
interface StudioTrialResult {
  /** The first entities, as text. */
  readonly entities: readonly string[]
  /** How many there are. */
  readonly count: number
  /** The requests that were sent and how they were answered, without secrets. */
  readonly requests: readonly { readonly method: string; readonly url: string; readonly status: number }[]
  readonly problems: readonly Problem[]
}

/** A try sends no more requests than this. */
const MAX_REQUESTS = 5
const MAX_ENTITIES = 20

/**
 * Reads one datatype of a draft in a project of its own, that is forgotten afterwards. After five requests the service
 * counts as having nothing more.
 */
export const studioTry = capability(
  'studioTry',
  'page',
  async (trial: StudioTrial, { host, signal }): Promise<StudioTrialResult> => {
    const { files, collected } = await trialFiles(trial)
    const { environment } = host.platform
    const { secrets } = trial
    const store = memoryStore(environment)
    const session = new Session({
      store,
      environment,
      fetch: trial.live ? limitedFetch(host.platform) : null,
    })
    const problems = [...session.open(files, { secrets })]
    const result = await runInternal(openProjectOf(session), { signal })
    problems.push(...result.pipes.flatMap((pipe) => pipe.problems))
    const entities: string[] = []
    let count = 0
    for await (const batch of store.scan(collected)) {
      count += batch.length
      for (const entity of batch) if (entities.length < MAX_ENTITIES) entities.push(printEntity(entity))
    }
    const requests = session.exchanges().map(({ request, response }) => ({
      method: request.method ?? 'GET',
      url: request.url,
      status: response.status,
    }))
    return { entities, count, requests, problems }
  },
)

const trialSystem = 'try'

/** The files of a project with the datatype and what feeds it; its example answers too, where the service is not asked. */
async function trialFiles({ draft, datatype, live, variables }: StudioTrial) {
  const { answersFile } = await import('../extensions/examples.ts')
  const { connectorOfDraft } = await import('../extensions/studio/make.ts')
  const { expandConnector } = await import('../extensions/expand.ts')
  const datatypes = draft.datatypes.map((each) => ({ ...each, isOn: each.name === datatype, writes: false }))
  const connector = connectorOfDraft({ ...draft, datatypes })
  const profile = 'test'
  const given = { ...connector, [`${profile}-env.json`]: JSON.stringify({ 'node-env': 'test', ...variables }) }
  const files: Record<string, string> = { ...expandConnector(given, { system: trialSystem, profile }) }
  for (const { name } of live ? [] : draft.datatypes) {
    const answers = connector[answersFile(name)]
    if (answers !== undefined) files[answersFile(`${trialSystem}-${name}-all`)] = answers
  }
  return { files, collected: `${trialSystem}-${datatype}-collect` }
}

/** A network that answers a few requests and then says that there is nothing more; null where there is none. */
function limitedFetch({ fetch }: Platform): typeof globalThis.fetch | null {
  if (fetch === null) return null
  let sent = 0
  return async (input, init) => (++sent > MAX_REQUESTS ? new Response(null, { status: 204 }) : fetch(input, init))
}
