/**
 * A route: one call of the node's API, declared once with its method, path, permission, parameters, answer and code. The
 * dispatcher, the OpenAPI document, the checks of permissions and the tests read the declaration (routes/list.ts).
 */
import type { IncomingMessage } from 'node:http'
import type { OpenPipe } from '../../connectors/open.ts'
import type { Permission } from './access.ts'
import { type Answer, foundOr404, HttpError } from './answer.ts'
import type { Instance } from './instance.ts'
import type { Caller } from './token.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

/**
 * What a caller needs: nothing; any valid token; the role of developers or administrators; the right to everything in
 * the configuration; or a permission on the pipe, system or dataset that the path names.
 */
export type Need =
  | { readonly is: 'nothing' | 'token' | 'developer' | 'admin' | 'everything' }
  | { readonly is: 'pipe' | 'system' | 'dataset'; readonly may: Permission }

/** A query parameter. */
export interface Parameter {
  readonly type: 'string' | 'integer' | 'boolean'
  readonly says: string
  readonly required?: true
}

/** What the body of a request is, for the OpenAPI document. */
type BodyKind = 'json' | 'configuration' | 'form' | 'entities' | 'any'

/** What an answer is. */
type AnswerKind = 'object' | 'list' | 'entities' | 'text' | 'file' | 'nothing'

export interface ApiRoute {
  readonly method: Method
  /** Below `/api`, or below `/pipewright` (routes/page.ts), with names in braces; `{rest*}` takes the rest of the path. */
  readonly path: string
  /** One sentence. */
  readonly says: string
  readonly needs: Need
  readonly query?: Readonly<Record<string, Parameter>>
  readonly body?: BodyKind
  /** Fields of the form, where the body is one. */
  readonly form?: Readonly<Record<string, string>>
  readonly answer: AnswerKind
  readonly run: (call: RouteCall) => Promise<Answer>
}

/** Declares a route. */
export function route(declaration: ApiRoute): ApiRoute {
  return declaration
}

/** One request on its way through a route. */
export interface RouteCall {
  readonly instance: Instance
  readonly caller: Caller
  readonly request: IncomingMessage
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal
  /** The values of the names in the path. */
  readonly params: Readonly<Record<string, string>>
  readonly url: URL
  /** The whole of the body. */
  readonly body: () => Promise<Buffer>
  readonly contentType: string
}

/** A parameter of the query as text. */
export function textParameter({ url }: RouteCall, name: string): string | undefined {
  return url.searchParams.get(name) ?? undefined
}

/** A parameter that is true or false, as JavaScript or Python write it; 400 for anything else. */
export function flagParameter(call: RouteCall, name: string, otherwise: boolean): boolean {
  const text = textParameter(call, name)
  if (text === undefined || text === '') return otherwise
  if (/^(true|1|yes)$/i.test(text)) return true
  if (/^(false|0|no)$/i.test(text)) return false
  throw new HttpError(400, `${name} must be true or false.`)
}

/** A parameter that is a whole number of at least 0; 400 for anything else. */
export function countParameter(call: RouteCall, name: string): number | undefined {
  const text = textParameter(call, name)
  if (text === undefined || text === '') return undefined
  if (!/^\d{1,15}$/.test(text)) throw new HttpError(400, `${name} must be a whole number of at least 0.`)
  return Number(text)
}

/** The value of a name in the path. */
export function param({ params }: RouteCall, name: string): string {
  return params[name] ?? ''
}

/** The pipe that the path names; 404 where there is none. */
export function pipeOf(call: RouteCall): OpenPipe {
  const id = param(call, 'pipe')
  return foundOr404(call.instance.pipe(id), 'pipe', id)
}

/** Matches paths. Made once from the list of routes. */
export interface RouteMatch {
  readonly route: ApiRoute
  readonly params: Readonly<Record<string, string>>
}

/** Finds the route of a method and a path (percent-encoded, below `/api`). Methods that the path knows come with 405. */
export function routeFinder(routes: readonly ApiRoute[]): (method: string, path: string) => RouteMatch {
  const patterns = routes.map((route) => ({ route, ...patternOf(route.path) }))
  return (method, path) => {
    const allowed = new Set<string>()
    for (const { route, pattern, names } of patterns) {
      const match = pattern.exec(path)
      if (!match) continue
      if (route.method !== method) {
        allowed.add(route.method)
        continue
      }
      const params = Object.fromEntries(names.map((name, at) => [name, decodeOr400(match[at + 1] ?? '')]))
      return { route, params }
    }
    if (allowed.size > 0) {
      const Allow = [...allowed].sort().join(', ')
      throw new HttpError(405, `${method} is not possible here.`, undefined, { Allow })
    }
    throw new HttpError(404, 'There is no such address.')
  }
}

function patternOf(path: string): { readonly pattern: RegExp; readonly names: readonly string[] } {
  const names: string[] = []
  const source = path.replace(/\{(\w+)(\*?)\}|[.*+?^$()|[\]\\]/g, (found, name: string | undefined, rest: string) => {
    if (name === undefined) return `\\${found}`
    names.push(name)
    return rest === '*' ? '(.+)' : '([^/]+)'
  })
  return { pattern: new RegExp(`^${source}/?$`), names }
}

function decodeOr400(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new HttpError(400, 'The address is not encoded correctly.')
  }
}
