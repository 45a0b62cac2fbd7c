/** What the open project may have in the place that runs it, and what it has. */
import { capability } from './capability.ts'

interface LimitedAmount {
  readonly used: number
  /** Null without a limit. */
  readonly limit: number | null
}

/** Pipes, bytes of all datasets, and engines. */
interface LimitsAnswer {
  readonly pipes: LimitedAmount
  readonly bytes: LimitedAmount
  readonly engines: LimitedAmount
}

/** The limits of the configuration on a server (`serve --limit`); null where there are none. */
export const limits = capability('limits', 'deployed', async (_: null, { host }): Promise<LimitsAnswer | null> => {
  const { limits, engines = 1 } = host.platform
  if (limits === undefined || Object.values(limits).every((limit) => limit === Infinity)) return null
  const { session, store } = host.current()
  const bytes = (await store.list()).reduce((sum, info) => sum + info.bytes, 0)
  const limitedAmount = (used: number, limit: number): LimitedAmount => ({
    used,
    limit: limit === Infinity ? null : limit,
  })
  return {
    pipes: limitedAmount(session.pipes().length, limits.pipes),
    bytes: limitedAmount(bytes, limits.bytes),
    engines: limitedAmount(engines, limits.engines),
  }
})
