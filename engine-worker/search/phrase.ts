/** Phrases: words in their order, with others between them. */

/**
 * Whether words follow each other in this order, with at most `slop` others between them altogether.
 * @param positions of each word of the phrase, ascending; all in the same value
 */
export function hasPhrase(positions: readonly (readonly number[])[], slop: number): boolean {
  // For each end of what was read of the phrase, the fewest words that lie between.
  let ends = new Map<number, number>((positions[0] ?? []).map((at) => [at, 0]))
  for (const next of positions.slice(1)) {
    const longer = new Map<number, number>()
    for (const [end, between] of ends) {
      for (const at of next) {
        const more = between + at - end - 1
        if (at > end && more <= slop) longer.set(at, Math.min(longer.get(at) ?? Number.POSITIVE_INFINITY, more))
      }
    }
    ends = longer
    if (ends.size === 0) return false
  }
  return ends.size > 0
}
