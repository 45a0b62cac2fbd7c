/** What runs in the thread of a sandbox (sandbox.ts): programs in QuickJS, and nothing else. */
import { performance } from 'node:perf_hooks'
import { parentPort, workerData } from 'node:worker_threads'
import type { SandboxReply, SandboxRequest } from '../connectors/sandbox/messages.ts'
import { serveSandbox } from '../connectors/sandbox/quickjs.ts'

/** Where this module stands, for who starts a thread on it. */
export const sandboxAddress = import.meta.url
/** The data that a thread of this module is started with. */
export const sandboxThread = 'pipewright sandbox'

if (parentPort && workerData === sandboxThread) {
  const port = parentPort
  const serve = serveSandbox(
    () => performance.now(),
    (reply: SandboxReply) => port.postMessage(reply),
  )
  port.on('message', (request: SandboxRequest) => serve(request))
}
