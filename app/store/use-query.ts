/** Asking the engine from a component: the last good answer stays until the next one is there. */

import { useEffect, useRef, useState } from 'react'
import { failureText } from './failure.ts'

interface QueryResult<T> {
  readonly value: T | null
  readonly failure: string | null
  /** A newer answer is under way. */
  readonly stale: boolean
}

/** The answer to a question that `key` names; asked again whenever the key changes. */
export function useQuery<T>(key: string, ask: () => Promise<T>): QueryResult<T> {
  const latest = useRef(ask)
  latest.current = ask
  const [answer, setAnswer] = useState<{ key: string; value: T | null; failure: string | null } | null>(null)
  useEffect(() => {
    let current = true
    latest.current().then(
      (value) => current && setAnswer({ key, value, failure: null }),
      (error: unknown) => {
        const failure = failureText(error)
        if (current) setAnswer((old) => ({ key, value: old?.value ?? null, failure }))
      },
    )
    return () => {
      current = false
    }
  }, [key])
  return { value: answer?.value ?? null, failure: answer?.failure ?? null, stale: answer?.key !== key }
}
