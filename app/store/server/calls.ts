/** The calls of a page to a server, below `<address>/pipewright` (engine-worker/node/server/routes/page.ts). */
import {
  filesOf,
  type Project,
  printMessage,
  projectOf,
  readMessage,
  type ServerEvent,
  type ServerInfo,
  serverProtocol,
} from '../../../engine-worker/index.ts'
import type { Document } from '../project/project.ts'
import { tokenFor } from './address.ts'
import { failureOf, ServerFailure } from './failure.ts'

/** Names this page to servers: each has a draft of its own there, and knows its own changes again. */
export const pageName: string = crypto.randomUUID()

interface CallOptions {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: BodyInit
  readonly signal?: AbortSignal
  /** Instead of the token that is remembered. */
  readonly token?: string
}

/** Sends a request; throws a ServerFailure for everything but success. An abort throws as `fetch` does. */
export async function callServer(address: string, path: string, options: CallOptions = {}): Promise<Response> {
  const { method = 'GET', headers = {}, body, signal, token = tokenFor(address) } = options
  const request: RequestInit = {
    method,
    headers: { ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}) },
    cache: 'no-store',
    redirect: 'error',
    ...(body === undefined ? {} : { body }),
    ...(signal ? { signal } : {}),
  }
  let response: Response
  try {
    response = await fetch(`${address}/pipewright${path}`, request)
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ServerFailure('unreachable', address)
  }
  if (!response.ok) throw await failureOf(response, address)
  return response
}

/** What a server says of itself. Throws where it is not a Pipewright server, or has another version. */
export async function serverInfo(address: string, token?: string): Promise<ServerInfo> {
  const response = await callServer(address, '/', token === undefined ? {} : { token })
  const info: unknown = await response.json().catch(() => null)
  if (!isServerInfo(info)) throw new ServerFailure('other', address)
  if (info.protocol !== serverProtocol) throw new ServerFailure('version', address, info.version)
  return info
}

function isServerInfo(value: unknown): value is ServerInfo {
  return (
    typeof value === 'object' &&
    value !== null &&
    'product' in value &&
    value.product === 'pipewright' &&
    'protocol' in value &&
    'revision' in value
  )
}

/** A project as a server has it. */
interface ServedProject {
  readonly document: Document
  readonly revision: number
}

/** Fetches the project of a server. */
export async function pullProject(address: string): Promise<ServedProject> {
  const response = await callServer(address, '/project')
  // The server writes what its counterpart here sends (PushedProject in engine-worker/node/server/pushed-project.ts).
  const { name, profile, root, files, revision } = readMessage(await response.text()) as {
    readonly name: string
    readonly profile: string
    readonly root: string
    readonly files: Readonly<Record<string, string | Uint8Array>>
    readonly revision: number
  }
  const entries = Object.entries(files).map(([path, content]) => ({ path, content }))
  return { document: { name, profile, content: projectOf(entries, root).value }, revision }
}

/** Puts a project in the place of revision `replaces`, and gives the new revision. `force`: in spite of errors. */
export async function pushProject(
  address: string,
  document: Document,
  { replaces, force }: { readonly replaces: number; readonly force: boolean },
): Promise<number> {
  const { name, profile, content } = document
  const response = await callServer(address, `/project?page=${pageName}${force ? '&force=true' : ''}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'if-match': `"${replaces}"` },
    body: printMessage({ name, profile, root: content.root, files: fileTexts(content) }),
  })
  const { revision }: { readonly revision: number } = await response.json()
  return revision
}

function fileTexts(content: Project): Record<string, string | Uint8Array> {
  return Object.fromEntries(filesOf(content).map(({ path, content: file }) => [path, file]))
}

/** Stops a run on a server, even if another client started it. */
export async function stopServerRun(address: string, run: string): Promise<void> {
  await callServer(address, `/runs/${encodeURIComponent(run)}/stop`, { method: 'POST' })
}

/** The news of a server until the connection ends or the signal is aborted. */
export async function* serverNews(address: string, signal: AbortSignal): AsyncGenerator<ServerEvent, void, void> {
  const response = await callServer(address, '/events', { signal })
  for await (const part of textParts(response, '\n\n')) {
    if (part.startsWith('data: ')) yield JSON.parse(part.slice('data: '.length))
  }
}

/** The text of a response in the parts that a separator ends, as they come; what follows the last one is left out. */
export async function* textParts(response: Response, separator: string): AsyncGenerator<string, void, void> {
  const reader = response.body?.getReader()
  if (!reader) return
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      text += decoder.decode(value, { stream: true })
      const parts = text.split(separator)
      text = parts.pop() ?? ''
      yield* parts
    }
  } finally {
    void reader.cancel().catch(() => undefined)
  }
}
