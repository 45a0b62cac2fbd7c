/** The counts in at most `most` spans of equal length that are whole minutes, the first at the first minute. */

/** Versions by the minute (milliseconds since 1970, a multiple of 60 000) in which they were written. */
export type ChangeCounts = ReadonlyMap<number, number>

/** Milliseconds. */
export const MINUTE = 60_000

export function inSpans(counts: ChangeCounts, most: number): ChangeCounts {
  if (counts.size <= most) return counts
  const minutes = [...counts.keys()]
  const first = minutes.reduce((least, each) => Math.min(least, each))
  const last = minutes.reduce((greatest, each) => Math.max(greatest, each))
  const length = Math.ceil((last - first + MINUTE) / most / MINUTE) * MINUTE
  const spans = new Map<number, number>()
  for (const [minute, times] of counts) {
    const span = first + Math.floor((minute - first) / length) * length
    spans.set(span, (spans.get(span) ?? 0) + times)
  }
  return spans
}
