/** Finding by what a person means: names first, then plain words in any language, then words with a typing error. */

/** What can be found. */
interface IntentItem {
  readonly label: string
  readonly says: string
  readonly aside?: string
  /** Plain words for it; not shown. */
  readonly keywords?: string
}

/** Rows that all typed words lead to, or most where none is about all, the best first; all rows where nothing is typed. */
export function findIntents<T extends IntentItem>(rows: readonly T[], text: string): readonly T[] {
  const wanted = meaningfulWords(text)
  const signs = text.trim()
  // Signs have no words: + and % are names as they are.
  if (signs === '') return rows
  if (wanted.length === 0)
    return rows.filter(({ label }) => label.includes(signs)).toSorted((a, b) => a.label.length - b.label.length)
  const whole = text.trim().toLowerCase()
  const scored = rows.map((row, place) => ({ row, place, ...scoreOf(row, wanted, whole) }))
  const most = Math.max(0, ...scored.map(({ met }) => met))
  // Where no row is about all words, those about most of them are better than nothing.
  const telling = wanted.filter(isMeaningful).length
  // In a phrase, one word that a row is not about may be the name of a thing.
  const isPhrase = wordsOf(text).length > 2
  const least = most * 2 >= telling ? (isPhrase && most > 1 ? most - 1 : most) : Number.POSITIVE_INFINITY
  return scored
    .filter(({ score, met }) => score > 0 && met >= least)
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .map(({ row }) => row)
}

/** Words that lead nowhere while others say what is meant: “I want only the customers from Norway”. */
const smallWords = new Set(
  (
    'a an and are as at be by calculate can do for from get has have i in is it like make me my need of on our please should so that the them ' +
    'then these this those to want we which who will with would you your ' +
    'at av blir da de dem den denne der det disse ei en er et for fra gjør ha har i jeg kan lag med må noe når og om på regn skal slik som ' +
    'så til ut ved vi vil vår å'
  ).split(' '),
)

/** The words that are typed, without small ones where there are others. */
function meaningfulWords(text: string): readonly string[] {
  const all = wordsOf(text)
  const telling = all.filter((word) => !smallWords.has(word))
  return telling.length > 0 ? telling : all
}

/** Short words say less than long ones: a row need not be about them. */
function isMeaningful(word: string): boolean {
  return word.length > 3
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .replace(/\be-(?=post|mail)/g, 'e')
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean)
}

/** The sum over the typed words, and how many of those that tell anything lead here. */
function scoreOf(
  { label, says, aside = '', keywords = '' }: IntentItem,
  wanted: readonly string[],
  whole: string,
): { readonly score: number; readonly met: number } {
  const name = label.toLowerCase()
  if (name === whole) return { score: 1000, met: wanted.filter(isMeaningful).length }
  const names = wordsOf(`${label} ${aside}`)
  const meanings = wordsOf(keywords)
  const described = wordsOf(says)
  let score = name.startsWith(whole) ? 100 : 0
  let met = 0
  if (keywords.toLowerCase().includes(whole) && whole.length > 3) score += 30
  for (const word of wanted) {
    const found = Math.max(
      bestScore(word, names, 60, 40, 18),
      bestScore(word, meanings, 50, 30, 14),
      bestScore(word, described, 20, 10, 4),
    )
    score += found
    if (found > 0 && isMeaningful(word)) met++
  }
  return { score, met }
}

/** How well a word is met: whole, as a beginning, or with a typing error. */
function bestScore(word: string, among: readonly string[], whole: number, beginning: number, slip: number): number {
  let found = 0
  for (const other of among) {
    if (other === word) return whole
    if (word.length > 1 && (other.startsWith(word) || isSameStem(word, other))) found = Math.max(found, beginning)
    else if (found < slip && (isSlip(word, other) || isLonger(word, other) || isHead(word, other))) found = slip
  }
  return found
}

/** Whether a word is another one with more behind it: `concatenate` of `concat`. */
function isLonger(word: string, other: string): boolean {
  return other.length >= 5 && word.startsWith(other) && other.length * 2 > word.length
}

/** Whether a word ends with another one, which says what it is: `ordrelinje` is a `linje`. */
function isHead(word: string, other: string): boolean {
  if (word.length < other.length + 2 || other.length < 4 || !word.includes(other.slice(0, 4))) return false
  return stemsOf(other).some((stem) => stem.length >= 4 && stemsOf(word).some((own) => own.endsWith(stem)))
}

/** Whether two words are forms of one: `dates` and `date`, `kolonnen` and `kolonner`. */
function isSameStem(word: string, other: string): boolean {
  if (word.slice(0, 4) !== other.slice(0, 4)) return false
  const stems = stemsOf(other)
  return stemsOf(word).some((stem) => stems.includes(stem))
}

/** Endings of words in both languages. */
const wordEndings = ['ene', 'ing', 'ed', 'en', 'er', 'es', 'et', 'a', 'e', 'r', 's', 't']
const knownStems = new Map<string, readonly string[]>()

/** A word, and what it is without an ending. */
function stemsOf(word: string): readonly string[] {
  const known = knownStems.get(word)
  if (known) return known
  const cut = wordEndings.filter((ending) => word.endsWith(ending) && word.length - ending.length >= 4)
  const stems = [word, ...cut.map((ending) => word.slice(0, -ending.length))]
  knownStems.set(word, stems)
  return stems
}

/** Whether two words differ by one letter left out, added, changed or swapped with its neighbour; two in long ones. */
export function isSlip(a: string, b: string): boolean {
  const allowed = Math.max(a.length, b.length) >= 9 ? 2 : 1
  if (Math.min(a.length, b.length) < 4 || Math.abs(a.length - b.length) > allowed) return false
  return editDistance(a, b, allowed) <= allowed
}

/** The edit distance with swaps, as far as it matters. */
function editDistance(a: string, b: string, most: number): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1)
      next.push(least)
    }
    if (Math.min(...next) > most) return most + 1
    before = row
    row = next
  }
  return row[b.length] ?? 0
}
