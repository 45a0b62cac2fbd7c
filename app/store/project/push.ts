/**
 * Pushing entities to pipes whose source is an `http_endpoint`, as a POST to a Sesam node does: they are added to what has
 * arrived, and the pipe runs. People do it in a dialog; scripts of this page's origin (the console, a bookmarklet, an
 * extension) by `await pipewright.push('pipe', [{…}])`.
 */
import { componentById, componentValue, sourceKind } from '../../../engine-worker/index.ts'
import { loadCatalogue } from '../engine/open-project.ts'
import { pushEntities } from './ingest.ts'
import { useProject } from './project.ts'
import { runPipes } from './runs.ts'

/** Whether a pipe takes what is pushed to it. */
export function isInbox(pipe: string): boolean {
  const component = componentById(useProject.getState().document.content, pipe, 'pipe')
  return component !== undefined && sourceKind(componentValue(component))?.receivesPushes === true
}

/** What a POST would carry besides its body, for a source that validates requests. */
interface PushHeaders {
  readonly params?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

/** Adds entities, given as JSON text, to an inbox and runs its pipe. */
export async function pushToInbox(
  pipe: string,
  text: string,
  request: PushHeaders = {},
): ReturnType<typeof pushEntities> {
  const pushed = await pushEntities({ pipe, text, request })
  if (pushed.entities > 0) await runPipes({ pipes: [pipe] })
  return pushed
}

/** What scripts call: entities, or their JSON text where numbers have to keep every digit. Gives how many arrived. */
async function pushFromScript(
  pipe: string,
  entities: object | string,
  request: PushHeaders = {},
): Promise<{ readonly entities: number }> {
  const { id, readOnly } = useProject.getState()
  if (id === null || readOnly) throw new Error('No project is open for writing in this tab.')
  // Which sources take pushes is declared in the engine.
  await loadCatalogue()
  if (!isInbox(pipe)) throw new Error(`${pipe} is no pipe with an http_endpoint source.`)
  const pushed = await pushToInbox(pipe, typeof entities === 'string' ? entities : JSON.stringify(entities), request)
  const [problem] = pushed.problems
  if (problem) throw new Error([problem.message, problem.fix].join(' ').trim())
  return { entities: pushed.entities }
}

/** Lets scripts push. Once, at the start of the app. */
export function startPush(): void {
  Object.defineProperty(globalThis, 'pipewright', { value: Object.freeze({ push: pushFromScript }) })
}
