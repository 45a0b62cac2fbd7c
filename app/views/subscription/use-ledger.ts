/** What a person keeps about the subscriptions of the open project: shown at once when it is changed, then kept. */
import { useEffect, useRef, useState } from 'react'
import type { Ledger, SubscriptionEnvironment } from '../../../engine-worker/index.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { failureText } from '../../store/failure.ts'
import { toast } from '../../store/toasts.ts'

interface KeptLedger {
  /** Null until it has been read. */
  readonly ledger: Ledger | null
  readonly keep: (parts: Partial<Ledger>) => void
}

/** Takes changes of one environment. */
export type KeepEnvironment = (parts: Partial<SubscriptionEnvironment>) => void

export function useLedger(): KeptLedger {
  const isReady = useEngine((state) => state.state === 'ready')
  const [ledger, setLedger] = useState<Ledger | null>(null)
  const latest = useRef<Ledger | null>(null)
  const showLedger = (value: Ledger) => {
    latest.current = value
    setLedger(value)
  }
  useEffect(() => {
    if (!isReady) return
    const request = new AbortController()
    ask('subscription', null, { signal: request.signal }).then(
      (read) => {
        if (request.signal.aborted) return
        latest.current = read
        setLedger(read)
      },
      (error: unknown) => {
        if (!request.signal.aborted) toast(failureText(error), 'bad')
      },
    )
    return () => request.abort()
  }, [isReady])
  const storeParts = (parts: Partial<Ledger>) => {
    if (latest.current === null) return
    const next = { ...latest.current, ...parts }
    showLedger(next)
    // The whole of it: what was changed a moment ago is not lost.
    ask('keepSubscription', next).catch((error: unknown) => toast(failureText(error), 'bad'))
  }
  return { ledger, keep: storeParts }
}

/** The ledger with changes of one environment. */
export function withEnvironment(
  { environments }: Ledger,
  id: string,
  parts: Partial<SubscriptionEnvironment>,
): Pick<Ledger, 'environments'> {
  return { environments: environments.map((each) => (each.id === id ? { ...each, ...parts } : each)) }
}
