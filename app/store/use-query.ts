/** Data that a component fetches: the last answer stays on screen until the next one arrives. */

import { useEffect, useRef, useState } from 'react'
import { failureText } from './failure.ts'

interface QueryResult<T> {
  /** The last answer; null before the first one and while the key is null. */
  readonly value: T | null
  /** Why the last request failed, in the chosen language. */
  readonly failure: string | null
  /** `value` belongs to an earlier key, or there is no answer yet. */
  readonly stale: boolean
}

interface Answer<T> {
  readonly key: unknown
  readonly about: unknown
  readonly value: T | null
  readonly failure: string | null
}

interface QueryOptions {
  /**
   * What the answer is about, where the key also changes for other reasons (its data may have changed). An answer about
   * something else is never shown in its place; without it every earlier answer stays until the next one arrives.
   */
  readonly about?: unknown
  /** Milliseconds without a new key before the request is made, for keys that change with each keystroke. */
  readonly delay?: number
  /** Told the text of each failure that belongs to the current key. */
  readonly onFailure?: (text: string) => void
}

/**
 * The answer of `fetchAnswer` for `key`. It is called again whenever the key changes (compared with `Object.is`); an
 * answer that arrives after that is dropped, and the signal of its request is aborted. No request is made for null.
 */
export function useQuery<T>(
  key: unknown,
  fetchAnswer: (signal: AbortSignal) => Promise<T>,
  { about, delay = 0, onFailure }: QueryOptions = {},
): QueryResult<T> {
  const latest = useRef({ fetchAnswer, onFailure, about })
  latest.current = { fetchAnswer, onFailure, about }
  const [answer, setAnswer] = useState<Answer<T> | null>(null)
  useEffect(() => {
    if (key === null) {
      setAnswer(null)
      return
    }
    const request = new AbortController()
    const { signal } = request
    const { about } = latest.current
    const start = () =>
      latest.current.fetchAnswer(signal).then(
        (value) => {
          if (!signal.aborted) setAnswer({ key, about, value, failure: null })
        },
        (error: unknown) => {
          if (signal.aborted) return
          const failure = failureText(error)
          setAnswer((old) => ({ key, about, value: old && Object.is(old.about, about) ? old.value : null, failure }))
          latest.current.onFailure?.(failure)
        },
      )
    const timer = delay === 0 ? undefined : setTimeout(() => void start(), delay)
    if (delay === 0) void start()
    return () => {
      clearTimeout(timer)
      request.abort()
    }
  }, [key, delay])
  const shown = key === null || !Object.is(answer?.about, about) ? null : answer
  return { value: shown?.value ?? null, failure: shown?.failure ?? null, stale: shown?.key !== key }
}
