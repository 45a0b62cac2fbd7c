/** Telling a webhook: a POST with the notification as JSON. Redirects are refused: an address is where it says. */
import { Fault, problem } from '../../problem.ts'
import { messageOf } from './message.ts'
import type { Channel } from './notifier.ts'

/** Milliseconds that an address has to answer. */
const TIMEOUT_MILLISECONDS = 30_000

const webhookRefused = problem<{ status: number }>({
  code: 'webhook-refused',
  severity: 'error',
  says: ({ status }) => `The webhook answered with status ${status}.`,
})

/** Tells webhooks; `project` is named in the message. */
export function webhookChannel(fetch: typeof globalThis.fetch, project: string): Channel {
  return async (address, notification) => {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(messageOf(notification, project)),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    })
    await response.body?.cancel()
    if (response.status < 200 || response.status > 299) throw new Fault(webhookRefused({ status: response.status }))
  }
}
