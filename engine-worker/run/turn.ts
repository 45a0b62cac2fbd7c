/** Long work lets other work of its thread have its turn. */

const waiting: (() => void)[] = []
let channel: MessageChannel | null = null

/** Lets events of this thread be handled. Timers would be slowed down to 4 ms when repeated. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') setImmediate(resolve)
    else {
      if (!channel) {
        channel = new MessageChannel()
        channel.port1.onmessage = () => waiting.shift()?.()
      }
      waiting.push(resolve)
      channel.port2.postMessage(null)
    }
  })
}
