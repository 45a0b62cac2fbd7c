/** Limits on what runs at the same time. */

/** Lets at most `limit` pieces of work run at once; who came first goes first. */
export class Semaphore {
  private heldCount = 0
  private readonly waiting: (() => void)[] = []

  constructor(private readonly limit: number) {}

  /** How many are running. */
  get running(): number {
    return this.heldCount
  }

  /** Waits for a place; gives what frees it. Rejects with the reason of the signal when that comes first. */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted()
    if (this.heldCount >= this.limit) await this.wait(signal)
    else this.heldCount++
    let left = false
    return () => {
      if (left) return
      left = true
      const next = this.waiting.shift()
      if (next) next()
      else this.heldCount--
    }
  }

  /** A released place is handed to the next in line directly, so that no newcomer takes it. */
  private wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.waiting.splice(this.waiting.indexOf(enter), 1)
        reject(signal.reason)
      }
      const enter = () => {
        signal.removeEventListener('abort', stop)
        resolve()
      }
      signal.addEventListener('abort', stop, { once: true })
      this.waiting.push(enter)
    })
  }
}
