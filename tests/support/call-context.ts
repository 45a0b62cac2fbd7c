/** The context of a capability that a test calls without a transport. */
import type { CallContext } from '../../engine-worker/api/capability.ts'
import type { EngineHost } from '../../engine-worker/api/host.ts'

/** A call that is not aborted and whose events are ignored. */
export function callContext(host: EngineHost): CallContext<unknown> {
  return { host, capabilities: [], onEvent: () => undefined, signal: new AbortController().signal }
}
