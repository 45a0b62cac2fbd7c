/**
 * Whether a system can be reached, as its kind declares it (`connectionTest` in define.ts): what is asked is found here
 * without any request, and an HTTP service is asked once. Nothing of it is recorded or stored.
 */
import { declaredKind } from '../config/model/declared.ts'
import { numberSetting, textSetting } from '../config/model/setting.ts'
import type { EffectiveSystem } from '../config/project/effective.ts'
import { get } from '../entity/dict.ts'
import type { Json, JsonObject } from '../entity/value.ts'
import { Fault, type Problem } from '../problem.ts'
import { maskedProblem, maskOf } from './mask.ts'
import { isServerUrl, joinUrl, type RequestInputs, requestText } from './request.ts'
import type { RunContext } from './runtime.ts'

/** What would be asked to find out whether a system can be reached. */
export type ConnectionRequest =
  | { readonly asks: 'http'; readonly url: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly asks: 'port'; readonly host: string; readonly port: number }
  /** `address`: the system does not say where its server is; `unknown`: its kind declares no test. */
  | { readonly asks: 'nothing'; readonly because: 'container' | 'tns' | 'made-up' | 'address' | 'unknown' }

/**
 * What the answer says. `reached`: address and sign-in work; `sign-in`: the server does not accept the sign-in;
 * `no-such-path`: the server answers, but not there; `busy` and `failing`: it answers that it cannot help now; `refused`:
 * it does not accept the request.
 */
type ConnectionVerdict = 'reached' | 'sign-in' | 'no-such-path' | 'busy' | 'failing' | 'refused'

/** What became of a test: an answer, or the problem for which there is none. */
export interface ConnectionResult {
  readonly request: ConnectionRequest
  readonly answer: {
    readonly verdict: ConnectionVerdict
    readonly status: number
    /** Where the answer came from, where redirects led elsewhere; otherwise null. */
    readonly redirected: string | null
    readonly milliseconds: number
    readonly contentType: string
    /** The first characters of the body, without secrets. */
    readonly beginning: string
  } | null
  readonly problem: Problem | null
}

/** How long a test waits for an answer, in seconds. */
const MAX_SECONDS = 60
/** How many bytes of an answer are read. */
const MAX_BYTES = 65_536
const MAX_SHOWN_CHARACTERS = 400

/** What is asked about a system; secrets are still names. `path` is put below its address, in the place of the declared one. */
export function connectionRequest({ type, config }: EffectiveSystem, path: string): ConnectionRequest {
  const test = declaredKind('system', type)?.connectionTest
  if (!test) return { asks: 'nothing', because: 'unknown' }
  if (test.asks === 'nothing') return test
  if (test.asks === 'port') {
    const host = textSetting(config, test.host, defaultOf(type, test.host))
    // Several servers, as Kafka has them: any of them leads to the others.
    const [, name = '', port] = /^\s*(?:[A-Z_]+:\/\/)?(\[[^\]]*\]|[^,:\s]*)(?::(\d+))?/i.exec(host) ?? []
    if (name === '') return { asks: 'nothing', because: 'address' }
    const given = test.port === undefined ? 0 : numberSetting(config, test.port, 0)
    return { asks: 'port', host: name.replace(/^\[|\]$/g, ''), port: given || Number(port ?? test.defaultPort) }
  }
  const url =
    test.at === undefined
      ? addressBelow(config, test.address ?? [], type, path.trim() || (test.path ?? ''))
      : test.at.replace(/\{(\w+)\}/g, (_found, name: string) => encodeURIComponent(textSetting(config, name, '')))
  const headers: Record<string, string> = {}
  if (test.login) {
    const [user, password] = [textSetting(config, test.login.user, ''), textSetting(config, test.login.password, '')]
    headers.Authorization = `Basic ${user}:${password}`
  }
  return isServerUrl(url) ? { asks: 'http', url, headers } : { asks: 'nothing', because: 'address' }
}

