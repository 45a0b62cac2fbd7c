/**
 * What pages ask a server for, below `/pipewright`: what it is, its news, its project, and the capabilities of the engine
 * (api/list.ts). `page` in the query names the page, so that its draft is found and it knows its own changes again.
 */
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { version } from '../../../../package.json'
import { answerHttp } from '../../../api/http.ts'
import { printMessage, readMessage } from '../../../api/json-messages.ts'
import { capabilities } from '../../../api/list.ts'
import { type ServerInfo, serverProtocol } from '../../../api/server-events.ts'
import type { JsonObject } from '../../../entity/value.ts'
import { type Answer, badRequest, HttpError, jsonAnswer } from '../answer.ts'
import { bodyText } from '../body.ts'
import { type ConfigItem, NodeConfiguration } from '../configuration.ts'
import type { Instance } from '../instance.ts'
import {
  componentsIn,
  keptProject,
  type PushedProject,
  projectNow,
  pushedProjectIn,
  variablesOfProject,
} from '../pushed-project.ts'
import { type ApiRoute, type Need, type Parameter, param, type RouteCall, route, textParameter } from '../route.ts'
import { workspacesOf } from '../workspaces.ts'
import { componentsOf, forceParameter } from './configuration.ts'

const needsEverything: Need = { is: 'everything' }
/** Another text for each start of this process. */
const startId = randomUUID()
const pageParameter: Readonly<Record<string, Parameter>> = {
  page: { type: 'string', says: 'Names the page that asks.', required: true },
}

