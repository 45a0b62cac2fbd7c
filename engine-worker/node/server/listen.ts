/** HTTP: finds the instance and the route of a request, checks who calls, and sends the answer. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Fault } from '../../problem.ts'
import type { StaticAnswer, StaticRequest } from '../static-files.ts'
import { systemError } from '../system-error.ts'
import { type Answer, errorAnswer, HttpError, streamStart } from './answer.ts'
import type { Audit } from './audit.ts'
import { authorize, unauthorized } from './authorize.ts'
import { readBody } from './body.ts'
import { documentation } from './documentation.ts'
import type { Instance } from './instance.ts'
import { openApi } from './openapi.ts'
import {
  decodedPath,
  drainBody,
  headerTexts,
  isPreflight,
  lowerCaseHeaders,
  preflightAnswer,
  SAFE_HEADERS,
} from './request-parts.ts'
import type { Revocations } from './revocations.ts'
import { type RouteCall, type RouteMatch, routeFinder } from './route.ts'
import { apis } from './routes/list.ts'
import { describedRoutes } from './routes/page.ts'
import { Semaphore } from './semaphore.ts'
import { anonymous, bearerToken, type Caller, callerOf } from './token.ts'
import { RateLimit } from './traffic.ts'

/** The largest body, in bytes. */
const MAX_BODY_BYTES = 100_000_000

interface ListenOptions {
  readonly port: number
  /** The address to listen at; loopback unless somebody asked for more. */
  readonly host: string
  /** By the first part of the path; '' for the only one, whose API is at `/api`. */
  readonly instances: ReadonlyMap<string, Instance>
  /** Signs tokens. */
  readonly key: Uint8Array
  readonly audit: Audit
  readonly revocations: Revocations
  /** Names besides the loopback ones by which the server may be called. */
  readonly names: readonly string[]
  /** Origins of pages that others serve, which may ask this server: `https://pages.example.org`. */
  readonly origins: readonly string[]
  /** Answers requests for the files of the app; null where there are none. */
  readonly app: ((request: StaticRequest) => StaticAnswer | null) | null
  readonly say: (words: string) => void
}

/** A server that listens. */
export interface ListeningServer {
  readonly port: number
  /** Answers what has begun and takes nothing more. */
  readonly close: () => Promise<void>
}

const finders = apis.map(({ base, routes }) => ({ base, find: routeFinder(routes) }))

