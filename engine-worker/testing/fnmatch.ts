/** File-name patterns as Python's fnmatch understands them: `*` (also across dots), `?` and `[…]` with `!` to negate. */

/** A test for the pattern; upper and lower case differ. */
export function fnmatch(pattern: string): (text: string) => boolean {
  const parts = parsePattern(pattern)
  return (text) => matchesPieces(parts, Array.from(text))
}

type PatternPiece = '*' | ((sign: string) => boolean)

function parsePattern(pattern: string): PatternPiece[] {
  const signs = Array.from(pattern)
  const pieces: PatternPiece[] = []
  for (let index = 0; index < signs.length; index++) {
    const sign = signs[index] ?? ''
    const end = sign === '[' ? setEnd(signs, index) : -1
    if (sign === '*') {
      if (pieces.at(-1) !== '*') pieces.push('*')
    } else if (sign === '?') pieces.push(() => true)
    else if (end > 0) {
      pieces.push(setOf(signs.slice(index + 1, end)))
      index = end
    } else pieces.push((other) => other === sign)
  }
  return pieces
}

/** Where a set ends, or -1; a `]` at its beginning belongs to it. */
function setEnd(signs: readonly string[], start: number): number {
  let index = start + 1
  if (signs[index] === '!') index++
  if (signs[index] === ']') index++
  while (index < signs.length && signs[index] !== ']') index++
  return index < signs.length ? index : -1
}

function setOf(inside: readonly string[]): (sign: string) => boolean {
  const negated = inside[0] === '!'
  const signs = negated ? inside.slice(1) : inside
  const matchesSet = (sign: string) => {
    for (let index = 0; index < signs.length; index++) {
      const from = signs[index] ?? ''
      const to = signs[index + 2]
      if (signs[index + 1] === '-' && to !== undefined) {
        if (from <= sign && sign <= to) return true
        index += 2
      } else if (from === sign) return true
    }
    return false
  }
  return (sign) => matchesSet(sign) !== negated
}

/** Matches with one point to go back to, so that no pattern takes more than quadratic time. */
function matchesPieces(pieces: readonly PatternPiece[], signs: readonly string[]): boolean {
  let piece = 0
  let sign = 0
  let star = -1
  let resume = 0
  while (sign < signs.length) {
    const at = pieces[piece]
    if (at === '*') {
      star = piece++
      resume = sign
    } else if (at?.(signs[sign] ?? '')) {
      piece++
      sign++
    } else if (star >= 0) {
      piece = star + 1
      sign = ++resume
    } else return false
  }
  while (pieces[piece] === '*') piece++
  return piece === pieces.length
}
