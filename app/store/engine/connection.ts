/**
 * The connection of the page to the engine: a worker that is started when needed, and ended when it does not respond. Questions, events and
 * answers are plain data (engine-worker/api/serve.ts); the engine of a server is asked the same (server-connection.ts). Every
 * question that is open when the worker ends is rejected with {@link EngineStopped}; nothing waits for ever.
 */
import type {
  AnswerOf,
  CapabilityName,
  EngineMessage,
  EngineReply,
  EventOf,
  Problem,
  RequestOf,
} from '../../../engine-worker/index.ts'

/** The worker was ended while the question was open. */
export class EngineStopped extends Error {
  constructor(readonly why: 'cancelled' | 'crashed' | 'closed') {
    super(`the engine was stopped: ${why}`)
    this.name = 'EngineStopped'
  }
}

/** The engine's answer is a problem; `message` is in English, failureText (store/failure.ts) says it in any language. */
export class EngineError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message)
    this.name = 'EngineError'
  }
}

/** Options of a request. */
export interface AskOptions<N extends CapabilityName> {
  readonly onEvent?: (event: EventOf<N>) => void
  /** When it is aborted the engine is asked to stop; a worker that does not respond within 100 ms is reported as `deaf`. */
  readonly signal?: AbortSignal
  /** Whether it is a run of pipes, which a person stops by aborting it. */
  readonly isRun?: boolean
  /** Whether the question stays open without work to do, which is no sign of a busy worker; may differ from time to time. */
  readonly lasting?: boolean | (() => boolean)
}

/** A connection to the engine. */
export interface EngineConnection {
  /** Asks one capability, starting the worker when there is none. */
  ask<N extends CapabilityName>(name: N, request: RequestOf<N>, options?: AskOptions<N>): Promise<AnswerOf<N>>
  /** Ends the worker; the next question starts another. */
  stop(why: EngineStopped['why']): void
}

/** Events of a connection about its worker. */
interface ConnectionEvents {
  /** The worker ended by itself: by an error, for want of memory, or because the browser ended it. */
  readonly crashed: (message: string) => void
  /** Whether the worker has left questions without a sign of life for a second or more. */
  readonly busy: (isBusy: boolean) => void
  /** The worker did not respond in time to a cancelled request, which may have been a run. */
  readonly deaf: (isRun: boolean) => void
}

interface OpenQuestion {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: unknown) => void
  readonly onEvent: (event: unknown) => void
  readonly lasting: () => boolean
  aborted: boolean
}

interface RunningWorker {
  readonly worker: Worker
  readonly open: Map<number, OpenQuestion>
  /** Gives up waiting for the end of the worker. */
  readonly ending: AbortController
  /** Looks for signs of life while questions are open. */
  timer: ReturnType<typeof setInterval> | undefined
  /** When the sign of life that is still missing was asked for. */
  askedAt: number | null
}

/** Milliseconds within which the worker must respond to a cancelled request. */
const cancelTimeoutMs = 100
/** Milliseconds between two looks at a worker that has questions to answer, and until it counts as busy. */
const checkInterval = 500
const busyAfterMs = 1000

/** A connection to workers made by `start`, each under a name of its own. */
export function connectEngine(start: (name: string) => Worker, events: ConnectionEvents): EngineConnection {
  let running: RunningWorker | null = null
  let last = 0

  const stopWorker = (why: EngineStopped['why']) => {
    const ending = running
    running = null
    if (!ending) return
    clearInterval(ending.timer)
    ending.ending.abort()
    ending.worker.terminate()
    events.busy(false)
    for (const { reject } of ending.open.values()) reject(new EngineStopped(why))
  }

  const postQuestion = (
    to: RunningWorker,
    name: CapabilityName,
    request: unknown,
    { onEvent, signal, ...options }: AskOptions<CapabilityName> = {},
  ): Promise<unknown> => {
    const id = ++last
    const isLasting = () => isLastingNow(options)
    return new Promise((resolve, reject) => {
      const question = {
        resolve,
        reject,
        onEvent: (event: unknown) => {
          onEvent?.(event as never)
          if (running === to && !isLasting()) watchResponse(to)
        },
        lasting: isLasting,
        aborted: false,
      }
      to.open.set(id, question)
      send(to.worker, { id, ask: name, request })
      const abort = () => {
        if (running !== to || to.open.get(id) !== question) return
        send(to.worker, { id, abort: true })
        setTimeout(() => {
          if (running === to && to.open.get(id) === question && !question.aborted) events.deaf(options.isRun === true)
        }, cancelTimeoutMs)
      }
      if (signal?.aborted) abort()
      signal?.addEventListener('abort', abort)
    })
  }

  const startNew = (): RunningWorker => {
    const name = `engine ${crypto.randomUUID()}`
    const worker = start(name)
    const started: RunningWorker = {
      worker,
      open: new Map(),
      ending: new AbortController(),
      timer: undefined,
      askedAt: null,
    }
    const handleCrash = (message: string) => {
      if (running !== started) return
      stopWorker('crashed')
      events.crashed(message)
    }
    worker.addEventListener('message', ({ data }: MessageEvent<EngineReply>) => receive(started, data))
    worker.addEventListener('error', ({ message }) => handleCrash(message))
    const pinged = postQuestion(started, 'ping', null, { lasting: true })
    void whenEnded(name, pinged, started.ending.signal).then(
      (ended) => ended && handleCrash('the browser ended the worker'),
    )
    return started
  }

  const watchResponse = (watched: RunningWorker) => {
    watched.timer ??= setInterval(() => {
      const { open, askedAt } = watched
      if (![...open.values()].some(({ lasting }) => !lasting())) {
        clearInterval(watched.timer)
        watched.timer = undefined
      } else if (askedAt === null) {
        watched.askedAt = performance.now()
        const handleAnswer = () => {
          watched.askedAt = null
          if (running === watched) events.busy(false)
        }
        postQuestion(watched, 'ping', null, { lasting: true }).then(handleAnswer, () => undefined)
      } else if (performance.now() - askedAt > busyAfterMs) events.busy(true)
    }, checkInterval)
  }

  return {
    stop: stopWorker,
    ask: (name, request, options = {}) => {
      running ??= startNew()
      if (!isLastingNow(options)) watchResponse(running)
      // What comes back under a name has the type that its capability declares: both sides come from one build.
      return postQuestion(running, name, request, options as AskOptions<CapabilityName>) as never
    },
  }
}

function isLastingNow({ lasting = false }: Pick<AskOptions<CapabilityName>, 'lasting'>): boolean {
  return typeof lasting === 'function' ? lasting() : lasting
}

function send(worker: Worker, message: EngineMessage): void {
  worker.postMessage(message)
}

function receive({ open }: RunningWorker, reply: EngineReply): void {
  const question = open.get(reply.id)
  if (!question) return
  if ('event' in reply) question.onEvent(reply.event)
  else if ('aborted' in reply) question.aborted = true
  else {
    open.delete(reply.id)
    if ('problem' in reply) question.reject(new EngineError(reply.problem))
    else question.resolve(reply.answer)
  }
}

/**
 * Resolves to true when a worker has ended. A worker that the browser ends for want of memory sends no event; but it holds
 * the lock of its name as long as it lives (worker.ts), and the lock comes free then. Never resolves without locks.
 */
async function whenEnded(name: string, pinged: Promise<unknown>, ending: AbortSignal): Promise<boolean> {
  try {
    await pinged
    if (!('locks' in navigator)) return false
    return await navigator.locks.request(name, { signal: ending }, () => true)
  } catch {
    // It was ended by this side.
    return false
  }
}
