/** Whether a document is found by a query, and by which of its terms how well. */
import type { SearchDocument } from './document.ts'
import { isWithinEdits } from './edits.ts'
import type { Query } from './query.ts'

/** How well a term was found; larger is better. */
const quality = { fuzzy: 1, prefix: 2, exact: 3 } as const

/** One term of the query that the document has: how well, and how often. */
export interface TermMatch {
  readonly term: Query
  readonly quality: number
  readonly count: number
}

/** The matches of the query's terms, or null where the document is not found. */
export function match(query: Query, candidate: SearchDocument): readonly TermMatch[] | null {
  switch (query.kind) {
    case 'and': {
      const found = query.parts.map((part) => match(part, candidate))
      return found.every((each) => each !== null) ? found.flat() : null
    }
    case 'or': {
      const found = query.parts.map((part) => match(part, candidate)).filter((each) => each !== null)
      return found.length > 0 ? found.flat() : null
    }
    case 'without': {
      const found = query.part === null ? [] : match(query.part, candidate)
      if (found === null || query.excluded.some((each) => match(each, candidate) !== null)) return null
      return found
    }
    case 'phrase': {
      const count = candidate.values.filter((value) => hasPhrase(value, query.words, query.slop)).length
      return count > 0 ? [{ term: query, quality: quality.exact, count }] : null
    }
    default:
      return matchWord(query, candidate)
  }
}

function matchWord(query: Query & { readonly word: string }, candidate: SearchDocument): readonly TermMatch[] | null {
  let best = 0
  let count = 0
  for (const value of candidate.values) {
    for (const word of value) {
      const found = qualityOf(query, word)
      if (found === 0) continue
      count += 1
      best = Math.max(best, found)
    }
  }
  return best > 0 ? [{ term: query, quality: best, count }] : null
}

/** How well a word is what the query looks for; 0 where it is not. */
export function qualityOf(query: Query & { readonly word: string }, word: string): number {
  if (word === query.word) return quality.exact
  if (query.kind === 'prefix') return word.startsWith(query.word) ? quality.prefix : 0
  return query.kind === 'fuzzy' && isWithinEdits(query.word, word, query.edits) ? quality.fuzzy : 0
}

/** Whether the words follow each other in this order, with at most `slop` others between them altogether. */
function hasPhrase(value: readonly string[], phrase: readonly string[], slop: number): boolean {
  // For each end of what was read of the phrase, the fewest words that lie between.
  let ends = new Map<number, number>()
  value.forEach((word, at) => {
    if (word === phrase[0]) ends.set(at, 0)
  })
  for (const next of phrase.slice(1)) {
    const longer = new Map<number, number>()
    for (const [end, between] of ends) {
      for (let at = end + 1; at < value.length && between + at - end - 1 <= slop; at += 1) {
        if (value[at] !== next) continue
        longer.set(at, Math.min(longer.get(at) ?? Number.POSITIVE_INFINITY, between + at - end - 1))
      }
    }
    ends = longer
    if (ends.size === 0) return false
  }
  return ends.size > 0
}