/** When two routes match a path, the first counts. */
export const pageRoutes: readonly ApiRoute[] = [
  route({
    method: 'GET',
    path: '/',
    says: 'What the server is, and of whom the token is.',
    needs: { is: 'token' },
    answer: 'object',
    run: async (call) => jsonAnswer(plainInfo(infoOf(call))),
  }),
  route({
    method: 'GET',
    path: '/events',
    says: 'What happens from now on, as server-sent events.',
    needs: needsEverything,
    answer: 'text',
    run: async ({ instance, signal }) => ({
      status: 200,
      headers: { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' },
      body: instance.news.stream({ is: 'hello', start: startId, revision: instance.revision }, signal),
    }),
  }),
  route({
    method: 'GET',
    path: '/project',
    says: 'The project with all of its files; the ETag is its revision.',
    needs: needsEverything,
    answer: 'object',
    run: async ({ instance }) => projectAnswer(instance),
  }),
  route({
    method: 'PUT',
    path: '/project',
    says: 'Replaces the project. If-Match says which revision is replaced: 412 where that is not the present one.',
    needs: needsEverything,
    query: { ...pageParameter, ...forceParameter },
    body: 'json',
    answer: 'object',
    run: replaceProject,
  }),
  route({
    method: 'POST',
    path: '/runs/{run}/stop',
    says: 'Stops a run at its next batch; nothing happens where there is none.',
    needs: needsEverything,
    answer: 'object',
    run: async (call) => {
      call.instance.session.cancel(param(call, 'run'))
      return jsonAnswer({})
    },
  }),
  route({
    method: 'POST',
    path: '/ask/{capability}',
    says: 'Asks the engine. The answer is a stream of lines: events, then the answer or a problem.',
    needs: needsEverything,
    query: { ...pageParameter, request: { type: 'string', says: 'The request, where the body is a file.' } },
    body: 'any',
    answer: 'text',
    run: askEngine,
  }),
]

/** The routes as they are described: the one that asks the engine stands for a call for each of its capabilities. */
export function describedRoutes(routes: readonly ApiRoute[]): readonly ApiRoute[] {
  return routes.flatMap((one) =>
    one.path.includes('{capability}')
      ? capabilities
          .filter(({ scope }) => scope !== 'page')
          .map(({ name, scope }) => ({
            ...one,
            path: one.path.replace('{capability}', name),
            says: scope === 'draft' ? `${name}: about the project as the page edits it.` : `${name}: about what runs.`,
          }))
      : [one],
  )
}

function infoOf({ instance, caller }: RouteCall): ServerInfo {
  const { configuration, revision, options } = instance
  return {
    product: 'pipewright',
    protocol: serverProtocol,
    version,
    configuration: options.name,
    user: caller.user,
    roles: caller.roles,
    start: startId,
    revision,
    pipes: configuration.items.filter(({ path }) => path.startsWith('pipes/')).length,
    engines: options.engines,
  }
}

function plainInfo({ roles, ...info }: ServerInfo): JsonObject {
  return { ...info, roles: [...roles] }
}

async function projectAnswer(instance: Instance): Promise<Answer> {
  const { revision, store, configuration, variables, options } = instance
  const project = await projectNow({ store, configuration, variables, name: options.name })
  const headers = { 'Content-Type': 'application/json', ETag: etagOf(revision) }
  return { status: 200, headers, body: `${printMessage({ ...project, revision })}\n` }
}

function etagOf(revision: number): string {
  return `"${revision}"`
}

async function replaceProject(call: RouteCall): Promise<Answer> {
  const { instance, caller, request } = call
  const pushed = readPushed(bodyText(await call.body()))
  const force = textParameter(call, 'force') === 'true'
  const items = componentsOf(call, componentsIn(pushed), null, force)
  const storedProject = await keptProject(instance.store, pushed)
  // From here to the call of `deploy` nothing waits: what was compared is what is replaced.
  const expected = request.headers['if-match']
  if (expected === undefined) throw new HttpError(428, 'If-Match is missing: it says which revision is replaced.')
  if (expected !== etagOf(instance.revision)) {
    const body = { message: 'The project was changed meanwhile.', revision: instance.revision }
    throw new HttpError(412, body.message, body)
  }
  const by = { user: caller.user, page: textParameter(call, 'page') ?? null }
  const variables = variablesOfProject(pushed)
  const { applied, errors } = await instance.deploy(nextConfiguration(instance, items), items, force, {
    by,
    states: storedProject,
    ...(variables ? { variables } : {}),
  })
  if (!applied) throw new HttpError(400, 'The configuration has errors.', { validation_errors: [...errors] })
  return jsonAnswer({ revision: instance.revision }, 200, { ETag: etagOf(instance.revision) })
}

function readPushed(text: string): PushedProject {
  try {
    return pushedProjectIn(readMessage(text))
  } catch (error) {
    throw badRequest(error)
  }
}

/** The components of a push; those that are there already stay in their groups. */
function nextConfiguration({ configuration }: Instance, items: readonly ConfigItem[]): NodeConfiguration {
  const before = new Map(configuration.items.map((item) => [item.path, item]))
  return NodeConfiguration.empty.with(
    items.map((item) => {
      const old = before.get(item.path)
      return old ? { ...item, group: old.group, madeBy: old.madeBy } : item
    }),
  )
}

async function askEngine(call: RouteCall): Promise<Answer> {
  const { instance, request, signal, url, contentType } = call
  const name = param(call, 'capability')
  const workspaces = workspacesOf(instance)
  const host = await workspaces.hostFor(name, textParameter(call, 'page') ?? '')
  // A file is read as it comes; a request of JSON is bounded as any other body.
  const isFile = /^application\/octet-stream/i.test(contentType)
  const body = isFile ? (Readable.toWeb(request) as ReadableStream) : new Uint8Array(await call.body())
  const length = request.headers['content-length']
  const engineRequest = new Request(url, {
    method: 'POST',
    headers: { 'content-type': contentType, ...(length === undefined ? {} : { 'content-length': length }) },
    body,
    signal,
    ...(isFile ? { duplex: 'half' as const } : {}),
  })
  const response = await answerHttp(host, engineRequest)
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: response.body ? answerChunks(response.body, () => tellOfChange(instance, name)) : '',
  }
}

/** Others look again at the datasets once what was asked for has changed them. */
function tellOfChange(instance: Instance, name: string): void {
  const workspaces = workspacesOf(instance)
  if (!workspaces.changesData(name)) return
  workspaces.inputsChanged()
  instance.news.tell({ is: 'data' })
}

async function* answerChunks(
  body: ReadableStream<Uint8Array>,
  done: () => void,
): AsyncGenerator<Uint8Array, void, void> {
  for await (const piece of body) yield piece
  done()
}
