/** Sends the request of an operation: to a recorded answer where there is one, otherwise over the network. */

import { numberSetting, operationSetting } from '../config/model/setting.ts'
import type { EffectiveSystem, Part } from '../config/project/effective.ts'
import type { HttpRequest, HttpResponse } from './http-exchange.ts'
import type { OpenContext } from './open-context.ts'
import type { RestOperation, RestRequest } from './operation.ts'
import { recordedFor } from './recorded.ts'
import { accepted, requestText } from './request.ts'
import { noteWait, retryDelay } from './retry-after.ts'
import type { RunContext } from './runtime.ts'

/** What sends a request, and the settings that count for it. */
export interface RequestContext {
  readonly part: Part
  readonly operation: RestOperation
  readonly system: EffectiveSystem | null
  readonly context: OpenContext
  readonly running: RunContext
}

/** The recorded answer to the request of a source, or else what the server answers. */
export async function recordedOrRequested(
  request: HttpRequest,
  system: EffectiveSystem | null,
  context: OpenContext,
  running: RunContext,
): Promise<HttpResponse> {
  const recorded = recordedFor(context, { ...request, entities: [] })
  if (recorded === null) return requestText(request, system, context, running)
  return accepted({ ...recorded, url: request.url }, (status) => status >= 200 && status < 300)
}

/**
 * The response. With status 429, or 503 and a `Retry-After`, the request is repeated as often as `rate_limiting_retries`
 * allows, after the time that the server asks for or else `rate_limiting_delay`.
 */
export async function sendRequest(
  request: RestRequest,
  entities: readonly string[],
  { part, operation, system, context, running }: RequestContext,
  allowed: (status: number) => boolean,
): Promise<HttpResponse> {
  const { method, url, encodedFrom, headers, body, bodyFormat = 'text', secrets } = request
  const recorded = recordedFor(context, { url, method, body, entities })
  if (recorded) return accepted({ ...recorded, url }, allowed)
  const mergedConfig = { ...system?.config, ...operation.config, ...part.config }
  const retries =
    operationSetting(mergedConfig, {}, 'rate_limiting_retries') === undefined
      ? 0
      : numberSetting(mergedConfig, 'rate_limiting_retries', 0)
  const delay = numberSetting(mergedConfig, 'rate_limiting_delay', 1)
  for (let attempt = 0; ; attempt++) {
    const last = attempt >= retries
    const answer = await requestText(
      {
        url,
        encodedFrom,
        method,
        headers,
        secrets,
        ...(body === undefined || method === 'GET' ? {} : { body, bodyFormat }),
      },
      system,
      context,
      running,
      (status) => allowed(status) || ((status === 429 || status === 503) && !last),
    )
    const { status } = answer
    const retryAfter = answer.headers['retry-after']
    const isLimited = status === 429 || (status === 503 && retryAfter !== undefined)
    const wait =
      isLimited && !allowed(status) && !last ? retryDelay(retryAfter, delay, running.environment.now()) : null
    if (wait === null) return accepted(answer, allowed)
    noteWait(running.waits, answer.url, wait)
    await unlessCancelled(running.context.pause(wait), running.signal)
    await running.pause()
  }
}

/** Resolves when the wait ends or the run is cancelled, whichever comes first. */
function unlessCancelled(wait: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return resolve()
    const stop = () => resolve()
    signal.addEventListener('abort', stop, { once: true })
    wait.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
