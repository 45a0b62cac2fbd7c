/**
 * The redirect address of a command (RFC 8252 7.3): a server on this machine that listens only while a person signs in, and
 * takes only the answer to the sign-in that was begun here.
 */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Fault, problem } from '../../problem.ts'

const signInTimeout = problem<{ seconds: number }>({
  code: 'sign-in-timeout',
  severity: 'error',
  says: ({ seconds }) => `Nobody signed in within ${seconds} seconds.`,
  fix: () => 'Start again; --wait SECONDS gives more time.',
})

/** A redirect address that is being listened at. */
interface LoopbackRedirect {
  readonly redirectUri: string
  /** The query of the answer with this state. */
  readonly answer: (state: string, seconds: number) => Promise<string>
  readonly close: () => Promise<void>
}

interface RedirectOptions {
  /** 0 takes a free port. */
  readonly port: number
  /** The whole address, where the service wants exactly the one that is registered there. */
  readonly exact: URL | null
}

const DEFAULT_PATH = '/login_callback'

/** Begins to listen at a loopback address. */
export async function listenAtLoopback({ port, exact }: RedirectOptions): Promise<LoopbackRedirect> {
  const path = exact?.pathname ?? DEFAULT_PATH
  let expectedState: string | null = null
  let resolveQuery: (query: string) => void = () => undefined
  const answered = new Promise<string>((resolve) => {
    resolveQuery = resolve
  })
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (request.method !== 'GET' || url.pathname !== path)
      return respondWithWords(response, 404, 'There is nothing here.')
    const state = url.searchParams.get('state')
    if (expectedState === null || state !== expectedState)
      return respondWithWords(
        response,
        400,
        'This answer does not belong to the sign-in that was begun here. Nothing was done.',
      )
    expectedState = null
    respondWithWords(response, 200, 'You can close this window and go back to the command line.')
    resolveQuery(url.search)
  })
  const host = exact?.hostname === '[::1]' ? '::1' : exact?.hostname === 'localhost' ? 'localhost' : '127.0.0.1'
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(exact ? Number(exact.port || 80) : port, host, resolve)
  })
  const { port: own } = server.address() as AddressInfo
  return {
    redirectUri: exact?.href ?? `http://127.0.0.1:${own}${path}`,
    answer: async (state, seconds) => {
      expectedState = state
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Fault(signInTimeout({ seconds }))), seconds * 1000)
      })
      return Promise.race([answered, late]).finally(() => clearTimeout(timer))
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A page without scripts that leaves the answer nowhere. */
function respondWithWords(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'",
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
    Connection: 'close',
  })
  response.end(`<!doctype html><title>Pipewright</title><p>${words}</p>`)
}
