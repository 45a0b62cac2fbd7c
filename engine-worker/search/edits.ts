/** Edits between words: a character inserted, removed, replaced, or exchanged with its neighbour. */

/** Whether a limited number of edits turns one word into the other (optimal string alignment). */
export function isWithinEdits(a: string, b: string, edits: number): boolean {
  const from = [...a]
  const to = [...b]
  if (Math.abs(from.length - to.length) > edits) return false
  let before: number[] = []
  let above = to.map((_, index) => index + 1)
  above.unshift(0)
  for (let row = 1; row <= from.length; row += 1) {
    const line = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const cost = from[row - 1] === to[column - 1] ? 0 : 1
      let best = Math.min(
        distanceAt(above, column) + 1,
        distanceAt(line, column - 1) + 1,
        distanceAt(above, column - 1) + cost,
      )
      const isSwap = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      if (isSwap) best = Math.min(best, distanceAt(before, column - 2) + 1)
      line.push(best)
    }
    if (Math.min(...line) > edits) return false
    before = above
    above = line
  }
  return distanceAt(above, to.length) <= edits
}

function distanceAt(line: readonly number[], index: number): number {
  return line[index] ?? Number.POSITIVE_INFINITY
}

/** False where the letters of two words differ so much that more edits are needed; a quick look at many words. */
export function areWithinEdits(a: number, b: number, edits: number): boolean {
  // An edit puts in one letter, takes out one, or both.
  let differing = a ^ b
  for (let left = 2 * edits; left >= 0; left--) {
    if (differing === 0) return true
    differing &= differing - 1
  }
  return false
}

/** The letters of a part of a text, each as one of 32 bits. */
export function lettersIn(text: string, from: number, to: number): number {
  let letters = 0
  for (let at = from; at < to; at++) {
    const letter = text.codePointAt(at) ?? 0
    letters |= 1 << (letter & 31)
    if (letter > 0xffff) at++
  }
  return letters
}
