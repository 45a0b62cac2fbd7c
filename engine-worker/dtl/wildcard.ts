/** Wildcard patterns with `*` (anything) and `?` (one character); a pattern matches the whole text; the work is at most the product of the lengths. */

/** Compiles a pattern. */
export function wildcard(pattern: string): (text: string) => boolean {
  if (!/[*?]/.test(pattern)) return (text) => text === pattern
  if (/^\*+$/.test(pattern)) return () => true
  const body = pattern.slice(0, -1)
  if (pattern.endsWith('*') && !/[*?]/.test(body)) return (text) => text.startsWith(body)
  const tail = pattern.slice(1)
  if (pattern.startsWith('*') && !/[*?]/.test(tail)) return (text) => text.endsWith(tail)
  const parts = [...pattern]
  return (text) => matchParts(parts, [...text])
}

/** Goes back to the last star only, so the work is at most the product of the lengths. */
function matchParts(pattern: readonly string[], text: readonly string[]): boolean {
  let at = 0
  let star = -1
  let resume = 0
  let i = 0
  while (i < text.length) {
    const part = pattern[at]
    if (part === '*') {
      star = at++
      resume = i
    } else if (part !== undefined && (part === '?' || part === text[i])) {
      at++
      i++
    } else if (star >= 0) {
      at = star + 1
      i = ++resume
    } else return false
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}
