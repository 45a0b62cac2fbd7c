/** Permission for requests to servers: the engine asks, and the client that subscribed to the questions decides. */
import { type CallContext, capability } from './capability.ts'

/** A request waits for a decision about a server. */
interface HostQuestion {
  readonly question: number
  /** `api.example.org`, `127.0.0.1:8080` */
  readonly server: string
}

/**
 * From now on each request to a server is an event first, and is sent when {@link decideHost} allows it; before that,
 * none is sent. Ends when the request is aborted.
 */
export const permit = capability('permit', 'page', (_: null, { host, onEvent, signal }: CallContext<HostQuestion>) => {
  host.askHosts(onEvent)
  return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
})