/** The address that the first of these properties holds, with a path below it. */
function addressBelow(config: JsonObject, names: readonly string[], type: string, path: string): string {
  const own = names.find((name) => (get(config, name) ?? null) !== null) ?? names[0] ?? ''
  if (own === 'url_pattern' || own === 'base_url') return joinUrl(config, path)
  const value: Json = get(config, own) ?? declaredDefault(type, own) ?? null
  const first = Array.isArray(value) ? value[0] : value
  const address = typeof first === 'string' ? first.trim() : ''
  if (address === '') return ''
  const whole = isServerUrl(address) ? address : `http://${address}`
  return path === '' ? whole : joinUrl({ base_url: whole }, path)
}

function declaredDefault(type: string, name: string): Json | undefined {
  return declaredKind('system', type)?.fields.find((field) => field.name === name)?.default
}

function defaultOf(type: string, name: string): string {
  const value = declaredDefault(type, name)
  return typeof value === 'string' ? value : ''
}

/**
 * Asks an HTTP service as its system declares it. The answer of a server is a result whatever its status is; what kept the
 * request from being sent or answered is its problem. Aborted signals are thrown.
 */
export async function askConnection(
  system: EffectiveSystem,
  path: string,
  inputs: RequestInputs,
  running: RunContext,
): Promise<ConnectionResult> {
  const request = connectionRequest(system, path)
  if (request.asks !== 'http') return { request, answer: null, problem: null }
  const mask = maskOf(inputs.project.hidden)
  const last = { url: '', milliseconds: 0 }
  const fetch = running.fetch && measuredFetch(running.fetch, last, running)
  const patience = Math.min(numberSetting(system.config, 'read_timeout', MAX_SECONDS), MAX_SECONDS)
  const patient = { ...system, config: { ...system.config, read_timeout: patience } }
  try {
    const { url, headers } = request
    const testRequest = { url, headers: { Accept: '*/*', ...headers }, unrecorded: true } as const
    const {
      status,
      headers: answered,
      text: body,
    } = await requestText(testRequest, patient, inputs, withFetch(running, fetch), () => true)
    const redirected = last.url === '' || sameAddress(last.url, url, inputs) ? null : mask(last.url)
    return {
      request,
      answer: {
        verdict: verdictOf(status),
        status,
        redirected,
        milliseconds: last.milliseconds,
        contentType: mask(answered['content-type'] ?? ''),
        // Masked before it is cut: the beginning of a secret would not be recognised.
        beginning: mask(body).slice(0, MAX_SHOWN_CHARACTERS),
      },
      problem: null,
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { request, answer: null, problem: maskedProblem(error.problem, mask) }
  }
}

function verdictOf(status: number): ConnectionVerdict {
  if (status < 400) return 'reached'
  if (status === 401 || status === 403 || status === 407) return 'sign-in'
  if (status === 404 || status === 405 || status === 410) return 'no-such-path'
  if (status === 429) return 'busy'
  return status >= 500 ? 'failing' : 'refused'
}

/** Whether an answer came from the address that was asked, whose secrets have been put in meanwhile. */
function sameAddress(answered: string, requestedUrl: string, { secret }: RequestInputs): boolean {
  const filled = requestedUrl.replace(/\$SECRET\(([^()]*)\)/g, (found, name: string) => secret(name.trim()) ?? found)
  return URL.canParse(filled) && new URL(filled).href === answered
}

function withFetch(running: RunContext, fetch: typeof globalThis.fetch | null): RunContext {
  return Object.create(running, { fetch: { value: fetch, enumerable: true } })
}

/** A network that measures its last request, and reads only the beginning of an answer: it may have no end. */
function measuredFetch(
  fetch: typeof globalThis.fetch,
  last: { url: string; milliseconds: number },
  { environment }: RunContext,
): typeof globalThis.fetch {
  return async (input, init) => {
    const started = environment.now()
    const response = await fetch(input, init)
    last.milliseconds = Number((environment.now() - started) / 1_000_000n)
    last.url = response.url
    const { status, headers } = response
    const body = [204, 205, 304].includes(status) ? null : await firstBytes(response)
    return new Response(body, { status, headers })
  }
}

async function firstBytes(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  while (reader && size < MAX_BYTES) {
    const { done, value } = await reader.read()
    if (done) break
    parts.push(value)
    size += value.length
  }
  await reader?.cancel()
  const all = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
