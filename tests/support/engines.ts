/** Engines in this thread that get copies of messages, as threads do. */
import type { EnginePort, TransformReply, TransformRequest } from '../../engine-worker/run/engines/messages.ts'
import { EnginePool } from '../../engine-worker/run/engines/pool.ts'
import { serveEngine } from '../../engine-worker/run/engines/serve-engine.ts'
import { ticking } from '../engine/run/histories.ts'

/** A pool of `count` engines that sends away all chunks. `ends`: requests after which an engine is gone. */
export function copyingEngines(count: number, ends: readonly number[] = []): EnginePool {
  const ports = Array.from({ length: count - 1 }, (_, at) => copyingPort(ends[at]))
  return new EnginePool({ ports, clock: () => 0, always: true })
}

/** An engine in this thread that is gone after so many requests. */
export function copyingPort(requests = Number.POSITIVE_INFINITY): EnginePort {
  let left = requests
  let endEngine: () => void = () => undefined
  let serve: ((request: TransformRequest) => void) | null = null
  return {
    post: (request) => {
      if (left-- <= 0) {
        if (serve) queueMicrotask(endEngine)
        serve = null
        return
      }
      const copy = structuredClone(request)
      setImmediate(() => serve?.(copy))
    },
    listen: (reply, ended) => {
      endEngine = ended
      serve = serveEngine(
        ticking(),
        () => 0,
        (said: TransformReply) => {
          const copy = structuredClone(said)
          setImmediate(() => serve && reply(copy))
        },
      )
      // The engine was gone before its first message.
      setImmediate(() => reply({ is: 'ready' }))
    },
    close: () => {
      serve = null
    },
  }
}
