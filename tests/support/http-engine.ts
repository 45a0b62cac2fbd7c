/** An engine behind a real HTTP server on this machine, and its client. */
import { createServer } from 'node:http'
import { type AddressInfo, isIPv6 } from 'node:net'
import { Readable } from 'node:stream'
import { EngineHost } from '../../engine-worker/api/host.ts'
import { answerHttp } from '../../engine-worker/api/http.ts'
import { printMessage, readMessage } from '../../engine-worker/api/json-messages.ts'
import type { AnswerOf, CapabilityName, EventOf, RequestOf } from '../../engine-worker/api/list.ts'
import type { Platform } from '../../engine-worker/api/platform.ts'
import { Fault, type Problem } from '../../engine-worker/problem.ts'

interface AskOptions<N extends CapabilityName> {
  readonly onEvent?: (event: EventOf<N>) => void
  readonly signal?: AbortSignal
}

/** An engine that is asked over HTTP. A problem that it answers with is thrown as a Fault. */
export interface HttpEngine {
  /** Where capabilities are, each under its name. */
  readonly address: string
  ask<N extends CapabilityName>(name: N, request: RequestOf<N>, options?: AskOptions<N>): Promise<AnswerOf<N>>
  close(): Promise<void>
}

/** Serves an engine on a free port. */
export async function httpEngine(platform: Platform): Promise<HttpEngine> {
  const host = new EngineHost(platform)
  const server = createServer(async (incoming, outgoing) => {
    const closed = new AbortController()
    outgoing.on('close', () => closed.abort())
    const request = new Request(new URL(incoming.url ?? '', `http://${incoming.headers.host}`), {
      method: incoming.method ?? 'GET',
      headers: Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
      signal: closed.signal,
      ...(incoming.method === 'POST' ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: 'half' } : {}),
    })
    const response = await answerHttp(host, request)
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    for await (const chunk of response.body ?? []) outgoing.write(chunk)
    outgoing.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { address, port } = server.address() as AddressInfo
  const base = `http://${isIPv6(address) ? `[${address}]` : address}:${port}/engine`
  return {
    address: base,
    ask: (name, request, options = {}) => askOverHttp(base, name, request, options) as never,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function askOverHttp(
  base: string,
  name: CapabilityName,
  request: unknown,
  { onEvent, signal }: AskOptions<CapabilityName>,
): Promise<unknown> {
  const response = await fetch(...addressed(base, name, request, signal))
  for await (const line of linesOf(response)) {
    const reply = readMessage(line) as { event: never } | { answer: unknown } | { problem: Problem }
    if ('event' in reply) onEvent?.(reply.event)
    else if ('problem' in reply) throw new Fault(reply.problem)
    else return reply.answer
  }
  throw new Error(`no answer came from ${name}`)
}

function addressed(base: string, name: string, request: unknown, signal?: AbortSignal): [string, RequestInit] {
  const common = { method: 'POST', ...(signal ? { signal } : {}) }
  const { file, ...rest } = Object(request)
  if (!(file instanceof Blob)) {
    const headers = { 'content-type': 'application/json' }
    return [`${base}/${name}`, { ...common, headers, body: printMessage(request) }]
  }
  const headers = { 'content-type': 'application/octet-stream' }
  return [`${base}/${name}?request=${encodeURIComponent(printMessage(rest))}`, { ...common, headers, body: file }]
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    const lines = text.split('\n')
    text = lines.pop() ?? ''
    yield* lines
  }
}
