/**
 * The capabilities over any transport: messages are plain data (what `postMessage` copies; JSON where the transport is
 * a network). The client gives each request an id; events and the answer come back with it. A failure comes back as a
 * problem with its code, facts and place, never as text alone.
 */
import { type Problem, problem } from '../problem.ts'
import { type CallContext, type CapabilityScope, problemOfFailure } from './capability.ts'
import type { EngineHost } from './host.ts'
import { type CapabilityName, capabilities } from './list.ts'

/** What is sent to the engine: a question, or that its answer is not wanted any more. */
export type EngineMessage =
  | { readonly id: number; readonly ask: CapabilityName; readonly request: unknown }
  | { readonly id: number; readonly abort: true }

/** What comes back: any number of events, then one answer or problem. `aborted` confirms an abort. */
export type EngineReply =
  | { readonly id: number; readonly event: unknown }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly problem: Problem }
  | { readonly id: number; readonly aborted: true }

const unknownCapability = problem<{ name: string }>({
  code: 'unknown-capability',
  severity: 'error',
  says: ({ name }) => `The engine has no capability "${name}".`,
})

type RunCapability = (request: unknown, context: CallContext<unknown>) => Promise<unknown>

// Page and worker come from one build, so a request under a name has the type that the capability declares.
const capabilitiesByName = new Map(
  capabilities.map(({ name, scope, run }) => [String(name), { scope, run: run as unknown as RunCapability }]),
)

/** Where a capability is asked; undefined where there is none of that name. */
export function capabilityScope(name: string): CapabilityScope | undefined {
  return capabilitiesByName.get(name)?.scope
}

/** Answers messages with the capabilities of a host; `send` carries the replies back. */
export function serve(host: EngineHost, send: (reply: EngineReply) => void): (message: EngineMessage) => void {
  const running = new Map<number, AbortController>()
  return (message) => {
    const { id } = message
    if ('abort' in message) {
      running.get(id)?.abort()
      send({ id, aborted: true })
      return
    }
    const controller = new AbortController()
    running.set(id, controller)
    const context = { host, onEvent: (event: unknown) => send({ id, event }), signal: controller.signal }
    void answerOf(message.ask, message.request, context).then((reply) => {
      running.delete(id)
      send({ id, ...reply })
    })
  }
}

/** The answer of a capability to a request, or the problem that ended it: also for transports with replies of their own. */
export async function answerOf(
  name: string,
  request: unknown,
  context: Omit<CallContext<unknown>, 'capabilities'>,
): Promise<{ readonly answer: unknown } | { readonly problem: Problem }> {
  const found = capabilitiesByName.get(name)
  if (!found) return { problem: unknownCapability({ name }) }
  try {
    return { answer: await found.run(request, { ...context, capabilities }) }
  } catch (error) {
    return { problem: problemOfFailure(name, error) }
  }
}
