/** Calls that register a webhook for changes (webhooks.ts). */
import { HttpError } from './answer.ts'
import { needsRole } from './authorize.ts'
import { type Parameter, type RouteCall, textParameter } from './route.ts'

/** The parameters of calls that register a webhook. */
export const webhookParameters: Readonly<Record<string, Parameter>> = {
  webhook: { type: 'string', says: 'An address that is called when something has changed; needs a developer.' },
  token: { type: 'string', says: 'Sent to that address.' },
}

/**
 * Registers the webhook that a request names, if it names one. It needs the same permission as making pipes send
 * requests.
 */
export async function registerWebhook(call: RouteCall, dataset: string): Promise<void> {
  const url = textParameter(call, 'webhook')
  if (url === undefined || url === '') return
  needsRole(call, ['group:Admin', 'group:Developer'])
  const token = textParameter(call, 'token') ?? ''
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new HttpError(400, 'webhook must be an address that begins with http: or https:.')
  await call.instance.webhooks.add(dataset, url, token)
}
