/** Hundreds of thousands of words in order: by their first characters as numbers, and only where these are equal as texts. */

/** Characters of a word that stand in its number, of 8 bits each; the rest of the 64 bits is its place. */
const FIRST_CHARACTERS = 5
/** Stands for every character from this on. */
const MAX_NARROW_CODE = 255
const PLACE_BITS = 24
const MAX_WORDS = 1 << PLACE_BITS
/** Which half of a 64-bit number has the higher bits. */
const HIGH_HALF = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0

/** The words in the order of their UTF-16 code units, and for each word as it was given its place in that order. */
export function sortedWords(words: readonly string[]): { readonly words: string[]; readonly order: Uint32Array } {
  const sorted: string[] = []
  const order = new Uint32Array(words.length)
  const appendWord = (number: number) => {
    order[number] = sorted.length
    sorted.push(words[number] ?? '')
  }
  if (words.length > MAX_WORDS) {
    for (const number of sortByText([...words.keys()], words)) appendWord(number)
    return { words: sorted, order }
  }
  const keys = keysOf(words)
  const halves = new Uint32Array(keys.buffer)
  for (let from = 0; from < keys.length; ) {
    let to = from + 1
    while (to < keys.length && isSamePrefix(halves, from, to)) to++
    if (to === from + 1) appendWord(placeAt(halves, from))
    else {
      const places = Array.from({ length: to - from }, (_, at) => placeAt(halves, from + at))
      for (const number of sortByText(places, words)) appendWord(number)
    }
    from = to
  }
  return { words: sorted, order }
}

function keysOf(words: readonly string[]): BigUint64Array {
  const keys = new BigUint64Array(words.length)
  const halves = new Uint32Array(keys.buffer)
  for (let number = 0; number < words.length; number++) {
    const word = words[number] ?? ''
    let high = 0
    let unit = 0
    for (let at = 0; at < FIRST_CHARACTERS; at++) {
      if (at > 0) high = (high << 8) | unit
      // Behind a character beyond 8 bits nothing is told apart by numbers.
      if (unit < MAX_NARROW_CODE) unit = at < word.length ? Math.min(MAX_NARROW_CODE, word.charCodeAt(at)) : 0
    }
    halves[2 * number + HIGH_HALF] = high
    halves[2 * number + 1 - HIGH_HALF] = (unit << PLACE_BITS) | number
  }
  return keys.sort()
}

function placeAt(halves: Uint32Array, at: number): number {
  return (halves[2 * at + 1 - HIGH_HALF] ?? 0) & (MAX_WORDS - 1)
}

function isSamePrefix(halves: Uint32Array, a: number, b: number): boolean {
  return (
    halves[2 * a + HIGH_HALF] === halves[2 * b + HIGH_HALF] &&
    (halves[2 * a + 1 - HIGH_HALF] ?? 0) >>> PLACE_BITS === (halves[2 * b + 1 - HIGH_HALF] ?? 0) >>> PLACE_BITS
  )
}

function sortByText(places: number[], words: readonly string[]): number[] {
  return places.sort((a, b) => ((words[a] ?? '') < (words[b] ?? '') ? -1 : 1))
}
