/** `Retry-After` of answers with 429 and 503: how long a server wants to be left alone (RFC 9110, 10.2.3). */

/** Seconds that are waited at most; a server that wants more has its status count as the answer. */
const longestWait = 300

/**
 * The seconds to wait before the next attempt: by the header, whole seconds or a date, or else `otherwise`. Null where the
 * server wants longer than five minutes. `now` is in nanoseconds since 1970.
 */
export function retryDelay(header: string | undefined, otherwise: number, now: bigint): number | null {
  const text = header?.trim() ?? ''
  const date = /^\d+$/.test(text) ? Number.NaN : Date.parse(text)
  const asked = /^\d+$/.test(text)
    ? Number(text)
    : Number.isNaN(date)
      ? otherwise
      : (date - Number(now / 1_000_000n)) / 1000
  const seconds = Math.max(0, asked)
  return seconds > longestWait && text !== '' ? null : seconds
}
