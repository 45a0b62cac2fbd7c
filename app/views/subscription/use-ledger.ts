/** What a person keeps about the subscription of the open project: shown at once when it is changed, then kept. */
import { useEffect, useRef, useState } from 'react'
import type { Ledger } from '../../../engine-worker/index.ts'
import { ask } from '../../store/engine/open-project.ts'
import { useEngine } from '../../store/engine/state.ts'
import { failureText } from '../../store/failure.ts'
import { toast } from '../../store/toasts.ts'

interface KeptLedger {
  /** Null until it has been read. */
  readonly ledger: Ledger | null
  readonly keep: (parts: Partial<Ledger>) => void
}

export function useLedger(): KeptLedger {
  const isReady = useEngine((state) => state.state === 'ready')
  const [ledger, setLedger] = useState<Ledger | null>(null)
  const latest = useRef<Ledger | null>(null)
  const show = (value: Ledger) => {
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
  const keep = (parts: Partial<Ledger>) => {
    if (latest.current === null) return
    const next = { ...latest.current, ...parts }
    show(next)
    // The whole of it: what was changed a moment ago is not lost.
    ask('keepSubscription', next).catch((error: unknown) => toast(failureText(error), 'bad'))
  }
  return { ledger, keep }
}
