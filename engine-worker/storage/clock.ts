/**
 * A clock that never gives the same moment twice and never goes back: what was written later has the later `_ts`, also
 * where the machine's own clock is too coarse to tell or is set back. The merge_datasets source rests on it. After it was
 * set back, time goes half as fast until the machine's clock has caught up. `elapsed`: nanoseconds since any moment, by a
 * clock that nobody sets; without it time stands nearly still meanwhile.
 */
export function steady(clock: () => bigint, elapsed: () => bigint = () => 0n): () => bigint {
  let last = 0n
  let lastElapsed = elapsed()
  return () => {
    const now = clock()
    const since = elapsed()
    const least = last + maximum(MICROSECOND, (since - lastElapsed) / 2n)
    last = now > last + MICROSECOND ? now : least
    lastElapsed = since
    return last
  }
}

function maximum(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}

/** What `_ts` can tell apart, in nanoseconds. */
const MICROSECOND = 1000n
