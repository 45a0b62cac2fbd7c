/** What runs in the threads of engines.ts: an engine that transforms. */
import { randomBytes } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { parentPort, workerData } from 'node:worker_threads'
import type { TransformReply, TransformRequest } from '../run/engines/messages.ts'
import { serveEngine } from '../run/engines/serve-engine.ts'
import { steady } from '../storage/clock.ts'

/** Where this module stands, for who starts a thread on it. */
export const engineAddress = import.meta.url
/** The data that a thread of this module is started with. */
export const engineThread = 'pipewright engine'

if (parentPort && workerData === engineThread) {
  const port = parentPort
  const environment = {
    now: steady(() => BigInt(Date.now()) * 1_000_000n),
    random: Math.random,
    randomBytes: (length: number) => new Uint8Array(randomBytes(length)),
  }
  const serve = serveEngine(
    environment,
    () => performance.now(),
    (reply: TransformReply) => port.postMessage(reply),
  )
  port.on('message', (request: TransformRequest) => serve(request))
}
