/**
 * A capability: one thing that the engine can be asked for. It is declared once, in a file of its own and a line in
 * list.ts; the page, a server and tests ask for it by its name. Requests, events and answers are plain data.
 */
import { Fault, type Problem, problem, reasonOf } from '../problem.ts'
import type { EngineHost } from './host.ts'

/**
 * Where a capability is asked when the project is on a server. `page`: in the page, since it needs no project or is about
 * the page itself; `draft`: on the server, about the project as it is being edited; `deployed`: on the server, about the
 * configuration that runs there; `deployed-data`: the same, and it changes data, so that open pages look again.
 */
export type CapabilityScope = 'page' | 'draft' | 'deployed' | 'deployed-data'

/** What is known of a capability without its code. */
interface CapabilityHeader {
  readonly name: string
  readonly scope: CapabilityScope
}

/** What a capability has besides its request. */
export interface CallContext<E = never> {
  readonly host: EngineHost
  /** All capabilities that are served together. */
  readonly capabilities: readonly CapabilityHeader[]
  /** Sends an event to the caller while the work goes on. */
  readonly onEvent: (event: E) => void
  /** Aborted when the caller no longer needs the answer. */
  readonly signal: AbortSignal
}

/** A capability with its name. */
interface Capability<N extends string, Request, Answer, E> extends CapabilityHeader {
  readonly name: N
  readonly run: (request: Request, context: CallContext<E>) => Promise<Answer>
}

/** Declares a capability. Capabilities without a request take `null`. A Fault that is thrown is the answer's problem. */
export function capability<const N extends string, Request, Answer, E = never>(
  name: N,
  scope: CapabilityScope,
  run: (request: Request, context: CallContext<E>) => Promise<Answer>,
): Capability<N, Request, Answer, E> {
  return { name, scope, run }
}

const engineFault = problem<{ capability: string; reason: string }>({
  code: 'engine-fault',
  severity: 'error',
  says: ({ capability, reason }) => `An error in the engine ended "${capability}": ${reason}`,
})

/** What a capability threw, as a problem with its code, facts and place. */
export function problemOfFailure(capability: string, thrown: unknown): Problem {
  return thrown instanceof Fault ? thrown.problem : engineFault({ capability, reason: reasonOf(thrown) })
}
