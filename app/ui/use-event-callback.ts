import { useCallback, useRef } from 'react'

/**
 * The same function at every render, doing what the last one says. For handlers that are handed to thousands of
 * components: a new one would draw all of them again.
 */
export function useEventCallback<A extends readonly unknown[], R>(act: (...args: A) => R): (...args: A) => R {
  const latest = useRef(act)
  latest.current = act
  return useCallback((...args: A) => latest.current(...args), [])
}
