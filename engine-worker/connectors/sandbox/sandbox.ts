/**
 * A sandbox in a thread of its own. A program that is stuck where its interpreter does not look at the clock is ended with
 * its thread; the entities behind it go on in another one.
 */
import type { Sandbox, SandboxOutcome, SandboxPort, SandboxReply, SandboxRequest } from './messages.ts'

/** Milliseconds that a thread may be silent beyond the budget of one entity. */
const GRACE_MILLISECONDS = 2000
/** Milliseconds until a thread has started and has its interpreter, on a busy machine too. */
const START_MILLISECONDS = 60_000

/** Sandboxes over threads that `start` makes; one lives at a time, from the first program on. */
export function threadSandbox(start: () => SandboxPort): Sandbox {
  let thread: SandboxThread | null = null
  /** The last program in the queue: they run one at a time. */
  let queue: Promise<unknown> = Promise.resolve()
  const run = async (request: Omit<SandboxRequest, 'id'>): Promise<readonly SandboxOutcome[]> => {
    const outcomes: SandboxOutcome[] = []
    while (outcomes.length < request.inputs.length) {
      thread ??= new SandboxThread(start())
      const rest = { ...request, inputs: request.inputs.slice(outcomes.length) }
      outcomes.push(...(await thread.run(rest)))
      if (thread.isOver) thread = null
    }
    return outcomes
  }
  return {
    run: (request) => {
      const turn = queue.then(() => run(request))
      queue = turn.catch(() => undefined)
      return turn
    },
  }
}

class SandboxThread {
  isOver = false
  private lastId = 0
  private handleReply: (reply: SandboxReply) => void = () => undefined
  private handleFailure: (reason: string) => void = () => undefined

  constructor(private readonly port: SandboxPort) {
    port.listen(
      (reply) => this.handleReply(reply),
      (reason) => {
        this.isOver = true
        this.handleFailure(reason)
      },
    )
  }

  /** The outcomes up to the entity at which the thread had to be ended, its failure included. */
  run(request: Omit<SandboxRequest, 'id'>): Promise<readonly SandboxOutcome[]> {
    const id = ++this.lastId
    const outcomes: SandboxOutcome[] = []
    let isReady = false
    return new Promise((resolve) => {
      let timer: ReturnType<typeof setTimeout>
      const finishTask = () => {
        clearTimeout(timer)
        resolve(outcomes)
      }
      const endThread = (why: 'time' | 'error', message: string) => {
        this.isOver = true
        this.port.end()
        outcomes.push({ failure: { why, message } })
        finishTask()
      }
      const restartTimer = () => {
        clearTimeout(timer)
        timer = setTimeout(
          () => endThread('time', ''),
          isReady ? request.milliseconds + GRACE_MILLISECONDS : START_MILLISECONDS,
        )
      }
      this.handleFailure = (reason) => endThread('error', reason)
      this.handleReply = (reply) => {
        if (reply.id !== id) return
        if (reply.is === 'ready') isReady = true
        else outcomes.push(reply.outcome)
        if (outcomes.length === request.inputs.length) finishTask()
        else restartTimer()
      }
      restartTimer()
      this.port.post({ ...request, id })
    })
  }
}
