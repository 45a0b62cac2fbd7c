/**
 * The engine of a server, asked over HTTP (engine-worker/api/http.ts): the same questions, events and answers as those
 * of a worker. A request that is aborted closes its connection, which the server notices.
 */
import { type CapabilityName, type Problem, printMessage, readMessage } from '../../../engine-worker/index.ts'
import { callServer, pageName, textParts } from '../server/calls.ts'
import { ServerFailure } from '../server/failure.ts'
import { type AskOptions, type EngineConnection, EngineError, EngineStopped } from './connection.ts'

/** A connection to the engine of the server at an address. */
export function connectServer(address: string): EngineConnection {
  /** Ends what is open; another one after each stop. */
  let life = new AbortController()
  let why: EngineStopped['why'] = 'closed'
  return {
    stop: (reason) => {
      why = reason
      life.abort()
      life = new AbortController()
    },
    ask: (name, request, options = {}) => {
      const { signal: ended } = life
      return askServer(address, name, request, options as AskOptions<CapabilityName>, ended).catch((error: unknown) => {
        if (ended.aborted) throw new EngineStopped(why)
        if (options.signal?.aborted) throw new EngineStopped('cancelled')
        throw error
      }) as never
    },
  }
}

async function askServer(
  address: string,
  name: CapabilityName,
  request: unknown,
  { onEvent, signal }: AskOptions<CapabilityName>,
  ended: AbortSignal,
): Promise<unknown> {
  const { file, ...rest } = Object(request)
  const isFile = file instanceof Blob
  const path = `/ask/${name}?page=${pageName}`
  const response = await callServer(
    address,
    isFile ? `${path}&request=${encodeURIComponent(printMessage(rest))}` : path,
    {
      method: 'POST',
      headers: { 'content-type': isFile ? 'application/octet-stream' : 'application/json' },
      body: isFile ? file : printMessage(request),
      signal: signal ? AbortSignal.any([signal, ended]) : ended,
    },
  )
  for await (const line of textParts(response, '\n')) {
    // What comes back under a name has the type that its capability declares, as from a worker.
    const reply = readMessage(line) as { event: never } | { answer: unknown } | { problem: Problem }
    if ('event' in reply) onEvent?.(reply.event)
    else if ('problem' in reply) throw new EngineError(reply.problem)
    else return reply.answer
  }
  throw new ServerFailure('unreachable', address)
}
