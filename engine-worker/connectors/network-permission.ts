/**
 * A network that asks before the first request to a server. A project may have come from anywhere, so that nothing is sent
 * to a server that a person has not agreed to. The engine only ever gets the network that is made here.
 */
import { Fault, problem } from '../problem.ts'

/** Says whether requests to a host (`api.example.org`, `127.0.0.1:8080`) may be sent; may ask a person. */
export type HostPermission = (host: string) => Promise<boolean>

const hostNotAllowed = problem<{ host: string }>({
  code: 'host-not-allowed',
  severity: 'error',
  says: ({ host }) => `No request went to ${host}: you have not allowed this project to send requests there.`,
  fix: () => 'Allow the server in the settings of the project, under Servers, or supply the data by hand.',
})

/** `fetch` that sends a request only after `isAllowed` has said yes to its host; otherwise it throws a Fault. */
export function permittedFetch(fetch: typeof globalThis.fetch, isAllowed: HostPermission): typeof globalThis.fetch {
  return async (input, init) => {
    const { host } = new URL(input instanceof Request ? input.url : input)
    const allowed = await unlessAborted(isAllowed(host), init?.signal ?? null)
    if (!allowed) throw new Fault(hostNotAllowed({ host }))
    return fetch(input, init)
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
