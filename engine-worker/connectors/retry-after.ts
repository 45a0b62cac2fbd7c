/** `Retry-After` of answers with 429 and 503: how long a server wants to be left alone (RFC 9110, 10.2.3). */

/** Waits that one server has asked for. */
export interface ServerWait {
  readonly times: number
  readonly seconds: number
}

/** Seconds that are waited at most; a server that wants more has its status count as the answer. */
const MAX_WAIT_SECONDS = 300

/**
 * The seconds to wait before the next attempt: by the header, whole seconds or a date, or else `otherwise`. Null where the
 * server wants longer than five minutes. `now` is in nanoseconds since 1970.
 */
export function retryDelay(header: string | undefined, otherwise: number, now: bigint): number | null {
  const text = header?.trim() ?? ''
  const date = /^\d+$/.test(text) ? Number.NaN : Date.parse(text)
  const wantedSeconds = /^\d+$/.test(text)
    ? Number(text)
    : Number.isNaN(date)
      ? otherwise
      : (date - Number(now / 1_000_000n)) / 1000
  const seconds = Math.max(0, wantedSeconds)
  return seconds > MAX_WAIT_SECONDS && text !== '' ? null : seconds
}

/** Adds a wait to those of the server that an address names: host and, where it has one, port. */
export function noteWait(waits: Map<string, ServerWait> | undefined, url: string, more: number): void {
  const host = URL.canParse(url) ? new URL(url).host : ''
  const { times, seconds } = waits?.get(host) ?? { times: 0, seconds: 0 }
  waits?.set(host, { times: times + 1, seconds: seconds + more })
}
