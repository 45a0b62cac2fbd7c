/** How it goes with the access of an account. */
import { useEffect, useState } from 'react'
import type { SignedInAccount } from '../../../../engine-worker/index.ts'

/** `soon`: it ends within ten minutes, and cannot be renewed. */
export type AccountState = 'good' | 'soon' | 'over' | 'ended'

const expiresSoonMs = 600_000

/** `now` in milliseconds since 1970. */
export function accountState({ expiresAt, refreshToken, ended }: SignedInAccount['tokens'], now: number): AccountState {
  if (ended) return 'ended'
  if (refreshToken !== undefined) return 'good'
  return now >= expiresAt ? 'over' : now >= expiresAt - expiresSoonMs ? 'soon' : 'good'
}

/** The time, again every half minute. */
export function useMinutes(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