/** Begins to listen. */
export async function listen(options: ListenOptions): Promise<ListeningServer> {
  const dispatcher = new Dispatcher(options)
  const server = createServer({ requestTimeout: 600_000, headersTimeout: 30_000 }, (request, response) => {
    dispatcher.handle(request, response).catch((error: unknown) => dispatcher.lost(error, response))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  return { port: portOf(server), close: () => closeServer(server) }
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
}

/** A request whose instance and place in one of the lists of routes are known. */
interface LocatedRoute {
  readonly instance: Instance
  readonly name: string
  /** Below the base of the list: percent-encoded, beginning with a slash. */
  readonly path: string
  readonly find: (method: string, path: string) => RouteMatch
}

/** Reading requests that are worked on at the same time; between them, writing requests get their turns. */
const MAX_PARALLEL_BODIES = 2

class Dispatcher {
  private readonly limit = new RateLimit()
  private readonly reads = new Semaphore(MAX_PARALLEL_BODIES)

  constructor(private readonly options: ListenOptions) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const began = performance.now()
    const disconnected = new AbortController()
    response.on('close', () => disconnected.abort())
    // A caller who has gone is no mistake of this program.
    response.on('error', () => undefined)
    let caller: Caller = anonymous
    let located: LocatedRoute | null = null
    let answer: Answer
    try {
      const url = this.addressOf(request)
      const page = isPreflight(request) ? preflightAnswer : (this.fileAt(request, url.pathname) ?? pageAt(url.pathname))
      if (page) answer = page
      else {
        located = this.locate(url.pathname)
        await this.options.revocations.refresh(Date.now())
        caller = this.callerOf(request, located)
        answer = await this.answer(request, url, located, caller, disconnected.signal)
      }
    } catch (error) {
      answer = this.failureAnswer(error)
    }
    // Who changed something, and who was turned away.
    if (!['GET', 'HEAD'].includes(request.method ?? '') || answer.status === 401 || answer.status === 403) {
      this.options.audit.write({
        configuration: located?.name ?? '',
        user: caller.user,
        token: caller.token,
        method: request.method ?? '',
        path: located?.path ?? '',
        status: answer.status,
      })
    }
    await this.send(answer, request, response)
    located?.instance.traffic.answered(answer.status, (performance.now() - began) / 1000)
  }

  /** The address that was asked for; only by names of this server, and from pages that it has served. */
  private addressOf(request: IncomingMessage): URL {
    const host = request.headers.host ?? ''
    let url: URL
    try {
      url = new URL(request.url ?? '/', `http://${host}`)
    } catch {
      throw new HttpError(400, 'The address cannot be read.')
    }
    const name = url.hostname.replace(/^\[|\]$/g, '')
    const known = ['localhost', '127.0.0.1', '::1', ...this.options.names]
    if (!known.includes(name)) throw new HttpError(403, `This server is not known as ${name}.`)
    const { origin } = request.headers
    const own = origin === undefined || origin === `http://${host}` || origin === `https://${host}`
    if (!own && !this.options.origins.includes(origin))
      throw new HttpError(403, 'Requests from pages of other servers are refused.')
    return url
  }

  /** A file of the app, where the path belongs to no list of routes. */
  private fileAt({ method = '', headers }: IncomingMessage, pathname: string): Answer | null {
    const { app } = this.options
    if (!app || (method !== 'GET' && method !== 'HEAD') || this.pathParts(pathname) !== null) return null
    const path = decodedPath(pathname.slice(1))
    const file = path === null ? null : app({ method, path, headers })
    // The page knows by it that it can work on projects of the server it came from.
    return (
      file && { status: file.status, headers: { ...file.headers, 'x-pipewright-server': '1' }, body: file.body ?? '' }
    )
  }

  /** Which configuration and which list of routes a path names; null where it names none. */
  private pathParts(pathname: string): { readonly name: string; readonly base: string; readonly path: string } | null {
    const { instances } = this.options
    const only = instances.has('')
    const [, first = '', rest = ''] = only ? ['', '', pathname] : (/^\/([^/]*)(.*)$/.exec(pathname) ?? [])
    const found = finders.find(({ base }) => rest === base || rest.startsWith(`${base}/`))
    const name = decodedPath(first)
    if (!found || name === null) return null
    return { name, base: found.base, path: rest.slice(found.base.length) || '/' }
  }

  private locate(pathname: string): LocatedRoute {
    const { instances } = this.options
    const parts = this.pathParts(pathname)
    const finder = finders.find(({ base }) => base === parts?.base)
    const instance = parts ? instances.get(parts.name) : undefined
    if (!parts || !finder)
      throw new HttpError(404, instances.has('') ? 'The API is at /api.' : 'There is no such page.')
    if (!instance) throw new HttpError(404, 'There is no such configuration.')
    return { instance, name: parts.name, path: parts.path, find: finder.find }
  }

  /** Who calls: 401 for a token that is not valid here, 429 for one who calls too often. */
  private callerOf(request: IncomingMessage, { name }: LocatedRoute): Caller {
    const address = request.socket.remoteAddress ?? ''
    const header = request.headers.authorization
    const token = bearerToken(header)
    const known =
      token === null ? (header === undefined ? anonymous : null) : callerOf(token, this.options.key, name, Date.now())
    const caller = known && this.options.revocations.has(known) ? null : known
    const limited = () => new HttpError(429, 'Too many requests.', undefined, { 'Retry-After': '1' })
    // A clock that nobody sets: after one that was set back, nobody could call until the time is reached again.
    const now = performance.now()
    if (!this.limit.take(caller === null || caller === anonymous ? address : caller.token, now)) throw limited()
    if (caller) return caller
    if (this.limit.refused(address, now)) throw limited()
    throw unauthorized()
  }

  private async answer(
    request: IncomingMessage,
    url: URL,
    { instance, path, find }: LocatedRoute,
    caller: Caller,
    signal: AbortSignal,
  ): Promise<Answer> {
    // The headers of what GET answers; Node leaves the body out.
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET')
    const match = matchOf(find, method, path, caller)
    const { route, params } = match
    let whole: Promise<Buffer> | null = null
    const call: RouteCall = {
      instance,
      caller,
      request,
      signal,
      params,
      url,
      body: () => {
        whole ??= readBody(request, MAX_BODY_BYTES)
        return whole
      },
      contentType: request.headers['content-type'] ?? '',
    }
    authorize(call, route.needs)
    if (method !== 'GET') return streamStart(await route.run(call))
    const leave = await this.reads.enter(signal)
    try {
      return await streamStart(await route.run(call))
    } finally {
      // The next one begins behind what has come in meanwhile, not in this very turn.
      setImmediate(leave)
    }
  }

  /** What lets the page of an allowed origin read the answer. */
  private corsHeaders({ headers: { origin } }: IncomingMessage): Record<string, string> {
    if (origin === undefined || !this.options.origins.includes(origin)) return {}
    return { 'access-control-allow-origin': origin, 'access-control-expose-headers': 'ETag', vary: 'Origin' }
  }

  /** Ends a request that could not even be refused. */
  lost(error: unknown, response: ServerResponse): void {
    this.failureAnswer(error)
    response.destroy()
  }

  private failureAnswer(error: unknown): Answer {
    if (error instanceof HttpError) return errorAnswer(error)
    if (error instanceof Fault) return errorAnswer(new HttpError(400, error.problem.message))
    const refused = systemError(error)
    const words = refused?.sentence ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))
    this.options.say(words)
    if (refused) return errorAnswer(new HttpError(503, refused.sentence))
    return errorAnswer(new HttpError(500, 'A mistake in the server; its log says more.'))
  }

  private async send(answer: Answer, request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Unread bytes of a body would be taken for the next request.
    if (!request.complete) response.setHeader('Connection', 'close')
    const crossing = this.corsHeaders(request)
    response.writeHead(answer.status, {
      ...SAFE_HEADERS,
      ...headerTexts(lowerCaseHeaders(answer.headers)),
      ...crossing,
    })
    const { body } = answer
    if (request.method === 'HEAD') {
      response.end()
      return
    }
    if (typeof body === 'string' || body instanceof Uint8Array) {
      response.end(body)
      return
    }
    try {
      for await (const piece of body) {
        if (response.destroyed) return
        if (!response.write(piece)) await drainBody(response)
      }
      response.end()
    } catch (error) {
      // The status is out already; a body that is cut off says that something went wrong, and the log says what.
      if (error instanceof Fault || error instanceof HttpError) this.options.say(errorWords(error))
      else this.failureAnswer(error)
      response.destroy()
    }
  }
}

function errorWords(error: Fault | HttpError): string {
  return error instanceof Fault ? error.problem.message : error.message
}

/** The route; callers without a token do not learn which addresses there are. */
function matchOf(find: LocatedRoute['find'], method: string, path: string, caller: Caller): RouteMatch {
  try {
    return find(method, path)
  } catch (error) {
    if (caller === anonymous) throw unauthorized()
    throw error
  }
}

/** Where the lists of routes are described: for people on one page, for programs in a document each. */
const documentationPages = apis.map(({ base, title, routes }) => {
  const document = base === '/api' ? '/docs/openapi.json' : `/docs${base}.json`
  return { base, title, document, routes: describedRoutes(routes) }
})

/** Pages that need no token, since they show nothing of a configuration. */
function pageAt(path: string): Answer | null {
  if (/^\/docs\/?$|\/api\/reference\/?$/.test(path)) return documentation(documentationPages)
  const found = documentationPages.find(({ document }) => document === path)
  if (!found) return null
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(openApi(found.routes, found.base), null, 2),
  }
}
