/** Real servers for tests, in this process. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer } from '../../engine-worker/node/server/server.ts'
import { issueToken } from '../../engine-worker/node/server/token.ts'
import { serverKeys } from '../../engine-worker/node/server/vault.ts'

export interface TestServer {
  readonly store: string
  /** `http://127.0.0.1:…`. */
  readonly address: string
  readonly admin: string
  readonly user: string
  readonly developer: string
  call(method: string, path: string, options?: CallOptions): Promise<TestAnswer>
  close(): Promise<void>
}

interface CallOptions {
  /** Sent as JSON. */
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** The administrator's by default; null: none. */
  readonly token?: string | null
  /** Below which the path is, `/api` by default. */
  readonly base?: string
}

interface TestAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body as JSON. */
  json(): unknown
}

interface TestOptions {
  readonly origins?: readonly string[]
  readonly app?: string | null
  /** The folder of a second copy. */
  readonly copy?: string | null
  readonly engines?: number
  readonly limits?: readonly string[]
}

/** Starts a server in this process, over a store that is removed with it. */
export async function testServer(
  folders: readonly string[] = [],
  kept?: string,
  { origins = [], app = null, copy = null, engines = 1, limits = [] }: TestOptions = {},
): Promise<TestServer> {
  const store = kept ?? mkdtempSync(join(tmpdir(), 'pipewright-server-'))
  const server = await startServer({
    folders,
    store,
    port: 0,
    host: '127.0.0.1',
    names: [],
    origins,
    app,
    engines,
    copy,
    backups: false,
    imports: false,
    profile: 'test',
    limits,
    say: () => undefined,
  })
  return {
    ...(await client(store, `http://127.0.0.1:${server.port}`)),
    close: async () => {
      await server.close()
      if (kept === undefined) rmSync(store, { recursive: true, force: true })
    },
  }
}

/** Calls a server with tokens of its store. */
export async function client(store: string, address: string): Promise<Omit<TestServer, 'close'>> {
  const { tokens } = await serverKeys(store)
  const token = (role: string, user: string) =>
    issueToken(tokens, { user, roles: [role], configuration: null, days: null }, Date.now())
  const admin = token('group:Admin', 'ada')
  const user = token('group:User', 'uma')
  return {
    store,
    address,
    admin,
    user,
    developer: token('group:Developer', 'dan'),
    async call(method, path, { json, form, headers = {}, token = admin, base = '/api' } = {}) {
      const body =
        json !== undefined ? JSON.stringify(json) : form !== undefined ? new URLSearchParams(form).toString() : null
      const all = new Headers(headers)
      if (json !== undefined) all.set('content-type', 'application/json')
      if (form !== undefined) all.set('content-type', 'application/x-www-form-urlencoded')
      if (token !== null) all.set('authorization', `Bearer ${token}`)
      const response = await fetch(`${address}${base}${path}`, { method, headers: all, body })
      const text = await response.text()
      return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) }
    },
  }
}
