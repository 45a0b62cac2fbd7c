/**
 * The sandbox of this process: a thread that is started when a program is first run, and that does not keep the process
 * alive.
 */
import { Worker } from 'node:worker_threads'
import type { Sandbox, SandboxPort, SandboxReply } from '../connectors/sandbox/messages.ts'
import { threadSandbox } from '../connectors/sandbox/sandbox.ts'
import { sandboxAddress, sandboxThread } from './sandbox-thread.ts'

export const nodeSandbox: Sandbox = threadSandbox(startThread)

function startThread(): SandboxPort {
  const options = {
    workerData: sandboxThread,
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 256, stackSizeMb: 4 },
  }
  const worker = sandboxAddress.endsWith('.ts')
    ? new Worker(fromSources(sandboxAddress), { ...options, eval: true })
    : new Worker(new URL(sandboxAddress), options)
  return {
    post: (request) => {
      worker.ref()
      worker.postMessage(request)
    },
    listen: (reply, ended) => {
      worker.on('message', (message: SandboxReply) => {
        worker.unref()
        reply(message)
      })
      worker.on('error', (error) => ended(error instanceof Error ? error.message : String(error)))
      worker.on('exit', () => ended('its thread has ended'))
    },
    end: () => void worker.terminate(),
  }
}

/** In a clone, the sources are run as they are, which the thread has to learn first. */
function fromSources(address: string): string {
  return `import('tsx/esm/api').then(({ register }) => (register(), import(${JSON.stringify(address)})))`
}
