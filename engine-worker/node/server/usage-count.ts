/** Counting what the datasets of an instance take, for the daily samples of the subscription. */
import { sampleUsage } from '../../api/used-datasets.ts'
import type { Environment } from '../../environment.ts'
import type { Session } from '../../run/session.ts'
import type { DatasetStore } from '../../storage/store.ts'

const NANOSECONDS_PER_HOUR = 3_600_000_000_000n

/** A function to be called when pipes have run: it counts at most once an hour, and keeps the count as that of the day. */
export function usageCounter(session: Session, store: DatasetStore, environment: Environment): () => Promise<void> {
  let counted = 0n
  return async () => {
    const now = environment.now()
    if (now - counted < NANOSECONDS_PER_HOUR) return
    counted = now
    await sampleUsage({ session, store }, now)
  }
}
