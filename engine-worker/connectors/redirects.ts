/** Redirects, followed by hand: an allowed server could otherwise lead a request, headers and body, to any other. */
import { Fault, problem } from '../problem.ts'

const hiddenRedirect = problem<{ host: string }>({
  code: 'redirect-hidden',
  severity: 'error',
  says: ({ host }) =>
    `${host} answered with a redirect. A browser does not say where it leads, so it was not followed and nothing was read.`,
  fix: () => 'Set the address that the redirect leads to; a browser shows it when the old address is opened in a tab.',
})

const badRedirect = problem<{ host: string; target: string }>({
  code: 'redirect-unusable',
  severity: 'error',
  says: ({ host, target }) => `${host} answered with a redirect to “${target}”, which is not a web address.`,
  fix: () => 'Correct the address of the system.',
})

const bodyRedirect = problem<{ host: string; target: string }>({
  code: 'redirect-with-body',
  severity: 'error',
  says: ({ host, target }) =>
    `${host} answered with a redirect that would send the body of the request to ${target}. It was not followed.`,
  fix: ({ target }) => `If the data is meant for ${target}, set its address in the system.`,
})

const endlessRedirect = problem<{ host: string; most: number }>({
  code: 'redirect-endless',
  severity: 'error',
  says: ({ host, most }) => `${host} answered with more than ${most} redirects, one after the other.`,
  fix: () => 'Correct the address of the system, or ask the operator of the server.',
})

/** Redirects that are followed for one request. */
export const MOST_REDIRECTS = 20

const STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Headers that go along to another server; all others may hold what only the first one may know. */
const OPEN_HEADERS: ReadonlySet<string> = new Set(['accept', 'accept-language', 'user-agent'])

/** A request as `fetch` takes it, by its address. */
export interface Hop {
  readonly url: URL
  readonly init: RequestInit
}

/**
 * The request that a response leads to; null when it is no redirect. To another server (scheme, host and port) no
 * header goes that could tell who asks, and no body.
 * @throws Fault where a redirect must not or cannot be followed
 */
export function redirectOf(response: Response, { url, init }: Hop): Hop | null {
  const { host } = url
  if (response.type === 'opaqueredirect') throw new Fault(hiddenRedirect({ host }))
  const location = STATUSES.has(response.status) ? response.headers.get('location') : null
  if (location === null) return null
  const target = URL.canParse(location, url.href) ? new URL(location, url.href) : null
  if (target === null || !/^https?:$/.test(target.protocol))
    throw new Fault(badRedirect({ host, target: location.slice(0, 200) }))
  const method = (init.method ?? 'GET').toUpperCase()
  const becomesGet = response.status === 303 ? method !== 'HEAD' : method === 'POST' && response.status < 303
  const isSameServer = target.origin === url.origin
  const { body, ...rest } = init
  if (!isSameServer && !becomesGet && body !== undefined && body !== null)
    throw new Fault(bodyRedirect({ host, target: target.host }))
  const headers = new Headers()
  for (const [name, value] of new Headers(init.headers)) {
    if (becomesGet && name.startsWith('content-')) continue
    if (isSameServer || OPEN_HEADERS.has(name)) headers.set(name, value)
  }
  const next = { ...rest, headers, method: becomesGet ? 'GET' : method }
  return { url: target, init: becomesGet || body === undefined ? next : { ...next, body } }
}

/** The problem of a server whose redirects have no end. */
export function tooManyRedirects({ host }: URL): Fault {
  return new Fault(endlessRedirect({ host, most: MOST_REDIRECTS }))
}
