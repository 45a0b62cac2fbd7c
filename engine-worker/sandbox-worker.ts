/** The worker of a sandbox in the page: it runs programs in QuickJS, and does nothing else. */
import type { SandboxReply, SandboxRequest } from './connectors/sandbox/messages.ts'
import { serveSandbox } from './connectors/sandbox/quickjs.ts'

// What a dedicated worker has; the engine's own types are without any platform.
declare function postMessage(message: SandboxReply): void
declare function addEventListener(type: 'message', listen: (event: { readonly data: SandboxRequest }) => void): void

const serve = serveSandbox(
  () => performance.now(),
  (reply) => postMessage(reply),
)
addEventListener('message', ({ data }) => serve(data))
// Messages that came before are lost: whoever has started this worker waits for the first word of it.
postMessage({ is: 'ready', id: 0 })
