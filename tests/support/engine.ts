/** The engine with messages: each request, event and answer is copied, as between page and worker. */
import { EngineHost } from '../../engine-worker/api/host.ts'
import type { AnswerOf, CapabilityName, EventOf, RequestOf } from '../../engine-worker/api/list.ts'
import type { Platform } from '../../engine-worker/api/platform.ts'
import { type EngineReply, serve } from '../../engine-worker/api/serve.ts'
import { Fault } from '../../engine-worker/problem.ts'

/** Capabilities as methods; what takes no request is called without one. */
export type TestEngine = {
  readonly [N in CapabilityName]: (
    ...given: RequestOf<N> extends null ? [] : [request: RequestOf<N>, onEvent?: (event: EventOf<N>) => void]
  ) => Promise<AnswerOf<N>>
} & {
  /** Aborts the last request to a capability. */
  readonly abort: (name: CapabilityName) => void
}

interface OpenQuestion {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: unknown) => void
  readonly onEvent: (event: never) => void
}

/** An engine on a platform. A problem that it answers with is thrown as a Fault. */
export function testEngine(platform: Platform): TestEngine {
  const open = new Map<number, OpenQuestion>()
  const last = new Map<string, number>()
  const listen = serve(new EngineHost(platform), (sent) => {
    const reply: EngineReply = structuredClone(sent)
    const question = open.get(reply.id)
    if ('event' in reply) question?.onEvent(reply.event as never)
    else if ('answer' in reply) question?.resolve(reply.answer)
    else if ('problem' in reply) question?.reject(new Fault(reply.problem))
  })
  let count = 0
  const askEngine = (name: CapabilityName, request: unknown = null, onEvent: (event: never) => void = () => {}) =>
    new Promise((resolve, reject) => {
      const id = ++count
      last.set(name, id)
      open.set(id, { resolve, reject, onEvent })
      // A file is passed by reference; browsers copy only the reference to its content.
      const copied = name === 'receive' ? request : structuredClone(request)
      listen({ id, ask: name, request: copied })
    })
  const abort = (name: CapabilityName) => listen({ id: last.get(name) ?? 0, abort: true })
  return new Proxy({} as TestEngine, {
    get: (_, name: CapabilityName | 'abort' | 'then') => {
      if (name === 'abort') return abort
      // An engine is not a promise, also where it is awaited.
      return name === 'then'
        ? undefined
        : (...given: [unknown?, ((event: never) => void)?]) => askEngine(name, ...given)
    },
  })
}
