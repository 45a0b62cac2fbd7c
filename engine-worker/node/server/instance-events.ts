/**
 * The events of an instance for all listeners. A listener that reads too slowly is disconnected and has to connect
 * again.
 */
import type { ServerEvent } from '../../api/server-events.ts'

/** The most events that may wait for one listener. */
const MAX_WAITING_EVENTS = 1000
/** Milliseconds between two signs of life on a quiet stream. */
const KEEP_ALIVE_INTERVAL = 15_000

export class NewsFeed {
  private readonly listeners = new Set<(event: ServerEvent) => void>()

  /** Tells all listeners. */
  tell(event: ServerEvent): void {
    for (const listener of this.listeners) {
      try {
        listener(event)
      } catch {
        // Who cannot hear it has to connect again; the others hear it, and what is told of goes on.
        this.listeners.delete(listener)
      }
    }
  }

  /** How many listen now. */
  get size(): number {
    return this.listeners.size
  }

  /** The news from now on as server-sent events, `first` before them; ends when the signal is aborted. */
  async *stream(first: ServerEvent, signal: AbortSignal): AsyncGenerator<string, void, void> {
    let waiting: ServerEvent[] = [first]
    let wake = () => {}
    let isFull = false
    const listener = (event: ServerEvent) => {
      waiting.push(event)
      if (waiting.length > MAX_WAITING_EVENTS) isFull = true
      wake()
    }
    const abort = () => wake()
    signal.addEventListener('abort', abort)
    this.listeners.add(listener)
    try {
      while (!signal.aborted && !isFull) {
        const events = waiting
        waiting = []
        // A comment shows proxies and listeners that the connection is alive.
        yield events.length === 0 ? ': alive\n\n' : events.map(eventText).join('')
        if (waiting.length > 0 || signal.aborted) continue
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, KEEP_ALIVE_INTERVAL)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
    } finally {
      this.listeners.delete(listener)
      signal.removeEventListener('abort', abort)
    }
  }
}

function eventText(event: ServerEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`
}
