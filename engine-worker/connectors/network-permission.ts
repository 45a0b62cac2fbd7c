/**
 * A network that asks before the first request to a server. A project may have come from anywhere, so that nothing is sent
 * to a server that a person has not agreed to. The engine only ever gets the network that is made here.
 */
import { Fault, problem } from '../problem.ts'
import { type Hop, MOST_REDIRECTS, redirectOf, tooManyRedirects } from './redirects.ts'

/** Says whether requests to a host (`api.example.org`, `127.0.0.1:8080`) may be sent; may ask a person. */
export type HostPermission = (host: string) => Promise<boolean>

const hostNotAllowed = problem<{ host: string }>({
  code: 'host-not-allowed',
  severity: 'error',
  says: ({ host }) => `No request went to ${host}: you have not allowed this project to send requests there.`,
  fix: () => 'Allow the server in the settings of the project, under Servers, or supply the data by hand.',
})

const passwordInAddress = problem<{ host: string }>({
  code: 'password-in-address',
  severity: 'error',
  says: ({ host }) =>
    `The address of ${host} has a user name or a password in front of the server. No request went there.`,
  fix: () => 'Take them out of the address, and set authentication, username and password of the system.',
})

/**
 * `fetch` that sends a request only after `isAllowed` has said yes to its host; otherwise it throws a Fault. The servers
 * that redirects lead to are asked about too.
 */
export function permittedFetch(fetch: typeof globalThis.fetch, isAllowed: HostPermission): typeof globalThis.fetch {
  return async (input, init) => {
    let hop: Hop =
      input instanceof Request
        ? { url: new URL(input.url), init: { method: input.method, headers: input.headers, ...init } }
        : { url: new URL(input), init: init ?? {} }
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const { host, href, username, password } = hop.url
      if (username !== '' || password !== '') throw new Fault(passwordInAddress({ host }))
      const allowed = await unlessAborted(isAllowed(host), hop.init.signal ?? null)
      if (!allowed) throw new Fault(hostNotAllowed({ host }))
      const response = await fetch(redirects === 0 ? input : href, { ...hop.init, redirect: 'manual' })
      const next = redirectOf(response, hop)
      if (next === null) return response
      // The body of a redirect that is not read has to be cancelled, or the connection stays open.
      await response.body?.cancel()
      hop = next
    }
    throw tooManyRedirects(hop.url)
  }
}

/** The answer, or the reason of the signal when that comes first: a run is stopped although a question is open. */
function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal | null): Promise<T> {
  if (!signal) return answer
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
