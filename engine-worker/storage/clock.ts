/**
 * A clock that never gives the same moment twice and never goes back: what was written later has the later `_ts`, also
 * where the machine's own clock is too coarse to tell or is set back. The merge_datasets source rests on it.
 */
export function steady(clock: () => bigint): () => bigint {
  let last = 0n
  return () => {
    const now = clock()
    last = now > last + MICROSECOND ? now : last + MICROSECOND
    return last
  }
}

/** What `_ts` can tell apart, in nanoseconds. */
const MICROSECOND = 1000n
