/**
 * The capabilities over HTTP, for any server whose handlers take a Request and give a Response. A capability is asked
 * for by `POST …/<name>` with its request as JSON (json-messages.ts). The response is a stream of lines, each a JSON
 * text: any number of `{"event": …}`, and at last `{"answer": …}` or `{"problem": …}`. Closing the connection aborts
 * the request. A request with a file, which is read as it arrives, has the bytes as its body
 * (`application/octet-stream`) and the rest of its JSON in the query parameter `request`.
 *
 * Other content types are refused: browsers send these two across origins only after the server has agreed. The server
 * checks the caller's permission before it calls this.
 */
import { Fault, type Problem, problem } from '../problem.ts'
import type { EngineHost } from './host.ts'
import { printMessage, readMessage } from './json-messages.ts'
import { answerOf } from './serve.ts'

const wrongMethod = problem<{ method: string }>({
  code: 'engine-http-method',
  severity: 'error',
  says: ({ method }) => `Capabilities of the engine are called with POST, not with ${method}.`,
})

const wrongType = problem<{ type: string }>({
  code: 'engine-http-type',
  severity: 'error',
  says: ({ type }) =>
    `A request to the engine is application/json, or application/octet-stream with a file, not ${type}.`,
})

/** Answers an HTTP request with the capability that the last part of its path names. */
export async function answerHttp(host: EngineHost, request: Request): Promise<Response> {
  if (request.method !== 'POST') return problemResponse(405, wrongMethod({ method: request.method }))
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (type !== 'application/json' && type !== 'application/octet-stream')
    return problemResponse(415, wrongType({ type: type === '' ? 'without a type' : type }))
  const { pathname, searchParams } = new URL(request.url)
  const name = decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1))
  try {
    const message =
      type === 'application/json'
        ? readMessage(await request.text())
        : { ...Object(readMessage(searchParams.get('request') ?? '{}')), file: fileOf(request) }
    return new Response(replies(host, name, message, request.signal), { headers: { 'content-type': ndjson } })
  } catch (error) {
    if (error instanceof Fault) return problemResponse(400, error.problem)
    throw error
  }
}

const ndjson = 'application/x-ndjson; charset=utf-8'

function problemResponse(status: number, why: Problem): Response {
  return new Response(`${printMessage({ problem: why })}\n`, { status, headers: { 'content-type': ndjson } })
}

/** The body as a file; its size is 0 where it is not known before. */
function fileOf({ headers, body }: Request): object {
  const stream = () => body ?? new ReadableStream({ start: (controller) => controller.close() })
  return { size: Number(headers.get('content-length') ?? 0), stream }
}

function replies(host: EngineHost, name: string, request: unknown, closed: AbortSignal): ReadableStream<Uint8Array> {
  const aborting = new AbortController()
  const { signal } = aborting
  if (closed.aborted) aborting.abort()
  else closed.addEventListener('abort', () => aborting.abort())
  const encoder = new TextEncoder()
  let isRead = true
  return new ReadableStream({
    start: async (controller) => {
      const send = (reply: object) => {
        if (isRead) controller.enqueue(encoder.encode(`${textOf(reply)}\n`))
      }
      const reply = await answerOf(name, request, { host, onEvent: (event) => send({ event }), signal })
      send('answer' in reply ? { answer: reply.answer ?? null } : reply)
      if (isRead) controller.close()
    },
    cancel: () => {
      isRead = false
      aborting.abort()
    },
  })
}

function textOf(reply: object): string {
  try {
    return printMessage(reply)
  } catch (error) {
    if (error instanceof Fault) return printMessage({ problem: error.problem })
    throw error
  }
}
