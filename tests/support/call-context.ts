/** What a capability is called with where a test calls its code without a transport. */
import type { CallContext } from '../../engine-worker/api/capability.ts'
import type { EngineHost } from '../../engine-worker/api/host.ts'

/** A call that nobody aborts and whose events nobody hears. */
export function callContext(host: EngineHost): CallContext<unknown> {
  return { host, capabilities: [], onEvent: () => undefined, signal: new AbortController().signal }
}
