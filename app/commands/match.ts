/** Finding by a few typed letters: parts of words first, letters in order after that. */

interface Findable {
  readonly text: string
  readonly keywords: string
}

/** What matches, best first; with nothing typed everything, as it came. */
export function matchingItems<T extends Findable>(typed: string, all: readonly T[]): readonly T[] {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return all
  return all
    .map((item, place) => ({ item, place, score: scoreOf(wanted, item) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .map(({ item }) => item)
}

function scoreOf(wanted: string, { text, keywords }: Findable): number {
  const name = text.toLowerCase()
  if (name === wanted) return 100
  if (name.startsWith(wanted)) return 90 - Math.min(20, name.length / 10)
  const parts = wanted.split(/\s+/)
  if (parts.every((part) => wordStarts(name, part))) return 70
  if (parts.every((part) => name.includes(part))) return 60
  if (parts.every((part) => name.includes(part) || keywords.toLowerCase().includes(part))) return 40
  return inOrder(name, wanted) ? 20 : 0
}

function wordStarts(name: string, part: string): boolean {
  const at = name.indexOf(part)
  return at === 0 || (at > 0 && /[^a-z0-9]/.test(name[at - 1] ?? ''))
}

function inOrder(name: string, wanted: string): boolean {
  let at = 0
  for (const letter of wanted) {
    at = name.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}
