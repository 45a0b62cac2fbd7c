/** Engines as threads of this process. */
import { performance } from 'node:perf_hooks'
import { Worker } from 'node:worker_threads'
import type { EnginePort, TransformReply, TransformRequest } from '../run/engines/messages.ts'
import { EnginePool } from '../run/engines/pool.ts'

/** A pool of this number of engines, this thread included; null for one. `always`: see EnginePool. */
export async function threadEngines(count: number, always = false): Promise<EnginePool | null> {
  if (count < 2) return null
  const { engineAddress, engineThread } = await import('./engine-thread.ts')
  const ports = Array.from({ length: count - 1 }, () => threadPort(startThread(engineAddress, engineThread)))
  return new EnginePool({ ports, clock: () => performance.now(), always })
}

function startThread(address: string, workerData: string): Worker {
  const options = { workerData, execArgv: [] }
  if (!address.endsWith('.ts')) return new Worker(new URL(address), options)
  // In a clone, the sources are run as they are, which the thread has to learn first.
  const source = `import('tsx/esm/api').then(({ register }) => (register(), import(${JSON.stringify(address)})))`
  return new Worker(source, { ...options, eval: true })
}

/** The thread keeps the process alive only while it has something to do. */
function threadPort(worker: Worker): EnginePort {
  let unfinishedChunks = 0
  return {
    post: (request: TransformRequest) => {
      if (request.ask === 'transform' && unfinishedChunks++ === 0) worker.ref()
      worker.postMessage(request)
    },
    listen: (reply, ended) => {
      let isOver = false
      const end = () => {
        if (!isOver) ended()
        isOver = true
      }
      worker.on('message', (message: TransformReply) => {
        const isEnd = message.is === 'done' || message.is === 'refused'
        // Not before it is ready: with a listener that is added, the process begins to wait for the thread.
        if (message.is === 'ready' || (isEnd && --unfinishedChunks === 0)) worker.unref()
        reply(message)
      })
      worker.on('error', end)
      worker.on('exit', end)
    },
    close: () => void worker.terminate(),
  }
}
