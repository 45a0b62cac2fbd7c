/** The known name closest to a misspelt one, for "did you mean …?". */

/** The candidate within a third of the word's length in edits, or null. Upper and lower case count as equal. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const wanted = word.toLowerCase()
  let best: string | null = null
  let least = Math.max(1, Math.floor(word.length / 3)) + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= least) continue
    const edits = editDistance(wanted, candidate.toLowerCase(), least)
    if (edits < least) {
      least = edits
      best = candidate
    }
  }
  return best
}

/** Edits (insert, remove, replace, swap of neighbours) between two texts; stops counting at `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    let smallest = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let edits = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        edits = Math.min(edits, (before[j - 2] ?? 0) + 1)
      row.push(edits)
      smallest = Math.min(smallest, edits)
    }
    if (smallest >= limit) return limit
    before = previous
    previous = row
  }
  return previous[b.length] ?? limit
}
